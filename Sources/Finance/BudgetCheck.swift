import Projection
import Vocabulary

extension Budget {
    /// Checks every year and run: lines, payers, tags and what agencies pay each add up to the spend, and the parts of income to income.
    package func checks() -> [ConservationCheck] {
        func isPart(_ kind: Kind, _ number: Int) -> Bool {
            switch (kind, number) {
            case (.line, 0), (.payer, 1), (.tag, 2): true
            case (.part(let part), 4), (.part(let part), 5): part.isService == (number == 5)
            case (.funding(let item), 3): item != .stabilityShare
            default: false
            }
        }
        let sums = [
            "spend by lines", "spend by payers", "spend by tags", "income by items", "spend by agency and purpose",
            "services by agency and purpose",
        ]
        return sums.enumerated().compactMap { number, name in
            let whole = amounts(number == 3 ? .income : number == 5 ? .services : .spend)
            if whole.isEmpty { return nil }
            var (equations, broken) = (0, 0)
            var first: String?
            for spend in whole {
                let parts = amounts.filter { $0.year == spend.year && isPart($0.kind, number) }
                let all = spend.runs
                let sums = parts.reduce([Double](repeating: 0, count: all.count)) { zip($0, $1.runs).map(+) }
                equations += all.count
                for (run, (sum, pounds)) in zip(sums, all).enumerated() {
                    if abs(sum - pounds) <= 1e-9 * max(abs(pounds), 1) { continue }
                    broken += 1
                    first = first ?? "\(spend.year), run \(run): off by £\(sum - pounds)"
                }
            }
            return ConservationCheck(
                name: "\(name) adds up to all", equations: equations, broken: broken, firstBroken: first)
        }
    }
}
