import Intake
import Placement
import Projection
import Vocabulary

/// Levers on places: schemes that open, provisions that close, and numbers that change.
extension LeverReader {
    func isProvision(_ name: String) -> Bool { allocation?.provisions.contains { $0.name == name } ?? false }

    /// The schemes of a table.
    /// - Parameter table: the name of its file, for findings.
    package mutating func schemes(_ rows: [SchemeRow], of table: String) -> [Scheme] {
        guard let allocation else {
            findings.append(
                Finding(
                    .error, file: table, "this model does not say how many places there are, so nothing is ever full",
                    remedy: "Add places.csv and overflow.csv."))
            return []
        }
        var reader = SchemeReader(file: table)
        let schemes = reader.schemes(rows, allocation: allocation)
        findings += reader.findings
        return schemes
    }

    /// The schemes of a table, or those of them that are named.
    mutating func open(_ lever: ScenarioText.Lever) -> [Scheme] {
        guard limited(lever) != nil, let rows = schemes[lever.named] else { return [] }
        if lever.scope != ScenarioText.Scope() || lever.size != [1, 1, 1] || lever.ramp > 1 || !lever.to.isEmpty {
            complain(
                lever, "a table of schemes says who gets its places, and how many",
                "Leave out 'where', 'by', 'to' and 'ramp'.")
        }
        var all = schemes(rows, of: lever.named)
        for name in lever.schemes where !rows.contains(where: { $0.scheme == name }) {
            unknown(name, "scheme", rows.map(\.scheme), lever)
        }
        if !lever.schemes.isEmpty { all = all.filter { lever.schemes.contains($0.name) } }
        all = all.map { $0.later(by: lever.later) }
        for scheme in all {
            for year in Set(scheme.phases.map(\.opens)).sorted() where !openings.contains(year) {
                complain(
                    lever,
                    "'\(scheme.name)' has places in \(space.service.words.opening) \(year); those of \(openings.lowerBound) to "
                        + "\(openings.upperBound) show in the projection",
                    "Put places of earlier years into places.csv, and leave later ones out.")
            }
        }
        return all
    }

    /// A provision that closes: it takes nobody, and those in it ask for another place.
    mutating func closeProvision(_ lever: ScenarioText.Lever, _ effect: Effect) -> [PlacesChange] {
        guard let place = allocation?.provisions.firstIndex(where: { $0.name == lever.named }) else { return [] }
        if !lever.to.isEmpty || lever.scope != ScenarioText.Scope() || lever.size != [1, 1, 1] || lever.ramp > 1 {
            complain(
                lever, "a provision closes for all, and its children ask for another place of their setting",
                "Leave out 'to', 'where', 'by' and 'ramp'; overflow.csv says where those go who find none.")
        }
        return [PlacesChange(of: [place], isClosure: true, effect)]
    }

    /// Places of some provisions, or of all, multiplied, added, set or capped.
    mutating func changePlaces(_ lever: ScenarioText.Lever, _ effect: Effect) -> [PlacesChange] {
        guard let allocation = limited(lever) else { return [] }
        if lever.scope.without(.provision) != ScenarioText.Scope() {
            complain(lever, "places change by provision", "Say 'where: {provision: …}', or open a scheme.")
        }
        var chosen: [Int] = []
        for name in lever.scope(.provision) {
            if let provision = allocation.provisions.firstIndex(where: { $0.name == name }) {
                chosen.append(provision)
            } else {
                unknown(name, "provision", allocation.provisions.map(\.name), lever)
            }
        }
        if lever.scope(.provision).isEmpty { chosen = Array(allocation.provisions.indices) }
        if lever.verb == .add && lever.scope(.provision).isEmpty && chosen.count > 1 {
            complain(
                lever, "so many places for each of \(chosen.count) provisions are not what 'add' means",
                "Name the provision with 'where'.")
        }
        if lever.verb != .multiply, let many = chosen.first(where: { allocation.provisions[$0].tranches.count > 1 }) {
            complain(
                lever,
                "'\(allocation.provisions[many].name)' has places for several groups of children, and a number of all is "
                    + "none of each", "Use 'multiply', or open a scheme for one group.")
        }
        return [PlacesChange(of: chosen, effect)]
    }

    /// The baseline's places, without which places cannot change.
    private mutating func limited(_ lever: ScenarioText.Lever) -> Allocation? {
        if allocation == nil {
            complain(
                lever, "this model does not say how many places there are, so nothing is ever full",
                "Add places.csv and overflow.csv.")
        }
        return allocation
    }
}
