import Foundation

/// A national release of authorities that do not exist, in the layout of 2025, made from flows that are known.
///
/// Two settings of schools and one of colleges; one need in five is SEMH. At every age the same shares end and move.
struct SyntheticRelease {
    static let ages = 2...25
    let placements = ["mainstream_la_maintained", "special_la_maintained", "general_fe_tertiary_colleges"]
    let labels = ["Mainstream - LA maintained", "Special - LA maintained", "FE - general FE and tertiary colleges"]
    let needs = ["asd", "semh"]
    /// Of those who remain, where each goes: at age 11, at 16 to 19, and at other ages.
    static func movers(_ age: Int) -> [[Double]] {
        switch age {
        case 11: [[0.75, 0.25, 0], [0, 1, 0], [0, 0, 1]]
        case 16...19: [[0.2, 0.1, 0.7], [0, 0.6, 0.4], [0, 0, 1]]
        default: [[0.96, 0.04, 0], [0, 1, 0], [0, 0, 1]]
        }
    }
    static func ending(_ age: Int) -> Double { age < 16 ? 0.01 : age < 20 ? 0.15 : 0.5 }

    var authorities = 24
    /// The names of columns and topics of the release of June 2026.
    var isOf2026 = false
    /// What becomes of the figures of the first authority.
    var isFirstBroken = false

    private let header = [
        "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
        "region_name", "new_la_code", "old_la_code", "la_name", "breakdown_topic", "breakdown",
    ]

    private struct Place {
        var before: [[Double]]
        var after: [[Double]]
        var begun: [[Double]]
        var ended: [Double]
        var endedBySetting: [Double]
    }

    private func place(_ number: Int) -> Place {
        let size = 10_000.0 + Double(number * 4_157 % 35_000)
        let special = 0.25 + 0.05 * Double(number % 5)
        var before = [[Double]](repeating: [0, 0, 0], count: 26)
        var begun = before
        for age in Self.ages {
            let all = (age < 16 ? size / 10 * Double(min(age, 12)) / 8 : size / 10 * pow(0.6, Double(age - 15)))
                .rounded()
            let college = age < 16 ? 0 : (all * 0.7).rounded()
            let inSpecial = ((all - college) * special).rounded()
            before[age] = [all - college - inSpecial, inSpecial, college]
            begun[age] =
                age < 20
                ? [(size / 60).rounded(), (size / 240).rounded(), age < 16 ? 0 : (size / 300).rounded()] : [0, 0, 0]
        }
        var after = [[Double]](repeating: [0, 0, 0], count: 26)
        var ended = [Double](repeating: 0, count: 26)
        var endedBySetting = [0.0, 0, 0]
        // Begun by age on 31 August: even weights of age on the day.
        for age in Self.ages {
            for (shift, weight) in [(-1, 1.0 / 18), (0, 13.0 / 18), (1, 4.0 / 18)] where (0...25).contains(age + shift)
            {
                for setting in 0..<3 { after[max(age + shift, 2)][setting] += weight * begun[age][setting] }
            }
        }
        for age in 3...25 {
            for from in 0..<3 {
                let people = before[age - 1][from]
                ended[age] += people * Self.ending(age)
                endedBySetting[from] += people * Self.ending(age)
                for to in 0..<3 { after[age][to] += people * (1 - Self.ending(age)) * Self.movers(age)[from][to] }
            }
        }
        return Place(
            before: before, after: after.map { $0.map { $0.rounded() } }, begun: begun, ended: ended,
            endedBySetting: endedBySetting)
    }

    private var places: [(code: String, number: String, name: String, place: Place)] {
        let all = (0..<authorities).map { number in
            ("E0800\(1_000 + number)", String(300 + number), "Town \(number)", place(number))
        }
        func sum(_ part: (Place) -> [[Double]]) -> [[Double]] {
            all.reduce([[Double]](repeating: [0, 0, 0], count: 26)) { total, one in
                zip(total, part(one.3)).map { zip($0, $1).map { $0 + $1 } }
            }
        }
        let national = Place(
            before: sum(\.before), after: sum(\.after), begun: sum(\.begun),
            ended: all.reduce([Double](repeating: 0, count: 26)) { zip($0, $1.3.ended).map { $0 + $1 } },
            endedBySetting: all.reduce([0.0, 0, 0]) { zip($0, $1.3.endedBySetting).map { $0 + $1 } })
        return [("", "", "", national)] + all
    }

    private func identity(_ area: (code: String, number: String, name: String, place: Place), _ period: String)
        -> [String]
    {
        let level = area.number.isEmpty ? "National" : "Local authority"
        return [
            period, period.count == 6 ? "Academic year" : "Calendar year", level, "E92000001", "England", "", "",
            area.code,
            area.number, area.name,
        ]
    }

    private func label(_ age: Int, under: String = "age 2 and under") -> String { age == 2 ? under : "age \(age)" }

    private func write(_ rows: [[String]]) -> String {
        "\u{FEFF}"
            + rows.map { $0.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") }.joined(
                separator: "\r\n")
            + "\r\n"
    }

    private func whole(_ value: Double) -> String { String(Int(value.rounded())) }

    private func placementRows(
        _ total: String, _ topics: (all: String, age: String), _ periods: [(String, (Place) -> [[Double]])]
    ) -> [[String]] {
        let rest = isOf2026 ? ["special_academy", "special_free_school"] : ["special_academy_free"]
        var rows = [header + [total] + placements + rest + ["special_total", "placement_unknown"]]
        for area in places {
            for (period, part) in periods {
                let table = part(area.place)
                let isBroken = isFirstBroken && area.name == "Town 0"
                func row(_ topic: String, _ breakdown: String, _ counts: [Double]) -> [String] {
                    let figures =
                        isBroken
                        ? Array(repeating: "x", count: 3 + rest.count + 2)
                        : counts.map(whole) + rest.map { _ in "0" } + [whole(counts[1]), "0"]
                    return identity(area, period) + [
                        topic, breakdown, isBroken && topic != topics.all ? "x" : whole(counts.reduce(0, +)),
                    ] + figures
                }
                rows.append(
                    row(topics.all, topics.all, (0..<3).map { setting in table.reduce(0) { $0 + $1[setting] } }))
                for age in Self.ages { rows.append(row(topics.age, label(age, under: "under 3"), table[age])) }
                rows.append(row("Sex", "Female", [1, 1, 1]))
            }
        }
        return rows
    }

    private func needRows(_ period: String, _ part: (Place) -> [[Double]]) -> [[String]] {
        let columns = ["ehc_plans"] + needs.map { "number_\($0)" } + ["number_need_unknown"]
        var rows = [header + columns]
        for area in places {
            let table = part(area.place)
            func row(_ topic: String, _ breakdown: String, _ count: Double) -> [String] {
                let semh = (count / 5).rounded()
                return identity(area, period) + [topic, breakdown, whole(count), whole(count - semh), whole(semh), "0"]
            }
            rows.append(row("All EHC plans", "All EHC plans", table.joined().reduce(0, +)))
            for age in Self.ages {
                rows.append(row("Child or young persons age", label(age, under: "under 3"), table[age].reduce(0, +)))
            }
            for (setting, label) in labels.enumerated() {
                rows.append(row("Type of placement", label, table.reduce(0) { $0 + $1[setting] }))
            }
        }
        return rows
    }

    private var endingRows: [[String]] {
        let reasons = [
            "max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "not_rec",
            "other", "total_ceased",
        ]
        var rows = [header + reasons]
        for area in places {
            for period in ["2023", "2024"] {
                func row(_ topic: String, _ breakdown: String, _ count: Double) -> [String] {
                    identity(area, period) + [topic, breakdown]
                        + reasons.map { ["needs_met", "total_ceased"].contains($0) ? whole(count) : "0" }
                }
                rows.append(row("All ceased EHC plans", "All ceased EHC plans", area.place.ended.reduce(0, +)))
                for age in 3...20 {
                    let count = age == 20 ? area.place.ended[20...].reduce(0, +) : area.place.ended[age]
                    rows.append(row("Age plan ceased", age == 20 ? "age 20 and over" : label(age), count))
                }
                for (setting, label) in labels.enumerated() {
                    rows.append(row("Type of placement", label, area.place.endedBySetting[setting]))
                }
            }
        }
        return rows
    }

    private var requestRows: [[String]] {
        var rows = [header + ["requests_received_in_year", "requests_decided_not_to_assess"]]
        for area in places {
            for period in ["2023", "2024"] {
                let begun = area.place.begun.joined().reduce(0, +)
                rows.append(
                    identity(area, period) + [
                        "All requests for EHC needs assessments", "all", whole(begun * 1.6), whole(begun * 0.4),
                    ])
            }
        }
        return rows
    }

    /// Writes the release's files into a folder.
    func write(to folder: URL) throws {
        let data = folder.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        let ageTopic = isOf2026 ? "Age at start of academic year" : "Child or young persons age"
        let files = [
            "caseload.csv": placementRows(
                "ehcplans", ("All EHC plans", ageTopic), [("202324", \.before), ("202425", \.after)]),
            "newplans.csv": placementRows(
                "new_ehc_plans", ("New EHC plans", "Age when plan started"), [("2023", \.begun), ("2024", \.begun)]),
            (isOf2026 ? "sen_needs_caseload.csv" : "sen_needs_all_plans.csv"): needRows("202425", \.after),
            "sen_need_newplans.csv": needRows("2024", \.begun),
            "ceased_plans.csv": endingRows, "requests.csv": requestRows,
            "annual_reviews.csv": [["time_period", "something_else"], ["2024", "1"]],
        ]
        for (name, rows) in files { try Data(write(rows).utf8).write(to: data.appendingPathComponent(name)) }
        var people = "area_code,area_name,year,age,population\n"
        for number in 0..<authorities {
            for year in 2023...2026 {
                for age in 0...25 {
                    people += "E0800\(1_000 + number),Town \(number),\(year),\(age),\(40_000 + 1_000 * number)\n"
                }
            }
        }
        try Data(people.utf8).write(to: folder.appendingPathComponent("population.csv"))
    }
}
