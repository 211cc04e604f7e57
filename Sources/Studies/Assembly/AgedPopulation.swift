import Intake
import Vocabulary

extension ModelFolder {
    /// That people by age are not published up to the base, as `new` wrote it among the assumptions.
    package func agedPopulation(_ base: Int) -> [Finding] {
        guard case .given(let plans) = data.content,
            let entry = plans.assumptions.entries.first(where: {
                $0.id == AssumptionLog.population && $0.quality == .red
            })
        else { return [] }
        return [
            Finding(
                .warning, file: "\(path)/\(ModelFile.population.name)",
                "people by age are rated red: \(entry.value), and the base is \(data.space.service.words.day) \(base)",
                remedy: "Make the model again with later people.")
        ]
    }
}
