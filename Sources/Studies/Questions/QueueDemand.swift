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

    /// Plans of a model that wait for a stage, January by January.
    package struct HeldPlans: Sendable {
        /// The stage's place among the stages.
        package let stage: Int
        /// The January, plans if nobody waited, how many fewer there are, and plans that wait to begin.
        package let januaries: [Row]

        /// Figures of a January.
        package typealias Row = (january: Int, free: Summary, fewer: Summary, waiting: Summary)
    }

    /// The stages, in order.
    package private(set) var stages: [Stage] = []
    /// What stages that hold plans back do to them.
    package private(set) var held: [HeldPlans] = []

    /// Runs the models that a description names; nothing where it names none.
    /// - Parameter queue: the service, with the staff that it is tried with.
    /// - Throws: ``UnusableData`` where one cannot be run, does not forecast what is asked of it, or ends before the queue.
    package init(
        _ description: QueueDescription, _ queue: ServiceQueue, runs: Int, seed: UInt64, threads: Int
    ) throws(UnusableData) {
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
            if demand.holdsBack {
                held.append(
                    try Self.hold(back: result, by: place, of: queue, description, seed: seed, threads: threads))
            }
        }
    }

    /// Assessments for which there is always room.
    private static let unbounded = 1e9

    /// The model again, with no more assessments in a year than the stage's staff have days for; after the last month staff stay.
    private static func hold(
        back free: StudyResult, by place: Int, of queue: ServiceQueue, _ description: QueueDescription, seed: UInt64,
        threads: Int
    ) throws(UnusableData) -> HeldPlans {
        let stage = queue.stages[place]
        let room = (0..<free.outcome.model.horizon).map { year in
            (0..<12).reduce(0.0) { sum, month in
                let staff = stage.staff[min(12 * year + month, queue.months - 1)]
                return sum + Double(staff) * ServiceQueue.daysInMonth / stage.days
            }
        }
        guard free.study.joinerPath.control?.capacity.isEmpty ?? true,
            let limited = free.study.withRoom(for: room, waiting: Double(stage.waiting)),
            let unlimited = free.study.withRoom(for: room.map { _ in unbounded }, waiting: Double(stage.waiting))
        else {
            throw UnusableData(
                file: description.file, column: "stages.\(description.stages[place].name).demand",
                "plans of \(free.study.title) follow totals, or have a capacity.csv already",
                remedy: "Leave out 'holds_back', or let the model grow freely.")
        }
        func result(_ study: PreparedStudy) throws(UnusableData) -> StudyResult {
            try ScenarioRuns(study, runs: free.outcome.runs, seed: seed, threads: threads).result(free.scenario)
        }
        let (held, open) = (try result(limited), try result(unlimited))
        let base = free.study.base.january
        let januaries = open.totals.indices.dropFirst().map { step -> HeldPlans.Row in
            let plans = open.totals[step].map(Double.init)
            let limitedPlans = held.totals[step].map(Double.init)
            let fewer: [Double] = plans.indices.map { plans[$0] - limitedPlans[$0] }
            let year = base + step - 1
            let waits = (held.assessments?.rows ?? []).filter { row in row.measure == .waiting }
            let waiting = waits.first { row in row.year == year }
            return (base + step, Summary(of: plans), Summary(of: fewer), waiting?.count ?? Summary(of: [0.0]))
        }
        return HeldPlans(stage: place, januaries: januaries)
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
        var years: [[Double]] = []
        for subject in demand.subjects {
            let own: [[Double]]
            if let measure = AssessmentOutlook.Measure(rawValue: subject), measures.contains(subject) {
                guard let assessments = result.assessments, let runs = assessments.runs[measure] else {
                    throw refuse(
                        "\(demand.model) does not say what becomes of requests", "Add rates/assessments.csv to it.")
                }
                own = runs
            } else if let outlook = result.prevalence.first(where: { $0.row.name == subject }) {
                own = Array(outlook.runs.dropLast())
            } else {
                throw refuse(
                    "'\(subject)' is nothing that \(demand.model) forecasts",
                    suggestion(
                        for: subject, among: measures + rates,
                        otherwise: "It forecasts \((measures + rates).listed(with: "and")); prevalence.csv adds more."))
            }
            years = years.isEmpty ? own : zip(years, own).map { zip($0, $1).map(+) }
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
