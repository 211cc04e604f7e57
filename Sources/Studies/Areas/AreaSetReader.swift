import Intake
import Projection
import Vocabulary

/// Puts the rows of one set of areas together, and says what does not fit.
struct AreaSetReader {
    /// How far shares may be from 1 together.
    private static let tolerance = 0.005

    /// Rows about the same ages and needs.
    private struct Stated {
        let ages: ClosedRange<Int>
        let needs: [Int]
        let rows: [AreaRow]
    }

    private(set) var findings: [Finding] = []
    private let name: String
    private let rows: [AreaRow]
    private let areas: [String]
    private let space: StateSpace
    private let base: Cohort
    private let bands: [AgeBand]
    private let spread = AreaSpread.shipped

    init(_ name: String, _ rows: [AreaRow], _ space: StateSpace, _ base: Cohort, bands: [AgeBand]) {
        self.name = name
        self.rows = rows
        areas = rows.map(\.area).inOrder
        self.space = space
        self.base = base
        self.bands = bands
    }

    /// The set; `nil` where an error is among the findings.
    mutating func set() -> AreaSet? {
        var stated: [Stated] = []
        for row in rows where !stated.contains(where: { $0.ages == row.ages && $0.needs == row.needs }) {
            stated.append(
                Stated(
                    ages: row.ages, needs: row.needs,
                    rows: rows.filter { $0.ages == row.ages && $0.needs == row.needs }))
        }
        if areas.count < 2 {
            add(
                .error, rows[0].line, "area", "the set '\(name)' has one area, and two or more were expected",
                "Add the others: the areas of a set cover the authority.")
        }
        stated.forEach { check($0) }
        checkOverlaps(stated)
        let counted = overall(stated)
        var groups = stated.map { group($0, counted) }
        var parts = parts(stated)
        cover(&parts, &groups, counted)
        guard !findings.containsErrors else { return nil }
        let basis: AreaSet.Basis =
            rows.contains { $0.population != nil }
            ? .population : rows.contains { $0.share != nil } ? .shares : .children
        return AreaSet(
            name: name, areas: areas, basis: basis, quality: rows.map(\.quality).worst ?? .red,
            localities: areas.map { _ in [] }, groups: groups, parts: parts, base: counts(stated))
    }

    private mutating func add(
        _ severity: Finding.Severity, _ line: Int?, _ column: String?, _ message: String, _ remedy: String
    ) {
        findings.append(Finding(severity, line: line, column: column, message, remedy: remedy))
    }

    private func words(_ stated: Stated) -> String {
        let needs =
            stated.needs.count == space.need.count
            ? "any need" : stated.needs.map { space.need.codes[$0] }.joined(separator: " ")
        return "ages \(stated.ages.lowerBound) to \(stated.ages.upperBound), \(needs)"
    }

    /// What is wrong within the rows of some ages and needs.
    private mutating func check(_ stated: Stated) {
        var lines: [String: Int] = [:]
        for row in stated.rows {
            if let first = lines.updateValue(row.line, forKey: row.area) {
                add(
                    .error, row.line, "area",
                    "'\(row.area)' of '\(name)' is on row \(first) already for \(words(stated))",
                    "Delete one.")
            }
        }
        let kinds = Set(stated.rows.map { $0.children != nil ? 0 : $0.population != nil ? 1 : 2 })
        if kinds.count > 1 {
            add(
                .error, stated.rows[0].line, "children",
                "the areas of '\(name)' mix children, population and shares for \(words(stated))",
                "State one of the three for all areas of the same ages and needs.")
            return
        }
        if kinds == [2] {
            let sum = stated.rows.reduce(0) { $0 + ($1.share ?? 0) }
            if abs(sum - 1) > Self.tolerance {
                let rounded = (sum * 10_000).rounded() / 10_000
                add(
                    .error, stated.rows.last?.line, "share",
                    "the shares of '\(name)' for \(words(stated)) add up to \(rounded), and 1 was expected",
                    "Correct them; children outside all areas need an area of their own.")
            }
        }
        let missing = areas.filter { lines[$0] == nil }
        if kinds == [1] && !missing.isEmpty {
            add(
                .warning, stated.rows[0].line, "area",
                "\(missing.joined(separator: ", ")) of '\(name)' has no row for \(words(stated)), and counts as empty of people",
                "Add the row.")
        }
        if kinds == [1], stated.rows.allSatisfy({ $0.population == 0 }) {
            add(
                .error, stated.rows[0].line, "population", "nobody lives in '\(name)' for \(words(stated))",
                "State how many people live in each area.")
        }
    }

    /// Ages and needs that two groups of rows are about.
    private mutating func checkOverlaps(_ stated: [Stated]) {
        for (place, one) in stated.enumerated() {
            let earlier = stated[..<place].first {
                $0.ages.overlaps(one.ages) && !Set($0.needs).isDisjoint(with: one.needs)
            }
            guard let earlier else { continue }
            add(
                .error, one.rows[0].line, "min_age",
                "\(words(one)) overlap row \(earlier.rows[0].line), \(words(earlier)), in '\(name)': a child of "
                    + "\(max(one.ages.lowerBound, earlier.ages.lowerBound)) is in both",
                "End one where the other begins; 'any' takes in every need.")
        }
    }

    /// Children counted by area, over all ages and needs.
    private func overall(_ stated: [Stated]) -> [Double] {
        areas.map { area in rows.reduce(0) { $1.area == area ? $0 + Double($1.children ?? 0) : $0 } }
    }

    /// Of each need and band, its children by area where rows count exactly those of the base.
    private func counts(_ stated: [Stated]) -> [[Int32]?] {
        space.need.codes.indices.flatMap { need in
            bands.map { band -> [Int32]? in
                let here = stated.filter { $0.needs.contains(need) && $0.ages.overlaps(band.ages) }
                let isExact = here.allSatisfy { one in
                    one.needs == [need] && one.ages.clamped(to: band.ages) == one.ages
                        && one.rows.allSatisfy { $0.children != nil }
                }
                guard isExact, !here.isEmpty else { return nil }
                let counts = areas.map { area in
                    here.reduce(0) { $0 + ($1.rows.first { $0.area == area }?.children ?? 0) }
                }
                let known = band.ages.filter { $0 < space.years }.reduce(0) { $0 + children(need, age: $1) }
                return Double(counts.reduce(0, +)) == known ? counts.map(Int32.init) : nil
            }
        }
    }

    /// How many children the shares of others are worth where few are counted.
    private var strength: Double { Double(max(areas.count - 1, 1)) / (spread.need * spread.need) - 1 }

    private func group(_ stated: Stated, _ counted: [Double]) -> AreaSet.Group {
        func row(_ area: String) -> AreaRow? { stated.rows.first { $0.area == area } }
        let key = "\(stated.ages.lowerBound) \(stated.ages.upperBound) \(stated.needs.map { space.need.codes[$0] })"
        if stated.rows.contains(where: { $0.children != nil }) {
            let mine = areas.map { Double(row($0)?.children ?? 0) }
            return AreaSet.Group(
                key: key, evidence: .counted(zip(mine, prior(zip(counted, mine).map(-))).map(+)))
        }
        let figures = areas.map { row($0)?.population ?? row($0)?.share ?? 0 }
        let sum = figures.reduce(0, +)
        let shares = sum > 0 ? figures.map { $0 / sum } : figures
        let isOfPeople = stated.rows.contains { $0.population != nil }
        // What rows say of themselves, weighted by the children they are about; people are further from children with plans.
        let own = zip(areas, shares).reduce(0) { sum, area in
            let stated = row(area.0)?.spread ?? (isOfPeople ? 0 : spread.plans)
            return sum + area.1 * stated * stated
        }
        return AreaSet.Group(
            key: key,
            evidence: .stated(
                shares, together: (own + (isOfPeople ? spread.plans * spread.plans : 0)).squareRoot(),
                byNeed: stated.needs.count > 1 ? spread.need : 0))
    }

    /// What children of other ages and needs add to those counted: never more than there are.
    private func prior(_ others: [Double]) -> [Double] {
        let sum = others.reduce(0, +)
        return sum > 0 ? others.map { $0 * min(strength, sum) / sum } : others
    }

    /// Of each need and band, the groups its children belong to, as those of the base do.
    private func parts(_ stated: [Stated]) -> [[AreaSet.Part]] {
        space.need.codes.indices.flatMap { need in
            bands.map { band in
                let ages = band.ages.filter { $0 < space.years }
                let known = ages.map { children(need, age: $0) }
                let weights = known.contains { $0 > 0 } ? known : ages.map { _ in 1 }
                let sum = weights.reduce(0, +)
                var parts: [Int: Double] = [:]
                for (age, weight) in zip(ages, weights) where weight > 0 {
                    let group = stated.firstIndex { $0.ages.contains(age) && $0.needs.contains(need) } ?? stated.count
                    parts[group, default: 0] += weight / sum
                }
                return parts.sorted { $0.key < $1.key }.map { AreaSet.Part(group: $0.key, weight: $0.value) }
            }
        }
    }

    /// Children of a need and age at the base.
    private func children(_ need: Int, age: Int) -> Double {
        space.ages(ofYear: age).reduce(0) { sum, age in
            space.setting.codes.indices.reduce(sum) {
                $0 + Double(base.counts[space.cell(age: age, need: need, setting: $1)])
            }
        }
    }

    /// Gives children whom no row is about the shares of all who were counted; where none were, that is a gap.
    private mutating func cover(_ parts: inout [[AreaSet.Part]], _ groups: inout [AreaSet.Group], _ counted: [Double]) {
        let rest = groups.count
        let open = parts.indices.filter { parts[$0].contains { $0.group == rest } }
        let sum = counted.reduce(0, +)
        if rows.contains(where: { $0.children != nil }) && sum == 0 {
            return add(
                .error, rows[0].line, "children", "no child is counted in any area of '\(name)'",
                "areas.csv is of no use without children with plans: count them, or state population.")
        }
        guard let first = open.first else { return }
        let place = "\(bands[first % bands.count].name), \(space.need.codes[first / bands.count])"
        if sum == 0 {
            return add(
                .error, rows.last?.line, "max_age",
                "no row of '\(name)' is about some ages or needs; the first such children are \(place)",
                "Add rows: ages go from 0 to \(space.years - 1), and 'any' takes in every need.")
        }
        add(
            .note, rows[0].line, "need",
            "nobody was counted in '\(name)' of \(open.count) of \(parts.count) pairs of need and band of ages (\(place), …): they take "
                + "the shares of all children counted", "")
        groups.append(AreaSet.Group(key: "all", evidence: .counted(prior(counted))))
    }
}
