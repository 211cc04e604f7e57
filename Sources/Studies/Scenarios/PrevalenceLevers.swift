import Intake
import Projection

/// A change of rates of `prevalence.csv`.
package struct PrevalenceChange: LeverChange, Sendable {
    /// Which rates, by name.
    let names: [String]
    /// What happens to each; its years are those of Januaries.
    package var effect: Effect
}

/// Levers on rates of prevalence.
extension LeverReader {
    mutating func prevalence(_ lever: ScenarioText.Lever, _ effect: Effect) -> [PrevalenceChange] {
        let named = lever.scope(.line)
        if prevalence.isEmpty { complain(lever, "this model states no rates of prevalence", "Add prevalence.csv.") }
        for name in named where !prevalence.contains(name) {
            unknown(name, "row of prevalence.csv", prevalence, lever)
        }
        if lever.scope.without(.line) != ScenarioText.Scope() {
            complain(lever, "a rate changes for all whom it is of", "Say 'where: {line: …}', or leave 'where' out.")
        }
        return [PrevalenceChange(names: named.isEmpty ? prevalence : named, effect: effect)]
    }
}
