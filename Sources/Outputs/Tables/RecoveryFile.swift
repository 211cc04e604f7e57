import Finance
import Foundation
import Formats
import Studies
import Vocabulary

/// `recovery-plan.csv`: scenarios as recovery plans, a row for each row of a plan and financial year.
package enum RecoveryFile {
    /// What the kind of a row is called.
    package enum Kind: String {
        case unmitigated, lever, overlap, mitigated, income
        case allIncome = "all income"
        case inYear = "in-year"
        case grant = "stability grant"
        case balance
        case grantIfApproved = "stability grant if approved"
        case balanceIfApproved = "balance if approved"
        case otherUnmitigated = "other payer, unmitigated"
        case otherMitigated = "other payer, mitigated"

        /// The part of a plan in which the row stands.
        package var section: String {
            switch self {
            case .unmitigated, .lever, .overlap, .mitigated: "spend"
            case .income, .allIncome: "income"
            case .inYear, .grant, .balance, .grantIfApproved, .balanceIfApproved: "balance"
            case .otherUnmitigated, .otherMitigated: "below the line"
            }
        }
    }

    static func file(_ plans: [RecoveryPlan]) -> (name: String, data: Data) {
        ResultTable.recoveryPlan.file { table in
            for plan in plans {
                for row in plan.rows {
                    let (kind, words) = words(row)
                    for (year, amount) in row.pounds {
                        table.append(
                            plan.scenario, kind.section, kind.rawValue, words, row.lever?.owner ?? "",
                            row.lever?.status?.rawValue ?? "", row.lever?.confidence?.rawValue ?? "", year.description,
                            amount)
                    }
                }
            }
        }
    }

    /// The kind of a row, and what it is called.
    package static func words(_ row: RecoveryPlan.Row) -> (kind: Kind, words: String) {
        switch row.item {
        case .unmitigated: (.unmitigated, "High needs spend, unmitigated")
        case .lever: (.lever, row.lever?.name ?? "")
        case .overlap: (.overlap, "Levers together, beyond each alone")
        case .mitigated: (.mitigated, "High needs spend, mitigated")
        case .income(let item?): (.income, heading(item.rawValue))
        case .income(nil): (.allIncome, "Income")
        case .inYear: (.inYear, "In-year balance")
        case .grant: (.grant, "Stability grant, as counted")
        case .balance: (.balance, "Balance of the grant on 31 March")
        case .grantIfApproved: (.grantIfApproved, "Stability grant if approved")
        case .balanceIfApproved: (.balanceIfApproved, "Balance on 31 March if approved")
        case .other(let payer, false): (.otherUnmitigated, "\(heading(payer)), unmitigated")
        case .other(let payer, true): (.otherMitigated, "\(heading(payer)), mitigated")
        }
    }

    private static func heading(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}
