import Formats
import Vocabulary

/// What a file says of a service that children wait for: a YAML file of stages, arrivals and staff.
package struct QueueDescription: Sendable, Equatable {
    /// A stage as stated.
    package struct Stage: Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// Arrivals from outside in the first month.
        package let arrivals: Double
        /// Their growth a year, as a share.
        package let growth: Double
        /// What arrivals are instead, where a model forecasts them.
        package let demand: Demand?
        /// Children who can be seen at the same time.
        package let staff: Int
        /// The number of staff from a month on, by month from 1.
        package let changes: [Int: Int]
        /// Working days for which a child is seen.
        package let days: Double
        /// The coefficient of variation of those.
        package let variation: Double
        /// Working days of patience.
        package let patience: Double?
        /// The share that goes on to the next stage.
        package let onward: Double
        /// Children waiting at the start, for how many working days, and children being seen.
        package let waiting: Int
        /// See ``waiting``.
        package let waited: Double
        /// See ``waiting``.
        package let inService: Int
        /// Working days within which a child should be seen.
        package let target: Double?
        /// Where figures are from.
        package let source: String
        /// How good that is.
        package let quality: AssumptionQuality?
    }

    /// Arrivals that a model forecasts, year by year and run by run.
    package struct Demand: Sendable, Equatable {
        /// The model's folder, from the folder of the queue's file.
        package let model: String
        /// What of it arrives, together: requests, assessments, plans issued, or names of rows of its prevalence.csv.
        package let subjects: [String]
        /// A scenario of the model, whose figures arrive; those of its baseline where none is named.
        package let scenario: String?
        /// How many come for each of them.
        package let perOne: Double
        /// Whether the model's plans wait for the stage: no more begin than its staff can assess.
        package let holdsBack: Bool

        static func read(_ yaml: YAMLReader) -> Demand? {
            let subjects = yaml.words("of")
            return Demand(
                model: yaml.required("model"), subjects: subjects.isEmpty ? [yaml.required("of")] : subjects,
                scenario: yaml.text("scenario"), perOne: yaml.number("per_one", .leverFactor) ?? 1,
                holdsBack: yaml.yesOrNo("holds_back") ?? false)
        }
    }

    /// A priority as stated.
    package struct Priority: Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// Its share of arrivals.
        package let share: Double
    }

    /// The file, as the user named it.
    package let file: String
    /// What the service is called.
    package let name: String
    /// How many months are simulated.
    package let months: Int
    /// The stages in order.
    package let stages: [Stage]
    /// Priorities in order; none where all are alike.
    package let priorities: [Priority]

    /// Reads a file.
    /// - Throws: ``UnusableData`` with everything that is wrong with it.
    package static func read(_ path: String) throws(UnusableData) -> Checked<QueueDescription> {
        let file = try SourceFile(path)
        let read = YAMLReader.read(file) { yaml -> QueueDescription? in
            let queue = QueueDescription(
                file: path, name: yaml.required("queue"), months: yaml.integer("months", in: 1...240) ?? 36,
                stages: yaml.list("stages", Stage.read), priorities: yaml.list("priorities", Priority.read))
            queue.check(yaml)
            if queue.stages.isEmpty {
                yaml.complain("there are no 'stages'", remedy: "Name one with arrivals, staff and days.")
            }
            let shares = queue.priorities.reduce(0) { $0 + $1.share }
            if !queue.priorities.isEmpty && abs(shares - 1) > 1e-6 {
                yaml.complain("shares of 'priorities' sum to \(shares), not 1")
            }
            return queue
        }
        guard let queue = read.value ?? nil, !read.findings.containsErrors else { throw UnusableData(read.findings) }
        return Checked(queue, findings: read.findings, uses: read.uses)
    }
}

extension QueueDescription {
    /// Changes of staff after the last month, and stages that nobody ever comes to, mean nothing.
    private func check(_ yaml: YAMLReader) {
        for (place, stage) in stages.enumerated() {
            if let late = stage.changes.keys.filter({ $0 > months }).min() {
                yaml.complain(
                    "stage '\(stage.name)' has other staff from month \(late) on, and the queue ends with month \(months)",
                    remedy: "Correct 'changes', or make 'months' more.")
            }
            if let demand = stage.demand, demand.holdsBack,
                demand.subjects != ["assessments"] || demand.perOne != 1 || stage.patience != nil
            {
                yaml.complain(
                    "stage '\(stage.name)' holds plans back, and its arrivals are not all assessments, or some give up",
                    remedy: "Say 'of: assessments' without 'per_one' and 'patience', or leave out 'holds_back'.")
            }
            let comes = stage.arrivals > 0 || stage.demand != nil || place > 0 && stages[place - 1].onward > 0
            if !comes && stage.waiting == 0 && stage.inService == 0 {
                yaml.complain(
                    "nobody ever comes to stage '\(stage.name)'",
                    remedy: "Say 'arrivals' for it, or 'onward' for the stage before.")
            }
        }
    }
}

extension QueueDescription.Stage {
    static func read(_ yaml: YAMLReader) -> QueueDescription.Stage? {
        let changes = yaml.numbers("changes", keys: 1...240, .staff)
        let hasArrivals = yaml.number("arrivals", .arrivals)
        let demand = yaml.mapping("demand", QueueDescription.Demand.read)
        if demand != nil && (yaml.has("arrivals") || yaml.has("growth")) {
            yaml.complain(
                "the stage states 'arrivals' or 'growth', and a 'demand' that a model forecasts",
                remedy: "Leave one of them out.")
        }
        let staff = yaml.integer("staff", in: 0...10_000)
        let days = yaml.number("days", .serviceDays)
        let name = yaml.required("name")
        if staff == nil {
            yaml.complain("stage '\(name)' has no 'staff'", remedy: "Say how many children can be seen at once.")
        }
        if days == nil {
            yaml.complain("stage '\(name)' has no 'days'", remedy: "Say for how many working days a child is seen.")
        }
        return QueueDescription.Stage(
            name: name, arrivals: hasArrivals ?? 0, growth: yaml.number("growth", .growth) ?? 0, demand: demand,
            staff: staff ?? 0,
            changes: changes.mapValues { Int($0.rounded()) }, days: days ?? 1,
            variation: yaml.number("variation", .variation) ?? 1, patience: yaml.number("patience", .patienceDays),
            onward: yaml.number("onward", .share) ?? 0, waiting: yaml.integer("waiting", in: 0...1_000_000) ?? 0,
            waited: yaml.number("waited", .waitingDays) ?? 0,
            inService: yaml.integer("in_service", in: 0...100_000) ?? 0,
            target: yaml.number("target", .waitingDays), source: yaml.text("source") ?? "",
            quality: yaml.choiceIfAny("quality", of: AssumptionQuality.self))
    }
}

extension QueueDescription.Priority {
    static func read(_ yaml: YAMLReader) -> QueueDescription.Priority? {
        QueueDescription.Priority(name: yaml.required("name"), share: yaml.number("share", .share) ?? 0)
    }
}
