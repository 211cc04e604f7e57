import Assembly
import Finance
import Intake
import Vocabulary

/// Puts `care-leavers.csv` and `accommodation.csv` together, makes the lines of spend of accommodation, and notes what does not fit.
struct CareLeaverAssembly {
    private(set) var lines: [CostLine] = []
    private var notes: AssemblyNotes
    private let folder: ModelFolder
    private let given: GivenCareLeavers

    var findings: [Finding] { notes.findings }

    private static let file = ModelFile.careLeavers.name
    /// How far shares may be from 1 together.
    private static let tolerance = 0.001
    /// The tag of their lines.
    private static let tag = "care leavers"

    /// - Parameter others: the lines of `costs.csv`.
    init(_ folder: ModelFolder, besides others: [CostLine]) {
        notes = AssemblyNotes(folder)
        self.folder = folder
        given = folder.careLeavers
        let paid = others.first { $0.unit == .careLeaverWeek }
        if given.ages.isEmpty {
            if !given.accommodation.isEmpty {
                notes.add(
                    .error, "accommodation.csv", "it needs care-leavers.csv beside it",
                    remedy: "'sendcast new --care' makes both; Files in the documentation says what they hold.")
            } else if let paid {
                notes.add(
                    .error, "costs.csv", column: "unit",
                    "'\(paid.name)' is paid for care leavers, which this model does not count",
                    remedy: "Add care-leavers.csv, or delete the line.")
            }
            return
        }
        guard folder.space.service == .care else {
            notes.add(
                .error, Self.file, "care leavers are of models of children in care",
                remedy: "Delete the file, or say 'service: care' in model.yaml.")
            return
        }
        checkAges()
        if given.accommodation.isEmpty { return }
        checkShares()
        setLines(others)
    }

    private mutating func checkAges() {
        let missing = GivenCareLeavers.years.filter { age in !given.ages.contains { $0.age == age } }
        // Those of later ages may be left out: nobody is helped then.
        if let last = given.ages.map(\.age).max(), let first = missing.first(where: { $0 < last }) {
            notes.add(
                .error, Self.file, column: "age", "there is no row of age \(first)",
                remedy: "Add it: an age comes from the one before.")
        }
    }

    /// Every age that has people has shares, which sum to 1.
    private mutating func checkShares() {
        var wrong: [(ages: [Int], sum: Double)] = []
        for row in given.ages {
            let sum = given.accommodation.filter { $0.ages.contains(row.age) }.reduce(0) { $0 + $1.share.likely }
            guard abs(sum - 1) > Self.tolerance else { continue }
            if let place = wrong.firstIndex(where: { $0.sum == sum }) {
                wrong[place].ages.append(row.age)
            } else {
                wrong.append((ages: [row.age], sum: sum))
            }
        }
        for (ages, sum) in wrong {
            notes.add(
                .error, "accommodation.csv", column: "share",
                "the shares of care leavers of \(notes.list(ages)) sum to \((sum * 10_000).rounded() / 10_000), and 1 was expected",
                remedy: "Add what is missing, such as 'not known'.")
        }
        for (place, row) in given.accommodation.enumerated() {
            guard
                let other = given.accommodation[..<place].first(where: {
                    $0.name == row.name && $0.ages.overlaps(row.ages)
                })
            else { continue }
            notes.add(
                .error, "accommodation.csv", line: row.line, column: "min_age",
                "'\(row.name)' has these ages on row \(other.line) already", remedy: "End one where the other begins.")
        }
    }

    /// A line for each kind of accommodation, which has one price.
    private mutating func setLines(_ others: [CostLine]) {
        let space = folder.space
        let needs = Array(space.need.codes.indices)
        for row in given.accommodation {
            if let line = lines.first(where: { $0.name == row.name }) {
                if line.pounds[0] != row.cost || line.index ?? "" != row.index
                    || line.priceYear?.starting != row.priceYear
                {
                    notes.add(
                        .error, "accommodation.csv", line: row.line, column: "cost",
                        "'\(row.name)' costs something else on another row",
                        remedy: "State one cost, year and index for all its ages, or give it another name.")
                }
                continue
            }
            if others.contains(where: { $0.name == row.name }) {
                notes.add(
                    .error, "accommodation.csv", line: row.line, column: "accommodation",
                    "'\(row.name)' is a line of costs.csv already", remedy: "Give it a name of its own.")
            }
            checkIndex(row)
            lines.append(
                CostLine(
                    name: row.name, settings: Array(space.setting.codes.indices),
                    pounds: Dictionary(uniqueKeysWithValues: needs.map { ($0, row.cost) }), unit: .careLeaverWeek,
                    uncertainty: row.uncertainty, priceYear: row.priceYear.map(FinancialYear.init(starting:)),
                    index: row.index.isEmpty ? nil : row.index, payer: CostLine.council, tag: Self.tag,
                    source: row.source, quality: row.quality))
        }
    }

    private mutating func checkIndex(_ row: AccommodationRow) {
        if row.index.isEmpty { return }
        let known = Set(folder.money.inflation.map(\.index))
        if !known.contains(row.index) {
            notes.add(
                .error, "accommodation.csv", line: row.line, column: "index",
                "'\(row.index)' is not in inflation.csv",
                remedy: suggestion(for: row.index, among: known.sorted(), otherwise: "Add it there."))
        } else if row.priceYear == nil {
            notes.add(
                .error, "accommodation.csv", line: row.line, column: "price_year",
                "prices that follow an index need a year", remedy: "Write '2025-26'.")
        }
    }
}
