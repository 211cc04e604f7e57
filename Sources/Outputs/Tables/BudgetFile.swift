import Finance
import Formats
import Foundation
import Sampling
import Studies
import Vocabulary

/// Tables of money: spend by line, payer and tag, income and the balance, by financial year, and why they change.
enum BudgetFile {
    static func file(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.budget.file { table in
            for result in results {
                let accounts = result.budget.accounts
                for amount in result.budget.amounts where !isNone(amount) {
                    let service = result.outcome.model.space.service
                    let units = paidUnits(amount, accounts, service)
                    let below = Double(amount.runs.count { $0 < 0 }) / Double(max(amount.runs.count, 1))
                    table.append(
                        result.name, amount.year.description, place(amount.kind, accounts),
                        basis(amount.kind, accounts), amount.pounds, isBalance(amount.kind) ? below : nil,
                        units, units.flatMap { $0 > 0 ? amount.mean / $0 : nil },
                        accounts.quality(of: amount.kind, in: amount.year)?.rawValue,
                        unit(amount.kind, accounts, service))
                }
            }
        }
    }

    /// The unit of a line's price; `nil` of sums of lines.
    private static func unit(_ kind: Budget.Kind, _ accounts: Accounts, _ service: Service) -> String? {
        guard case .line(let number) = kind else { return nil }
        return service.words.unit(accounts.lines[number].unit.rawValue)
    }

    /// What stands in place of people of the model.
    static let services = "services"

    /// What each agency pays: in all, for each purpose, and through each fund; of a year the rows of purposes add up to all.
    static func payers(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.payers.file { table in
            for result in results {
                let parts = result.budget.amounts.compactMap { amount in
                    if case .part(let part) = amount.kind { (part: part, amount: amount) } else { nil }
                }
                func append(_ year: FinancialYear, _ names: [String], _ own: [Budget.Amount]) {
                    guard let first = own.first else { return }
                    let runs = own.dropFirst().reduce(first.runs) { zip($0, $1.runs).map(+) }
                    let rated = own.compactMap { result.budget.accounts.quality(of: $0.kind, in: year) }
                    table.append(result.name, year.description, names, Summary(of: runs), rated.worst?.rawValue)
                }
                let all = ResultFiles.all
                for year in Set(parts.map(\.amount.year)).sorted() {
                    let own = parts.filter { $0.amount.year == year }
                    append(year, [all, all, all, ""], own.map(\.amount))
                    for payer in Set(own.map(\.part.payer)).sorted() {
                        let paid = own.filter { $0.part.payer == payer }
                        append(year, [payer, all, all, ""], paid.map(\.amount))
                        for (part, amount) in paid {
                            let purpose = part.isService ? services : result.study.folder.space.service.words.people
                            append(year, [payer, purpose, part.tag, part.fund], [amount])
                        }
                    }
                }
            }
        }
    }

    /// What a line is paid for: a price of a week is paid for weeks.
    private static func paidUnits(_ amount: Budget.Amount, _ accounts: Accounts, _ service: Service) -> Double? {
        guard case .line(let number) = amount.kind, accounts.lines[number].unit.isOfPeople else { return amount.units }
        return amount.units.map { $0 * accounts.lines[number].unit.timesAYear(service) }
    }

    /// Why spend changes from the first year to the last, and from the baseline to each scenario in every year.
    static func bridges(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.bridge.file { table in
            func append(_ one: StudyResult, _ first: FinancialYear, _ other: StudyResult, _ last: FinancialYear) {
                let bridge = SpendBridge(from: one.budget, first, to: other.budget, last)
                table.append(
                    one.name, first.description, other.name, last.description, bridge.from, bridge.all.volume,
                    bridge.all.mix,
                    bridge.all.price, bridge.to)
            }
            for result in results {
                let years = result.budget.amounts(.spend).map(\.year)
                if let first = years.first, let last = years.last, first < last { append(result, first, result, last) }
                guard let baseline = results.first, result.name != baseline.name else { continue }
                for year in years { append(baseline, year, result, year) }
            }
        }
    }

    /// What a plan costs for a year, by need, setting and band of ages, at the prices of the first and last financial year.
    static func costsPerPlan(_ result: StudyResult) -> (name: String, data: Data) {
        let (accounts, space) = (result.budget.accounts, result.outcome.model.space)
        let years = result.budget.amounts(.spend).map(\.year)
        return ResultTable.costPerPlan.file(space.service) { table in
            for year in Set([years.first, years.last].compactMap { $0 }).sorted() {
                for band in result.outcome.stockLayout.bands {
                    for (need, needCode) in space.need.codes.enumerated() {
                        for (setting, settingCode) in space.setting.codes.enumerated() {
                            let cost = accounts.costOfPlan(
                                age: band.ages.lowerBound, need: need, setting: setting, in: year,
                                service: space.service)
                            if cost != 0 { table.append(year.description, band.name, needCode, settingCode, cost) }
                        }
                    }
                }
            }
        }
    }

    /// How likely deficits beyond some pounds are.
    static func deficits(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.deficits.file { table in
            for result in results {
                for chance in result.budget.deficitChances {
                    table.append(
                        result.name, chance.year.description, chance.pounds, chance.isReserves ? "yes" : "no",
                        chance.share)
                }
            }
        }
    }

    /// What was spent against what the model says, line by line.
    static func reconciliation(_ rows: [Reconciliation]) -> (name: String, data: Data) {
        ResultTable.reconciliation.file { table in
            for row in rows {
                table.append(row.year.description, row.line, row.outturn, row.model, row.residual, row.carried)
            }
        }
    }

    /// What each lever is worth by itself, and what levers do together.
    static func causes(_ causes: [SpendCause]) -> (name: String, data: Data) {
        ResultTable.spendCauses.file { table in
            for cause in causes {
                let range = cause.amount.interval80
                table.append(
                    cause.scenario, cause.year.description, cause.cause.text(), cause.pounds, range.lowerBound,
                    range.upperBound)
            }
        }
    }

    /// The name of an amount in tables of one column.
    static func measure(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        switch kind {
        case .payer(let payer): "spend by \(payer)"
        case .tag(let tag): "spend for \(tag.isEmpty ? "no tag" : tag)"
        case .part(let part):
            "\(part.isService ? "services" : "spend") by \(part.payer) for \(part.tag.isEmpty ? "no tag" : part.tag)"
                + (part.fund.isEmpty ? "" : " through \(part.fund)")
        default: place(kind, accounts)[0]
        }
    }

    /// Line, payer and tag.
    private static func place(_ kind: Budget.Kind, _ accounts: Accounts) -> [String] {
        let all = ResultFiles.all
        switch kind {
        case .spend: return ["spend", all, all]
        case .line(let number):
            let line = accounts.lines[number]
            let isShared = accounts.contributions.contains { $0.line == line.name }
            return [line.name, isShared ? "shared" : line.payer, line.tag]
        case .payer(let payer): return ["spend", payer, all]
        case .tag(let tag): return ["spend", all, tag]
        case .part(let part): return ["spend", part.payer, part.tag]
        case .services: return [services, all, all]
        case .funding(.stabilityShare): return ["stability grant", CostLine.grant, all]
        case .funding(let item): return [item.rawValue, CostLine.grant, all]
        case .income: return ["income", CostLine.grant, all]
        case .inYear: return ["in-year", CostLine.grant, all]
        case .balance: return ["balance", CostLine.grant, all]
        case .grantIfApproved: return ["stability grant if approved", CostLine.grant, all]
        case .balanceIfApproved: return ["balance if approved", CostLine.grant, all]
        }
    }

    /// Parts of income that a model does not have, and what another table holds.
    private static func isNone(_ amount: Budget.Amount) -> Bool {
        switch amount.kind {
        case .part, .services: true
        case .funding, .grantIfApproved: amount.runs.allSatisfy { $0 == 0 }
        default: false
        }
    }

    private static func isBalance(_ kind: Budget.Kind) -> Bool {
        [.inYear, .balance, .balanceIfApproved].contains(kind)
    }

    /// What the price basis of a line begins with; then come `each year`, or the year whose prices the line stays at.
    static let pricesOf = "prices of "

    private static func basis(_ kind: Budget.Kind, _ accounts: Accounts) -> String {
        let lines = accounts.lines(of: kind)
        let level = Set(lines.compactMap(\.levelYear)).sorted().map(\.description)
        let years = (lines.contains { $0.index != nil } ? ["each year"] : []) + level
        return years.isEmpty ? "as in costs.csv" : pricesOf + years.listed(with: "and")
    }
}
