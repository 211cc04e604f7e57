import Intake
import Projection
import Vocabulary

/// Levers on children who are placed outside the area.
extension LeverReader {
    /// A change of the shares of `out-of-area.csv`, with what it does to journeys to school.
    mutating func changeOutOfArea(_ lever: ScenarioText.Lever, _ effect: Effect) -> [OutOfAreaChange] {
        if !lever.scope.ages.isEmpty {
            complain(lever, "shares placed outside the area are not distinguished by age", "Leave the age out.")
        }
        let cells = cells(lever.scope, lever)
        guard !outOfArea.isEmpty else {
            complain(lever, "this model does not say who is placed outside the area", "Add out-of-area.csv.")
            return []
        }
        let rows = outOfArea.compactMap { row in part(row.settings, row.needs, of: cells).map { (row, $0) } }
        guard !rows.isEmpty else {
            let stated = outOfArea.map { row in
                "\(words(row.needs, space.need)) in \(words(row.settings, space.setting))"
            }
            complain(
                lever,
                "out-of-area.csv states no share of \(words(cells.needs, space.need)) in \(words(cells.settings, space.setting))",
                "It states that of \(stated.joined(separator: "; ")): correct 'where', or add a row.")
            return []
        }
        var journeys: [OutOfAreaChange.Journeys] = []
        for (row, cells) in rows where row.share.likely > 0 {
            for line in transport.rows {
                let part = transport.shareOutOfCounty(of: line)
                guard part > 0, let here = self.part(line.settings, row.needs, of: cells) else { continue }
                journeys.append(.init(line: line.name, cells: here, outside: row.share.likely, part: part))
            }
        }
        if journeys.isEmpty {
            let isOfPlans = space.service == .plans
            findings.append(
                Finding(
                    .warning, file: lever.file, line: lever.line, column: lever.name,
                    "no spend follows who is placed outside the area"
                        + (isOfPlans
                            ? ": transport.csv has no journeys of these children that leave the county" : ""),
                    remedy: isOfPlans
                        ? "Add a row with 'out_of_county', or a lever on costs."
                        : "Add a lever on costs where placements near home cost more or less."))
        }
        return [OutOfAreaChange(cells: cells, effect: effect, journeys: journeys)]
    }

    /// Those of some settings and needs that are among cells; `nil` where none are.
    private func part(_ settings: [Int], _ needs: [Int], of cells: CellSelection) -> CellSelection? {
        var part = cells
        part.settings = settings.filter(cells.settings.contains)
        part.needs = needs.filter(cells.needs.contains)
        return part.settings.isEmpty || part.needs.isEmpty ? nil : part
    }

    private func words(_ positions: [Int], _ dimension: Vocabulary.Dimension) -> String {
        positions.count == dimension.count
            ? "any \(dimension.name)" : positions.map { dimension.codes[$0] }.joined(separator: ", ")
    }
}
