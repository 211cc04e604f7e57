import Assembly
import Finance
import Formats
import Intake
import Vocabulary

/// Turns `transport.csv` and `transport-costs.csv` into lines of spend of the general fund, and notes what does not fit together.
struct TransportAssembly {
    private(set) var lines: [CostLine] = []
    private var notes: AssemblyNotes

    var findings: [Finding] { notes.findings }

    /// - Parameter others: the lines of `costs.csv`.
    init(_ folder: ModelFolder, besides others: [CostLine]) {
        notes = AssemblyNotes(folder)
        let transport = folder.money.transport
        if transport.rows.isEmpty && transport.costs.isEmpty { return }
        guard !transport.rows.isEmpty, !transport.costs.isEmpty else {
            let (present, missing) =
                transport.rows.isEmpty
                ? ("transport-costs.csv", "transport.csv") : ("transport.csv", "transport-costs.csv")
            notes.add(
                .error, present, "it needs \(missing) beside it",
                remedy: "'sendcast new' makes both; Files in the documentation says what they hold.")
            return
        }
        checkModes(transport)
        checkIndex(transport.costs, Set(folder.money.inflation.map(\.index)))
        let bands = folder.space.service.bands
        let needs = folder.space.need.codes.indices
        for row in transport.rows {
            if lines.contains(where: { $0.name == row.name }) || others.contains(where: { $0.name == row.name }) {
                notes.add(
                    .error, "transport.csv", line: row.line, column: "line", "'\(row.name)' is a line already",
                    remedy: "Give each row a name of its own.")
            }
            let price = transport.price(of: row)
            let index = transport.costs.first?.index ?? ""
            lines.append(
                CostLine(
                    name: row.name, settings: row.settings,
                    pounds: Dictionary(uniqueKeysWithValues: needs.map { ($0, price) }),
                    bands: bands.indices.filter { row.ages.overlaps(bands[$0].ages) }, uncertainty: row.uncertainty,
                    priceYear: transport.priceYear.map(FinancialYear.init(starting:)),
                    index: index.isEmpty ? nil : index, payer: CostLine.generalFund, tag: CostLine.transport,
                    source: row.source, quality: row.quality))
        }
        if let twice = others.first(where: { $0.tag == CostLine.transport }) {
            notes.add(
                .warning, "costs.csv", column: "tag",
                "'\(twice.name)' is tagged transport, and transport.csv pays for journeys too: they count twice",
                remedy: "Keep one of them.")
        }
    }

    private mutating func checkModes(_ transport: GivenTransport) {
        let known = Set(transport.costs.map(\.mode))
        let missing = TransportMode.allCases.filter { mode in
            !known.contains(mode) && transport.rows.contains { $0.modes[mode] ?? 0 > 0 }
        }
        if missing.isEmpty { return }
        notes.add(
            .error, "transport-costs.csv", column: "mode",
            "there is no row of \(notes.list(missing.map(\.rawValue))), by which children of transport.csv go",
            remedy: "Add it.")
    }

    /// One price is made of all rows, so they are of one year and follow one index.
    private mutating func checkIndex(_ costs: [TransportCost], _ indices: Set<String>) {
        guard let first = costs.first else { return }
        if let other = costs.first(where: { $0.priceYear != first.priceYear || $0.index != first.index }) {
            notes.add(
                .error, "transport-costs.csv", line: other.line, column: "price_year",
                "costs of row \(first.line) are of another year, or follow another index",
                remedy: "State all at the prices of one year, with one index.")
        }
        if !first.index.isEmpty, !indices.contains(first.index) {
            notes.add(
                .error, "transport-costs.csv", line: first.line, column: "index",
                "'\(first.index)' is not in inflation.csv",
                remedy: suggestion(for: first.index, among: indices.sorted(), otherwise: "Add it there."))
        }
    }
}
