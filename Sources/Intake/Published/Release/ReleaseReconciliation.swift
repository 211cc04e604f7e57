import Vocabulary

extension NationalRelease {
    /// How far parts may be from their total before it is said.
    private static let tolerance = 0.1
    /// And in people: figures of a few are not compared.
    private static let allowance = 20.0

    /// Parts that do not make their total, one line a table and year with the areas in which that is so.
    package var unreconciled: [Finding] { unreconciled(in: areas) }

    /// The same of some areas alone.
    package func unreconciled(in areas: [Area]) -> [Finding] {
        var found: [String: [String]] = [:]
        for area in areas {
            for (subject, parts, total) in area.partsAndTotals
            where parts.isFinite && abs(parts - total) > max(Self.tolerance * total, Self.allowance) {
                found[subject, default: []].append("\(area.name) (\(Int(parts)) of \(Int(total)))")
            }
        }
        return found.sorted { $0.key < $1.key }.map { subject, areas in
            let others = areas.count > 3 ? " and \(areas.count - 3) more areas" : ""
            return Finding(
                .warning, file: path,
                "\(subject) do not make their total in \(areas.prefix(3).joined(separator: ", "))\(others)")
        }
    }
}

extension NationalRelease.Area {
    /// Every figure that is published both as a whole and in parts: what it is of, the parts' sum, the whole.
    fileprivate var partsAndTotals: [(subject: String, parts: Double, total: Double)] {
        var pairs: [(String, Double, Double)] = []
        func add(_ subject: String, _ parts: Double?, _ total: Double?) {
            if let parts, let total { pairs.append((subject, parts, total)) }
        }
        for (table, years) in [("plans of January", plans), ("plans begun in", newPlans)] {
            for (year, plans) in years {
                add("\(table) \(year) by age", plans.byAge?.total, plans.total)
                add("\(table) \(year) by placement", plans.bySetting?.reduce(0, +), plans.total)
                add("\(table) \(year) by need", plans.byNeed?.reduce(0, +), plans.total)
                add("\(table) \(year) by need and age", plans.needByAge?.total, plans.total)
                add("\(table) \(year) by band of ages", plans.byBand?.reduce(0, +), plans.total)
                if let all = plans.residential.first {
                    add("residential places of January \(year)", plans.residential.dropFirst().reduce(0, +), all)
                }
            }
        }
        for (year, endings) in endings {
            let total = endings.byReason?.reduce(0, +)
            add("plans ended in \(year) by age", endings.byAge?.total, total)
            add("plans ended in \(year) by placement", endings.bySetting?.total, total)
            add("plans ended in \(year) by need", endings.byNeed?.total, total)
        }
        for (year, requests) in requests {
            add("requests of \(year) by age", requests.receivedByAge?.reduce(0, +), requests.received)
            add("assessments of \(year) by age", requests.assessedByAge?.reduce(0, +), requests.assessed)
            add("plans issued in \(year) by age", requests.issuedByAge?.reduce(0, +), requests.issued)
            if !requests.bySource.isEmpty {
                add("requests of \(year) by source", requests.bySource.values.reduce(0, +), requests.received)
            }
        }
        return pairs.map { (subject: $0.0, parts: $0.1, total: $0.2) }
    }
}
