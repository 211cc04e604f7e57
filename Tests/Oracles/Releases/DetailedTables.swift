import Foundation

/// The tables of releases since 2025: by topic and label, with ages, placements and needs.
struct DetailedTables {
    let release: MadeRelease
    let areas: [MadeArea]
    var is2026: Bool { release.layout == .of2026 }
    var last: Int { release.layout.january }

    init(_ release: MadeRelease) {
        self.release = release
        areas = release.areas
    }

    var files: [(name: String, text: String)] {
        var files = [
            ("caseload.csv", placements(isOfNewPlans: false)), ("newplans.csv", placements(isOfNewPlans: true)),
            (is2026 ? "sen_needs_caseload.csv" : "sen_needs_all_plans.csv", needs(isOfNewPlans: false)),
            ("sen_need_newplans.csv", needs(isOfNewPlans: true)), ("ceased_plans.csv", endings),
            ("requests.csv", requests), ("assessments.csv", assessments), ("timeliness_20_week.csv", timeliness),
            ("residential_settings.csv", stocks("Res_3851,Res_52,Res_tot", "residential placements", 0.006)),
            (
                "personal_budgets.csv",
                stocks(
                    "personal_budget,org_arrangments,pb_health,pb_education,pb_social,pb_integrated",
                    "personal budgets",
                    0.035)
            ),
            ("annual_reviews.csv", stocks("total_ehc_plans,review_expected,review_expected", "annual reviews", 1)),
        ]
        if is2026 { files.append(("phase_transfers.csv", phaseTransfers)) }
        return files
    }

    static let identity =
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name"

    /// A table: a header, then the blocks of every area; the row of totals stands in the middle of its block in 2026.
    func table(_ columns: String, hasTopics: Bool = true, _ block: (MadeArea) -> [[String]]) -> String {
        var text = "\u{FEFF}\(Self.identity),\(hasTopics ? "breakdown_topic,breakdown," : "")\(columns)\r\n"
        for area in areas {
            var rows = block(area)
            if is2026, rows.count > 2 { rows.swapAt(0, rows.count / 2) }
            for row in rows { text += row.joined(separator: ",") + "\r\n" }
        }
        return text
    }

    func january(_ area: MadeArea, _ year: Int) -> String {
        area.identity("\(year - 1)\(year % 100 < 10 ? "0" : "")\(year % 100)", "Academic year")
    }

    func calendar(_ area: MadeArea, _ year: Int) -> String { area.identity(String(year), "Calendar year") }

    /// What stands for a figure that is not available.
    func missing(_ area: MadeArea) -> String { area.oddity == .wordForMissing ? "no data" : "x" }

    func isWithheld(_ area: MadeArea, january year: Int) -> Bool { area.oddity == .withheld && year == last }
    func isWithheld(_ area: MadeArea, calendar year: Int) -> Bool { area.oddity == .withheld && year == last - 1 }

    func whole(_ value: Double) -> Int { Int(value.rounded()) }

    /// Parts of a whole number that add up to it.
    func split(_ count: Int, _ shares: [Double]) -> [Int] {
        var rest = count
        var parts = shares.dropLast().map { share -> Int in
            let part = min(Int((Double(count) * share).rounded()), rest)
            rest -= part
            return part
        }
        parts.append(rest)
        return parts
    }

    /// Labels that only subdivide, with the share of each.
    static let sexes: [(String, Double)] = [("Female", 0.28), ("Male", 0.71), ("Unknown", 0.01)]
    static let ethnicities: [(String, Double)] =
        (0..<18).map { ("Ethnic group \($0)", 0.02) } + [("White - White British", 0.64)]

    func yearsHeld(_ style: YearsStyle) -> [(String, Double)] {
        let labels: [String]
        switch style {
        case .stock2025: labels = ["Less than a year"] + (1...11).map(String.init) + ["12 or more"]
        case .stock2026: labels = ["1 or less"] + (2...11).map(String.init) + ["12 or more"]
        case .ceased: labels = ["Under a year", "1 year"] + (2...11).map { "\($0) years" } + ["12 years and over"]
        }
        return labels.map { ($0, 1 / Double(labels.count)) }
    }

    enum YearsStyle { case stock2025, stock2026, ceased }

    var placementColumns: [String] {
        let special = is2026 ? "special_academy,special_free_school" : "special_academy_free"
        let share = is2026 ? "ap_pru_total_pc" : "AP_PRU_total_pc"
        return """
            mainstream_la_maintained,mainstream_la_maintained_resourced_provision,mainstream_la_maintained_senunit,mainstream_academy,\
            mainstream_academy_resourced_provision,mainstream_academy_senunit,mainstream_free_school,\
            mainstream_free_school_resourced_provision,mainstream_free_school_senunit,mainstream_independent,mainstream_total,\
            mainstream_total_pc,special_la_maintained,\(special),special_independent,special_non_maintained,special_total,\
            special_total_pc,ap_pru_academy,ap_pru_free_school,ap_pru_la_maintained,ap_pru_total,\(share),\
            general_fe_tertiary_colleges,specialist_post_16_institutions,ukrlp_provider,fe_total,fe_total_pc,\
            elective_home_education,other_arrangements_la,other_arrangements_parents,online_provider,w_settings,other_schools,\
            other_placement_settings,neet,neet_ntci,neet_other,neet_other_csa,ed_elsewhere,ed_elsewhere_pc,nm_early_years,\
            nm_early_years_pc,placement_unknown,placement_unknown_pc
            """.split(separator: ",").map(String.init)
    }

    /// What of each setting is in which column: state schools are two fifths academies.
    static let columns: [(name: String, setting: Int, share: Double)] = [
        ("mainstream_la_maintained", 0, 0.6), ("mainstream_academy", 0, 0.4), ("special_la_maintained", 1, 0.55),
        ("special_academy", 1, 0.25), ("special_academy_free", 1, 0.45), ("special_free_school", 1, 0.2),
        ("general_fe_tertiary_colleges", 2, 1), ("mainstream_total", 0, 1), ("special_total", 1, 1), ("fe_total", 2, 1),
    ]

    func placements(isOfNewPlans: Bool) -> String {
        let columns = placementColumns
        let late = is2026 && isOfNewPlans ? ["await_prov", "perm_ex"] : ["await_prov_2022", "perm_ex_2022"]
        let first = isOfNewPlans ? "new_ehc_plans" : "ehcplans"
        return table(([first] + columns + late).joined(separator: ",")) { area in
            isOfNewPlans ? newPlans(area, columns) : caseload(area, columns)
        }
    }

    func row(
        _ identity: String, _ topic: String, _ label: String, _ counts: [Int], _ columns: [String], of area: MadeArea,
        isBefore2023: Bool = false
    ) -> [String] {
        var fields = [identity, topic, label, String(counts.reduce(0, +))]
        for column in columns {
            if column.hasSuffix("_pc") {
                fields.append("1.0")
            } else if let known = Self.columns.first(where: { $0.name == column }) {
                let parts = Self.columns.filter {
                    $0.setting == known.setting && $0.share < 1 && columns.contains($0.name)
                }
                let place = parts.firstIndex { $0.name == column }
                let all = counts[known.setting]
                let count = place.map { split(all, parts.map(\.share))[$0] } ?? all
                // Free schools were counted with academies before 2023.
                if isBefore2023 && column == "special_free_school" {
                    fields.append("x")
                } else if isBefore2023 && column == "special_academy" {
                    fields.append(String(all - split(all, parts.map(\.share))[0]))
                } else {
                    fields.append(
                        area.oddity == .suppressed && count > 0 && count < 5 && known.share < 1 ? "c" : String(count))
                }
            } else {
                fields.append(["w_settings", "ukrlp_provider"].contains(column) ? "x" : "0")
            }
        }
        return fields + ["x", "x"]
    }

    func withheldRow(_ identity: String, _ topic: String, _ label: String, _ width: Int, of area: MadeArea) -> [String]
    {
        [identity, topic, label] + Array(repeating: missing(area), count: width)
    }

    func caseload(_ area: MadeArea, _ columns: [String]) -> [[String]] {
        let all = "All EHC plans"
        let width = columns.count + 3
        var rows: [[String]] = []
        for year in (release.hasHistory ? 2019 : last - 1)...last {
            let identity = january(area, year)
            if isWithheld(area, january: year) {
                rows.append(withheldRow(identity, all, all, width, of: area))
                continue
            }
            guard let known = area.years[year], year >= last - (is2026 ? 2 : 1) else {
                let counts = split(whole(area.total(year)), [0.5, 0.35, 0.15])
                rows.append(row(identity, all, all, counts, columns, of: area, isBefore2023: year < 2023))
                continue
            }
            let totals = known.bySetting.map(whole)
            if area.oddity == .totalsOnly {
                let total = String(totals.reduce(0, +))
                rows.append([identity, all, all, total] + Array(repeating: missing(area), count: width - 1))
                continue
            }
            rows.append(row(identity, all, all, totals, columns, of: area))
            let topic = is2026 ? "Age at start of academic year" : "Child or young persons age"
            for age in MadeTowns.ages {
                let counts = known.stock[age].map(whole)
                // Ages without plans have no row.
                if counts.reduce(0, +) == 0 { continue }
                let label = age == 2 ? (is2026 ? "age under 3" : "under 3") : "age \(age)"
                rows.append(row(identity, topic, label, counts, columns, of: area))
            }
            var others: [(String, [(String, Double)])] = [("Sex", Self.sexes), ("Ethnicity", Self.ethnicities)]
            others.append(("Years EHC plan in place", yearsHeld(is2026 ? .stock2026 : .stock2025)))
            others.append(("Age when plan started", (3...20).map { ("age \($0)", 1.0 / 19) } + [("unknown", 1.0 / 19)]))
            for (topic, labels) in others {
                let parts = totals.map { split($0, labels.map(\.1)) }
                for (place, label) in labels.enumerated() {
                    rows.append(row(identity, topic, label.0, parts.map { $0[place] }, columns, of: area))
                }
            }
        }
        return rows
    }

    func newPlans(_ area: MadeArea, _ columns: [String]) -> [[String]] {
        let all = is2026 ? "All new EHC plans" : "New EHC plans"
        var rows: [[String]] = []
        for year in (release.hasHistory ? 2019 : last - 2)..<last {
            let identity = calendar(area, year)
            if isWithheld(area, calendar: year) {
                rows.append(withheldRow(identity, all, all, columns.count + 3, of: area))
                continue
            }
            guard let known = area.years[year] else {
                let counts = split(whole(area.total(year) * 0.13), [0.7, 0.2, 0.1])
                rows.append(row(identity, all, all, counts, columns, of: area, isBefore2023: year < 2023))
                continue
            }
            let totals = known.begunBySetting.map(whole)
            rows.append(row(identity, all, all, totals, columns, of: area))
            for age in 2...20 {
                let counts = known.begun[age].map(whole)
                if counts.reduce(0, +) == 0 { continue }
                rows.append(row(identity, "Age when plan started", begunLabel(age), counts, columns, of: area))
            }
            for (topic, labels) in [("Sex", Self.sexes), ("Ethnicity", Self.ethnicities)] {
                let parts = totals.map { split($0, labels.map(\.1)) }
                for (place, label) in labels.enumerated() {
                    rows.append(row(identity, topic, label.0, parts.map { $0[place] }, columns, of: area))
                }
            }
        }
        return rows
    }

    /// Labels with a capital in 2026, but for one that strayed.
    func begunLabel(_ age: Int) -> String {
        let word = is2026 && age != 7 ? "Age" : "age"
        return age == 2 ? "\(word) 2 and under" : age == 20 ? "\(word) 20 and over" : "\(word) \(age)"
    }

    static let needNames = [
        "ASD": "Autistic spectrum disorder", "SEMH": "\"Social, emotional and mental health\"",
        "OTH": "Other difficulty or disability", "DS": "Down Syndrome",
    ]
    static let needOrder = [
        "asd", "ds", "hi", "mld", "msi", "oth", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi", "need_unknown",
    ]

    func needs(isOfNewPlans: Bool) -> String {
        let order = Self.needOrder.filter { is2026 || $0 != "ds" }
        let columns = ["ehc_plans"] + order.map { "number_\($0)" } + order.map { "\($0)_pc" }
        return table(columns.joined(separator: ",")) { area in
            isOfNewPlans ? begunNeeds(area, order) : stockNeeds(area, order)
        }
    }

    func needRow(
        _ identity: String, _ topic: String, _ label: String, _ count: Int, _ shares: [Double], _ order: [String],
        knowsDownSyndrome: Bool, of area: MadeArea
    ) -> [String] {
        let parts = split(count, shares)
        var counts = ["asd": parts[0], "semh": parts[1], "oth": parts[2], "ds": parts[3]]
        if !knowsDownSyndrome { counts["oth"] = parts[2] + parts[3] }
        let figures = order.map { name in
            name == "ds" && !knowsDownSyndrome ? "x" : String(counts[name] ?? 0)
        }
        return [identity, topic, label, String(count)] + figures + order.map { _ in "1.0" }
    }

    func stockNeeds(_ area: MadeArea, _ order: [String]) -> [[String]] {
        let all = "All EHC plans"
        var rows: [[String]] = []
        for year in (is2026 ? last - 1 : last)...last {
            guard let known = area.years[year] else { continue }
            let identity = january(area, year)
            let isHidden = isWithheld(area, january: year) || (area.oddity == .needsWithheld && year == last)
            if isHidden {
                rows.append(withheldRow(identity, all, all, 1 + 2 * order.count, of: area))
                continue
            }
            func row(_ topic: String, _ label: String, _ count: Int) -> [String] {
                needRow(
                    identity, topic, label, count, known.needShares, order, knowsDownSyndrome: is2026 && year == last,
                    of: area)
            }
            rows.append(row(all, all, whole(known.total)))
            for age in MadeTowns.ages {
                let count = known.stock[age].reduce(0) { $0 + whole($1) }
                if count == 0 { continue }
                rows.append(row("Child or young persons age", age == 2 ? "under 3" : "age \(age)", count))
            }
            rows += placementLabels(known.bySetting).map { row("Type of placement", $0.label, $0.count) }
            let sexes = split(whole(known.total), Self.sexes.map(\.1))
            for (place, sex) in Self.sexes.enumerated() { rows.append(row("Sex", sex.0, sexes[place])) }
        }
        return rows
    }

    func begunNeeds(_ area: MadeArea, _ order: [String]) -> [[String]] {
        let all = is2026 ? "All new EHC plans" : "All EHC plans"
        var rows: [[String]] = []
        for year in (is2026 ? last - 2 : last - 1)..<last {
            guard let known = area.years[year], !isWithheld(area, calendar: year) else { continue }
            let identity = calendar(area, year)
            func row(_ topic: String, _ label: String, _ count: Int) -> [String] {
                needRow(
                    identity, topic, label, count, MadeTowns.begunShares, order,
                    knowsDownSyndrome: is2026 && year == last - 1, of: area)
            }
            rows.append(row(all, all, whole(known.begun.joined().reduce(0, +))))
            for age in 2...20 {
                let count = known.begun[age].reduce(0) { $0 + whole($1) }
                if count == 0 { continue }
                let topic = is2026 ? "Age on plan start date" : "Child or young persons age"
                rows.append(row(topic, begunLabel(age), count))
            }
            rows += placementLabels(known.begunBySetting).map { row("Type of placement", $0.label, $0.count) }
        }
        return rows
    }

    /// Counts by label of a placement: the labels of academies differ between releases.
    func placementLabels(_ bySetting: [Double]) -> [(label: String, count: Int)] {
        let counts = bySetting.map(whole)
        let mainstream = split(counts[0], [0.6, 0.4])
        var rows = [("Mainstream - LA maintained", mainstream[0]), ("Mainstream - academy", mainstream[1])]
        if is2026 {
            let special = split(counts[1], [0.55, 0.25, 0.2])
            rows += [
                ("Special - LA maintained", special[0]), ("Special - Academy", special[1]),
                ("Special - Free school", special[2]),
            ]
        } else {
            let special = split(counts[1], [0.55, 0.45])
            rows += [("Special - LA maintained", special[0]), ("Special - Academy/free schools", special[1])]
        }
        rows += [("Special - total", counts[1]), ("FE - general FE and tertiary colleges", counts[2])]
        return rows.map { (label: $0.0, count: $0.1) }
    }
}
