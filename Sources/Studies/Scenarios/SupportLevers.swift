import Intake
import Projection
import Vocabulary

/// Levers on SEN support, and on what else only plans have.
extension LeverReader {
    /// Complains of a lever on what children in care do not have, and says what acts on them instead.
    mutating func isOfPlansAlone(_ lever: ScenarioText.Lever) -> Bool {
        guard space.service == .care, let target = lever.target,
            [.support, .requests, .refusals, .funding].contains(target)
        else { return false }
        complain(
            lever, "'\(target.rawValue)' belongs to EHC plans, and children in care have none of it",
            target == .funding
                ? "Change what care costs: 'multiply: cost' or 'add: cost', with 'where: {line: …}'."
                : "Change who starts to be looked after: 'multiply: joiners', with 'where: {reason: …}' or ages. 'sendcast funnel' forecasts what "
                    + "leads there.")
        return true
    }

    /// What a lever does to pupils with SEN support; `nil` after a finding.
    mutating func support(_ lever: ScenarioText.Lever, _ effect: Effect) -> SupportChange? {
        guard let stage = support else {
            complain(lever, "this model does not say how many pupils have SEN support", "Add support.csv.")
            return nil
        }
        if !lever.scope.settings.isEmpty {
            complain(lever, "SEN support is not distinguished by setting", "Leave it out of 'where'.")
            return nil
        }
        let ages = Set(lever.scope.ages)
        let phases = SupportPhase.allCases.filter { ages.isEmpty || !ages.isDisjoint(with: $0.band) }
        let isWhole = ages.isEmpty || ages == Set(phases.flatMap(\.band))
        guard isWhole, !phases.isEmpty else {
            complain(
                lever, "a lever on SEN support acts on whole phases",
                "Say 'where: {band: 5 to 10}' for primary, '11 to 15' for secondary schools, or leave ages out.")
            return nil
        }
        let named = lever.scope(.need)
        let needs = needs(named, lever)
        let counted = needs.filter(stage.needs.compactMap { $0 }.contains)
        if !named.isEmpty && counted.count < needs.count {
            complain(
                lever, "support.csv does not tell how many pupils have these needs",
                stage.tellsNeeds
                    ? "It has \(stage.needs.compactMap { $0 }.map { space.need.codes[$0] }.joined(separator: ", "))."
                    : "Leave 'need' out of 'where', or add rows by need.")
            return nil
        }
        return SupportChange(
            quantity: lever.target == .support ? .starts : .requests, phases: phases,
            needs: named.isEmpty ? nil : needs,
            effect: effect)
    }
}
