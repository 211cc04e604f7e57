import Projection
import Vocabulary

extension Budget {
    /// Checks every year and run: lines, payers and tags each add up to the spend.
    public func checks() -> [ConservationCheck] {
        func isPart(_ kind: Kind, _ number: Int) -> Bool {
            switch (kind, number) {
            case (.line, 0), (.payer, 1), (.tag, 2): true
            default: false
            }
        }
        return ["lines", "payers", "tags"].enumerated().map { number, name in
            var (equations, broken) = (0, 0)
            var first: String?
            for spend in amounts(.spend) {
                let parts = amounts.filter { $0.year == spend.year && isPart($0.kind, number) }
                for run in spend.runs.indices {
                    equations += 1
                    let sum = parts.reduce(0) { $0 + $1.runs[run] }
                    if abs(sum - spend.runs[run]) <= 1e-9 * max(abs(spend.runs[run]), 1) { continue }
                    broken += 1
                    first = first ?? "\(spend.year), run \(run): off by £\(sum - spend.runs[run])"
                }
            }
            return ConservationCheck(
                name: "spend by \(name) adds up to all spend", equations: equations, broken: broken, firstBroken: first)
        }
    }
}
