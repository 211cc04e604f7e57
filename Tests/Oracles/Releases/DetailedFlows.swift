import Foundation

/// What began, ended, was asked for and decided in calendar years, and tables of plans in force with a property.
extension DetailedTables {
    var endings: String {
        let reasons =
            ["max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased"]
            + (is2026 ? [] : ["not_rec"]) + ["other", "total_ceased"]
        return table(reasons.joined(separator: ",")) { area in
            var rows: [[String]] = []
            let all = "All ceased EHC plans"
            for year in (last - 2)..<last {
                guard let known = area.years[year] else { continue }
                let identity = calendar(area, year)
                let isHidden = area.oddity == .incompleteFlows && year == last - 1
                if isHidden || isWithheld(area, calendar: year) {
                    rows.append(withheldRow(identity, all, all, reasons.count, of: area))
                    continue
                }
                func row(_ topic: String, _ label: String, _ count: Double) -> [String] {
                    // One ending in twenty has no recorded reason; since 2026 it is counted with other reasons.
                    let ended = whole(count)
                    let parts = split(ended, [0.95, 0.05])
                    let figures = reasons.map { reason -> String in
                        switch reason {
                        case "needs_met": String(parts[0])
                        case is2026 ? "other" : "not_rec": String(parts[1])
                        case "total_ceased": String(ended)
                        default: "0"
                        }
                    }
                    return [identity, topic, label] + figures
                }
                rows.append(row(all, all, known.ended.reduce(0, +)))
                for age in 3...20 {
                    let count = age == 20 ? known.ended[20...].reduce(0, +) : known.ended[age]
                    rows.append(row("Age plan ceased", age == 20 ? "age 20 and over" : "age \(age)", count))
                }
                rows += placementLabels(known.endedBySetting).map {
                    row("Type of placement", $0.label, Double($0.count))
                }
                for (label, share) in yearsHeld(.ceased) {
                    rows.append(row("Years plan held", label, known.ended.reduce(0, +) * share))
                }
                for (label, share) in Self.ethnicities + Self.sexes.prefix(2) {
                    let topic = label == "Female" || label == "Male" ? "Sex" : "Ethnicity"
                    rows.append(row(topic, label, known.ended.reduce(0, +) * share))
                }
                guard is2026 else { continue }
                for (need, count) in zip(MadeTowns.needs, known.endedByNeed) {
                    rows.append(row("Primary type of need", Self.needNames[need] ?? need, count))
                }
                rows.append(row("Primary type of need", "Not reported", 0))
            }
            return rows
        }
    }

    func begun(_ area: MadeArea, _ year: Int) -> Double {
        area.years[year]?.begun.joined().reduce(0, +) ?? area.total(year) * 0.13
    }

    var requests: String {
        let columns = """
            requests_received_in_year,requests_rya,requests_decided_to_assess,requests_decided_not_to_assess,requests_decision_not_made,\
            requests_withdrawn,mediation_related_request,tribunal_related_request,tribunal_after_mediation_request
            """
        let all = is2026 ? "All requests for an EHC needs assessment" : "All requests for EHC needs assessments"
        return table(columns) { area in
            var rows: [[String]] = []
            for year in 2019..<last {
                let identity = calendar(area, year)
                if isWithheld(area, calendar: year) {
                    rows.append(withheldRow(identity, all, all, 9, of: area))
                    continue
                }
                func row(_ topic: String, _ label: String, _ received: Int) -> [String] {
                    let count = Double(received)
                    let figures = [
                        received, 0, whole(count * 0.7), whole(count * 0.25), 0, whole(count * 0.05),
                        whole(count * 0.02), whole(count * 0.01), whole(count * 0.005),
                    ]
                    return [identity, topic, label] + figures.map(String.init)
                }
                let received = whole(begun(area, year) * 1.6)
                rows.append(row(all, all, received))
                if year < last - 2 { continue }
                let ages = split(received, Array(repeating: 1.0 / 19, count: 19))
                for (place, age) in (2...20).enumerated() {
                    let label = age == 2 ? "Aged 2 and under" : age == 20 ? "Aged 20 and over" : "Aged \(age)"
                    rows.append(row("Child or young persons age", label, ages[place]))
                }
                rows.append(row("Child or young persons age", "Age unknown", 0))
                guard is2026, year == last - 1 else { continue }
                let sources = split(received, Self.sources.map(\.1))
                for (place, source) in Self.sources.enumerated() {
                    rows.append(row("Source of request", source.0, sources[place]))
                }
            }
            return rows
        }
    }

    static let sources: [(String, Double)] = [
        ("Parent or young person", 0.4), ("School or other education setting", 0.45),
        ("Health care professional", 0.05),
        ("Social care professional", 0.03), ("Other", 0.04), ("Not known", 0.03),
    ]

    var assessments: String {
        let columns =
            "assess_in_year,assess_issued,assess_not_issued,number_assess_mediation,number_assess_tribunal,number_asssess_mediation_tribunal"
        let all = "All EHC needs assessments"
        return table(columns) { area in
            var rows: [[String]] = []
            for year in 2019..<last {
                let identity = calendar(area, year)
                if isWithheld(area, calendar: year) {
                    rows.append(withheldRow(identity, all, all, 6, of: area))
                    continue
                }
                func row(_ topic: String, _ label: String, _ issued: Int) -> [String] {
                    let made = whole(Double(issued) * 1.1)
                    return [identity, topic, label] + [made, issued, made - issued, 4, 2, 1].map(String.init)
                }
                if area.oddity == .incompleteFlows && year == last - 1 {
                    rows.append([identity, all, all, "0", "0", "0", "0", "0", "0"])
                    continue
                }
                let issued = whole(begun(area, year))
                rows.append(row(all, all, issued))
                if year < last - 2 { continue }
                let ages = split(issued, Array(repeating: 1.0 / 19, count: 19))
                for (place, age) in (2...20).enumerated() {
                    rows.append(
                        row(
                            is2026 ? "Age at time of assessment" : "Child or young persons age", begunLabel(age),
                            ages[place]))
                }
            }
            return rows
        }
    }

    var timeliness: String {
        let old = "plans_issued_den,plans_issued_den_ex,plans_issued_within_20_weeks,PC_plans_issued_20_weeks_ex"
        let columns = is2026 ? "\(old.lowercased()),avg_weeks_issue_plan,avg_weeks_issue_plan_exc" : old
        let all = is2026 ? "All EHC plans" : "All EHC plans issued"
        return table(columns) { area in
            (2019..<last).compactMap { year in
                if area.oddity == .incompleteFlows && year == last - 1 { return nil }
                let identity = calendar(area, year)
                if isWithheld(area, calendar: year) { return withheldRow(identity, all, all, is2026 ? 6 : 4, of: area) }
                let issued = whole(begun(area, year))
                let figures = [String(issued), String(issued), String(whole(Double(issued) * 0.5)), "50.0"]
                return [identity, all, all] + figures + (is2026 ? ["27.4", "22.1"] : [])
            }
        }
    }

    /// A table of plans in force with a property: parts, and all of them at a share of the plans.
    func stocks(_ columns: String, _ subject: String, _ share: Double) -> String {
        let names = columns.split(separator: ",")
        return table(columns) { area in
            ((last - 2)...last).map { year in
                let identity = january(area, year)
                if isWithheld(area, january: year) {
                    return withheldRow(identity, "All \(subject)", "All \(subject)", names.count, of: area)
                }
                let all = whole(area.total(year) * share)
                let parts = split(all, [0.6, 0.4])
                let figures = names.map { name in
                    name.hasSuffix("3851") ? parts[0] : name.hasSuffix("52") ? parts[1] : all
                }
                return [identity, "All \(subject)", "All \(subject)"] + figures.map(String.init)
            }
        }
    }

    var phaseTransfers: String {
        table("number_plans,due_25,due_26,final_25,final_26", hasTopics: false) { area in
            let total = whole(area.total(last))
            let row = [total, total / 50, total / 5, total / 60, total / 1_000].map(String.init)
            let isHidden = isWithheld(area, january: last)
            return [[calendar(area, last - 1)] + (isHidden ? Array(repeating: "x", count: 5) : row)]
        }
    }
}
