import Intake
import Projection
import RealModule
import Vocabulary

/// Turns what a model says of its joiners' growth into a path, and notes what does not fit together.
struct GrowthAssembly {
    private let folder: ModelFolder
    private let base: Cohort
    private let years: Int
    private var notes: AssemblyNotes
    private(set) var path = JoinerPath.level

    /// What was noticed.
    var findings: [Finding] { notes.findings }

    /// - Parameter funnel: what becomes of requests, where the model says it: it turns assessments into plans.
    init(_ folder: ModelFolder, _ parts: ModelParts, funnel: AssessmentShares?) {
        self.folder = folder
        base = parts.base
        years = parts.population.count
        notes = AssemblyNotes(folder)
        guard years > 0 else { return }
        let growth = folder.description.growth ?? .none
        checkUse(growth)
        checkYears()
        checkService(growth)
        var factors: [[Double]] = []
        switch growth {
        case .none, .follow: break
        case .damped: factors = damped
        case .given, .panel: factors = stated()
        }
        let control = folder.space.service == .care ? nil : control(growth, funnel)
        path = JoinerPath(
            factors: factors, deviation: parts.growthDeviation, needDeviations: parts.needDeviations, control: control,
            ceiling: ceiling(growth))
    }

    /// England's log growth of plans begun in the first year after a base, and what is left of it after a year: growth of
    /// 2019 to 2024 (Department for Education, Education, health and care plans, January 2025) was 12 % a year; half of it goes on.
    private static let dampedGrowth = (first: 0.06, left: 0.8)

    private var damped: [[Double]] {
        var (level, step) = (0.0, Self.dampedGrowth.first)
        return (0..<years).map { _ -> [Double] in
            level += step
            step *= Self.dampedGrowth.left
            return Array(repeating: Double.exp(level), count: folder.space.need.count)
        }
    }

    /// What steers plans by the year does not steer children in care by the month.
    private mutating func checkService(_ growth: ModelDescription.Growth) {
        guard folder.space.service == .care else { return }
        if ![.none, .given].contains(growth) {
            notes.add(
                .error, "model.yaml", column: "growth",
                "starters of care grow by 'none' or 'given', not '\(growth.rawValue)'",
                remedy: "Say 'growth: given' with growth.csv.")
        }
        let isSteered = folder.description.ceiling != nil || !(folder.joiners[.capacity] ?? []).isEmpty
        if isSteered {
            notes.add(
                .error, "model.yaml", "starters of care are limited by neither a ceiling nor capacity.csv",
                remedy: "Leave them out.")
        }
    }

    /// Rows of later years than are projected change nothing.
    private mutating func checkYears() {
        for table in [RateTable.growth, .totals, .capacity] {
            let rows = (folder.joiners[table] ?? []).compactMap { Int($0.kind) }
            guard let first = rows.min(), first > base.january + years else { continue }
            notes.add(
                .warning, table.file,
                "its rows begin with \(first), and the projection ends in \(base.january + years)",
                remedy: "Add rows of projected years, or delete the file.")
        }
    }

    /// By how much plans may change in a year that every run follows.
    private static let yearlyChange = 0.5...2.0

    private mutating func checkUse(_ growth: ModelDescription.Growth) {
        for (table, isUsed) in [(RateTable.growth, [.given, .panel].contains(growth)), (.totals, growth == .follow)] {
            let isThere = !(folder.joiners[table] ?? []).isEmpty
            if isUsed && !isThere {
                notes.add(
                    .error, table.file, "'growth: \(growth.rawValue)' in model.yaml asks for it, and it has no rows",
                    remedy: "Add its rows, or say 'growth: none'.")
            }
            if isThere && !isUsed {
                notes.add(
                    .warning, table.file, "model.yaml says 'growth: \(growth.rawValue)', so the file is not used",
                    remedy: table == .totals
                        ? "Say 'growth: follow', or delete the file." : "Say 'growth: given', or delete the file.")
            }
        }
    }

    /// A factor goes on until a later January states another.
    private func stated() -> [[Double]] {
        var factors = [[Double]](repeating: Array(repeating: 1, count: folder.space.need.count), count: years)
        let rows = folder.joiners[.growth] ?? []
        for row in rows.sorted(by: { ($0.kind, $0.need == nil ? 0 : 1) < ($1.kind, $1.need == nil ? 0 : 1) }) {
            let first = max((Int(row.kind) ?? 0) - base.january - 1, 0)
            let needs = row.need.map { $0...$0 } ?? 0...folder.space.need.count - 1
            for year in first..<max(years, first) {
                for need in needs { factors[year][need] = row.figure }
            }
        }
        return factors
    }

    private mutating func control(_ growth: ModelDescription.Growth, _ funnel: AssessmentShares?) -> JoinerControl? {
        var control = JoinerControl()
        control.ceiling = folder.description.ceiling
        control.capacity = capacity(funnel)
        if let funnel { control.waiting = Double(folder.description.waiting ?? 0) / funnel.assessmentsPerPlan }
        if growth == .follow {
            if control.ceiling != nil || !control.capacity.isEmpty {
                notes.add(
                    .error, "model.yaml", column: "growth",
                    "plans cannot follow totals and be held by a ceiling or by capacity at once",
                    remedy: "Choose another growth, or leave out 'ceiling' and capacity.csv.")
            }
            control.totals = totals()
        }
        return control.ceiling == nil && control.capacity.isEmpty && control.totals == nil ? nil : control
    }

    /// The ages whose share of people with a plan comes near a ceiling.
    private static let agesOfCeiling = 5...15

    private mutating func ceiling(_ growth: ModelDescription.Growth) -> SharedCeiling? {
        let rows = folder.joiners[.ceiling] ?? []
        guard let row = rows.first else { return nil }
        let file = RateTable.ceiling.file
        let after = Int(row.kind) ?? 0
        if folder.space.service == .care {
            notes.add(.error, file, "starters of care come near no share of children", remedy: "Delete the file.")
        } else if growth == .follow {
            notes.add(
                .warning, file, "plans follow totals.csv, so the file is not used",
                remedy: "Say another 'growth', or delete the file.")
        } else if rows.count > 1 {
            notes.add(
                .error, file, line: rows[1].line, "a second ceiling",
                remedy: "Keep one row: the January after which it acts.")
        } else if row.figure == 0 {
            notes.add(
                .error, file, line: row.line, column: "share", "a ceiling of 0", remedy: "Write a share such as 0.15.")
        } else if after < base.january {
            notes.add(
                .error, file, line: row.line, column: "january", "January \(after) is before the base",
                remedy: "Write the January after which the ceiling acts, \(base.january) or later.")
        } else {
            return SharedCeiling(
                ages: Self.agesOfCeiling, after: after, share: row.figure, deviation: row.deviation)
        }
        return nil
    }

    private mutating func totals() -> JoinerControl.Totals {
        var medians = [Double](repeating: 0, count: years)
        var deviations = [Double](repeating: 0, count: years)
        for row in folder.joiners[.totals] ?? [] {
            let year = (Int(row.kind) ?? 0) - base.january - 1
            guard medians.indices.contains(year) else { continue }
            medians[year] = row.figure
            deviations[year] = row.deviation
        }
        let missing = medians.indices.filter { medians[$0] == 0 }.map { base.january + $0 + 1 }
        if !missing.isEmpty {
            notes.add(
                .error, RateTable.totals.file, "January \(notes.list(missing)) has no plans to follow",
                remedy: "Add rows up to January \(base.january + years), or shorten 'horizon'.")
        }
        for (year, pair) in zip([Double(base.total)] + medians, medians).enumerated()
        where pair.0 > 0 && pair.1 > 0 && !Self.yearlyChange.contains(pair.1 / pair.0) {
            notes.add(
                .error, RateTable.totals.file, column: "plans",
                "plans go from \(Int(pair.0)) to \(Int(pair.1)) by January \(base.january + year + 1)",
                remedy: "Write the number of all plans, in ones.")
        }
        return JoinerControl.Totals(medians: medians, deviations: deviations)
    }

    /// Plans that can be issued between two Januaries: the assessments of the calendar year that ends at the later one.
    private mutating func capacity(_ funnel: AssessmentShares?) -> [Double] {
        guard let rows = folder.joiners[.capacity], !rows.isEmpty else {
            if folder.description.waiting != nil {
                notes.add(
                    .warning, "model.yaml", column: "waiting", "nobody waits without capacity.csv", remedy: "Add it.")
            }
            return []
        }
        guard let funnel else {
            notes.add(
                .error, RateTable.capacity.file, "capacity needs to know how many assessments end in a plan",
                remedy: "Add \(RateTable.assessments.file).")
            return []
        }
        var capacity = [Double](repeating: .infinity, count: years)
        for row in rows.sorted(by: { $0.kind < $1.kind }) {
            let first = max((Int(row.kind) ?? 0) - base.january, 0)
            for year in first..<max(years, first) { capacity[year] = row.figure / funnel.assessmentsPerPlan }
        }
        return capacity
    }
}
