import Formats
import Intake
import Projection
import Vocabulary

/// Levers on refusals.
extension LeverReader {
    /// What a lever does to refusals; `nil` after a finding.
    mutating func refusals(_ lever: ScenarioText.Lever, _ effect: Effect) -> RefusalChange? {
        guard let law else {
            complain(
                lever, "this model does not say what becomes of requests", "Add \(RateTable.assessments.file).")
            return nil
        }
        if lever.scope.without(.decision) != ScenarioText.Scope() {
            complain(
                lever, "refusals are not distinguished by age, need or setting",
                "Say 'where: {decision: assessment}' or 'plan', or leave 'where' out.")
            return nil
        }
        let words = lever.scope(.decision)
        let known: [LawDecision] = [.assessment, .plan]
        let named = words.isEmpty ? [.assessment] : words.compactMap { word in known.first { $0.rawValue == word } }
        guard let decision = named.first, named.count == max(words.count, 1), named.count == 1 else {
            complain(
                lever, "'decision' is one of \(known.map(\.rawValue).listed(with: "and"))",
                "Name one; a second lever can name the other.")
            return nil
        }
        let (usual, most) = (law.refused(decision), lever.size[2])
        if usual * most > 1 {
            func percent(_ share: Double) -> String { "\(Numerals.fixed(100 * share, decimals: 0)) %" }
            complain(
                lever,
                "'by: \(Quantity.plain(most))' would refuse \(percent(usual * most)) of what is decided, for \(percent(usual)) are refused now",
                "Make 'by' at most \(Numerals.fixed((100 / usual).rounded(.down) / 100, decimals: 2)).")
            return nil
        }
        return RefusalChange(decision: decision, effect: effect)
    }
}
