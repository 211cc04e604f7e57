import Finance
import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// Plans and care together: children in both, and what each payer bears, no pound counted twice.
///
/// The high needs budget pays for children in care who hold a plan: the run of plans has these children and what they cost it already, so
/// what the run of care says of that budget is shown and taken off. Other payers bear what both runs say of them.
///
/// Pounds of a year are at the prices of that year in both runs, as their indices make them; what no index carries on is said
/// (``Year/level``).
package struct JointView: Sendable {
    package let plans: FinishedRun
    package let care: FinishedRun

    /// - Throws: ``UnusableData`` where a folder has no results, or not one has plans and the other care.
    package init(plans plansPath: String, care carePath: String) throws(UnusableData) {
        plans = try FinishedRun(plansPath)
        care = try FinishedRun(carePath)
        for (run, service) in [(plans, Service.plans), (care, .care)] where run.service != service {
            throw UnusableData(
                file: run.path,
                "these are results of \(run.service.words.people) in \(run.manifest.model)",
                remedy: "Name results of plans first, then those of care.")
        }
    }

    /// What a year says.
    package struct Year {
        package let plans: Double
        package let inCare: Double
        package let both: Double
        /// Payer, pounds of plans, pounds of care, and what of them is in both.
        package let payers: [(payer: String, plans: Double, care: Double, twice: Double)]
        /// What is not at the prices of the year: lines of a run by the year whose prices they stay at, with what they come to.
        package let level: [(run: String, prices: String, lines: [String], pounds: Double)]
        /// Plans that end by where they lead, where the model of plans says it.
        package let destinations: [(route: String, count: Double)]
    }

    /// Who pays, and for which priority: plans, placements in care, or a service beside them by its tag.
    package struct Purpose: Hashable, Sendable {
        package let payer: String
        package let priority: String
    }

    /// Pounds, and the worst rating of what they rest on.
    package struct Paid: Sendable {
        package var pounds = 0.0
        package var quality: AssumptionQuality?

        static func + (one: Paid, other: Paid) -> Paid {
            Paid(
                pounds: one.pounds + other.pounds,
                quality: [one.quality, other.quality].compactMap { $0 }.worst)
        }
    }

    /// What each agency pays in a year for each priority, no pound counted twice.
    package func purposes(
        _ year: FinancialYear, scenario: (plans: String, care: String)
    ) throws(UnusableData) -> [Purpose: Paid] {
        let ofPlans = try plans.paid("SEND", scenario.plans, year)
        let isTold = ofPlans.contains { $0.key.payer == CostLine.grant && $0.value.pounds > 0 }
        // What care says of the high needs budget is in the spend on plans.
        let ofCare = try care.paid("children in care", scenario.care, year)
            .filter { !isTold || $0.key.payer != CostLine.grant }
        return ofPlans.merging(ofCare, uniquingKeysWith: +)
    }

    package func year(_ year: FinancialYear, scenario: (plans: String, care: String)) throws(UnusableData) -> Year {
        let (january, march) = (year.starting + 1, year.starting + 1)
        let ofPlans = try plans.spendByPayer()[scenario.plans]?[year.description] ?? [:]
        let ofCare = try care.spendByPayer()[scenario.care]?[year.description] ?? [:]
        guard let inForce = try plans.plans()[scenario.plans]?[january]?[ResultFiles.all],
            let inCare = try care.plans()[scenario.care]?[march]?[ResultFiles.all], !ofPlans.isEmpty, !ofCare.isEmpty
        else {
            throw UnusableData(
                column: "--year", "the two runs do not both have \(year) and the scenarios named",
                remedy: "Plans end in January \(plans.manifest.last), care on 31 March \(care.manifest.last).")
        }
        let payers = Set(ofPlans.keys).union(ofCare.keys).sorted().map { payer in
            let (one, other) = (ofPlans[payer] ?? 0, ofCare[payer] ?? 0)
            return (payer, one, other, payer == CostLine.grant && one > 0 ? other : 0)
        }
        let level = try plans.levelPrices(scenario.plans, year) + care.levelPrices(scenario.care, year)
        return Year(
            plans: inForce, inCare: inCare, both: try care.overlap(scenario.care, march), payers: payers, level: level,
            destinations: try plans.endings(scenario.plans, january))
    }
}

extension FinishedRun {
    /// Means of spend by scenario, financial year and payer.
    func spendByPayer() throws(UnusableData) -> [String: [String: [String: Double]]] {
        let table = try table(.budget, ["scenario", "financial_year", "line", "payer", "tag", "mean"])
        var spend: [String: [String: [String: Double]]] = [:]
        for row in table.rows
        where row[2] == "spend" && row[3] != ResultFiles.all && row[4] == ResultFiles.all {
            spend[row[0], default: [:]][row[1], default: [:]][row[3]] = Double(row[5])
        }
        return spend
    }

    /// Means of what each agency pays.
    /// - Parameter priority: what people of the model are called as one.
    func paid(
        _ priority: String, _ scenario: String, _ year: FinancialYear
    ) throws(UnusableData) -> [JointView.Purpose: JointView.Paid] {
        let table = try table(.payers, ["scenario", "financial_year", "payer", "for", "tag", "mean", "quality"])
        var paid: [JointView.Purpose: JointView.Paid] = [:]
        for row in table.rows
        where row[0] == scenario && row[1] == year.description && row[4] != ResultFiles.all {
            let purpose = JointView.Purpose(
                payer: row[2], priority: row[3] == BudgetFile.services ? row[4] : priority)
            let one = JointView.Paid(pounds: Double(row[5]) ?? 0, quality: AssumptionQuality(rawValue: row[6]))
            paid[purpose] = paid[purpose].map { $0 + one } ?? one
        }
        return paid
    }

    /// Lines that cost in a year what an earlier one did.
    func levelPrices(
        _ scenario: String, _ year: FinancialYear
    ) throws(UnusableData) -> [(run: String, prices: String, lines: [String], pounds: Double)] {
        let table = try table(.budget, ["scenario", "financial_year", "line", "price_basis", "mean"])
        let level = table.rows.filter { row in
            // 'prices of 2024-25' before 'prices of 2028-29'; 'prices of each year' is after both.
            row[0] == scenario && row[1] == year.description && row[2] != "spend"
                && row[3].hasPrefix(BudgetFile.pricesOf) && row[3] < BudgetFile.pricesOf + year.description
        }
        return Set(level.map { $0[3] }).sorted().map { prices in
            let own = level.filter { $0[3] == prices }
            let pounds = own.reduce(0) { $0 + (Double($1[4]) ?? 0) }
            return (manifest.model, prices, own.map { $0[2] }, pounds)
        }
    }

    /// Children in care who hold a plan.
    func overlap(_ scenario: String, _ march: Int) throws(UnusableData) -> Double {
        let table = try table(.overlap, ["scenario", "january", "setting", "mean"])
        let row = table.rows.first { $0[0] == scenario && $0[1] == String(march) && $0[2] == ResultFiles.all }
        return row.flatMap { Double($0[3]) } ?? 0
    }

    /// Leavers by where they go, the most first.
    func endings(_ scenario: String, _ january: Int) throws(UnusableData) -> [(route: String, count: Double)] {
        let table = try table(.flows, ["scenario", "january", "flow", "to_setting", "mean"])
        var sums: [String: Double] = [:]
        for row in table.rows
        where row[0] == scenario && row[1] == String(january) && row[2] == "leave" && row[3] != ResultFiles.all {
            sums[row[3], default: 0] += Double(row[4]) ?? 0
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}
