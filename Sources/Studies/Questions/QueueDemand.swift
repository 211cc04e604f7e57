import Foundation
import Intake
import Queues
import Sampling
import Vocabulary

/// Arrivals of a service that a model forecasts: every run of the service has those of a run of the model, year by year.
package struct QueueDemand: Sendable {
    /// A stage whose arrivals are forecast.
    package struct Stage: Sendable {
        /// Its place among the stages.
        package let stage: Int
        /// What arrives, as the file says it.
        package let demand: QueueDescription.Demand
        /// What the model is called.
        package let model: String
        /// Arrivals of a year, from the first year of the model.
        package let years: [(year: Int, arrivals: Summary)]
        /// Those of every run, by year.
        fileprivate let runs: [[Double]]
    }

    /// The stages, in order.
    package private(set) var stages: [Stage] = []

    /// Runs the models that a description names; nothing where it names none.
    /// - Throws: ``UnusableData`` where one cannot be run, does not forecast what is asked of it, or ends before the queue.
    package init(_ description: QueueDescription, runs: Int, seed: UInt64, threads: Int) throws(UnusableData) {
        var results: [String: StudyResult] = [:]
        for (place, stage) in description.stages.enumerated() {
            guard let demand = stage.demand else { continue }
            let folder = URL(fileURLWithPath: description.file).deletingLastPathComponent()
            let path = demand.model.hasPrefix("/") ? demand.model : folder.appendingPathComponent(demand.model).path
            let result: StudyResult
            let name = [path, demand.scenario ?? ""].joined(separator: "\n")
            if let known = results[name] {
                result = known
            } else {
                let study = try PreparedStudy(folder: path).withoutPlaces()
                let scenario = try study.scenarios([demand.scenario].compactMap { $0 }).first?.scenario
                result = try ScenarioRuns(study, runs: 0..<runs, seed: seed, threads: threads).result(scenario)
                results[name] = result
            }
            let years = try Self.years(demand, of: result, stage: stage.name, in: description)
            let first = result.study.base.january
            stages.append(
                Stage(
                    stage: place, demand: demand, model: result.study.title,
                    years: years.enumerated().map { (first + $0, Summary(of: $1)) }, runs: years))
        }
    }

    /// Arrivals of every run, by year.
    private static func years(
        _ demand: QueueDescription.Demand, of result: StudyResult, stage: String, in description: QueueDescription
    ) throws(UnusableData) -> [[Double]] {
        func refuse(_ message: String, _ remedy: String) -> UnusableData {
            UnusableData(file: description.file, column: "stages.\(stage).demand", message, remedy: remedy)
        }
        let measures = [AssessmentOutlook.Measure.requests, .assessments, .issued].map(\.rawValue)
        let rates = result.prevalence.map(\.row.name)
        var years: [[Double]]
        if let measure = AssessmentOutlook.Measure(rawValue: demand.subject), measures.contains(demand.subject) {
            guard let assessments = result.assessments, let runs = assessments.runs[measure] else {
                throw refuse(
                    "\(demand.model) does not say what becomes of requests", "Add rates/assessments.csv to it.")
            }
            years = runs
        } else if let outlook = result.prevalence.first(where: { $0.row.name == demand.subject }) {
            years = Array(outlook.runs.dropLast())
        } else {
            throw refuse(
                "'\(demand.subject)' is nothing that \(demand.model) forecasts",
                suggestion(
                    for: demand.subject, among: measures + rates,
                    otherwise: "It forecasts \((measures + rates).listed(with: "and")); prevalence.csv adds more."))
        }
        let needed = (description.months + 11) / 12
        guard needed <= years.count else {
            throw refuse(
                "the queue has \(description.months) months, and the model forecasts \(years.count) years",
                "Make 'months' at most \(12 * years.count), or the model's horizon longer.")
        }
        years = years.map { runs in runs.map { $0 * demand.perOne } }
        return years
    }

    /// The service with these arrivals: those of a year are spread evenly over its months.
    package func applied(to queue: ServiceQueue) -> ServiceQueue {
        var queue = queue
        for stage in stages {
            let runs = (stage.runs.first ?? []).indices.map { run in
                (0..<queue.months).map { stage.runs[$0 / 12][run] / 12 }
            }
            queue.setDemand(runs, stage: stage.stage)
        }
        return queue
    }
}
