import Formats
import Foundation
import Vocabulary

/// What a model takes for true: `assumptions.yaml`.
public struct AssumptionLog: Sendable, Equatable {
    /// Something taken for true.
    public struct Entry: Sendable, Equatable {
        /// A short name.
        public let id: String
        /// What is assumed.
        public let statement: String
        /// The figure, in words.
        public let value: String
        /// Where it is from.
        public let source: String
        /// When it was made or published.
        public let date: String
        /// Who answers for it.
        public let owner: String
        /// How good the evidence is.
        public let quality: AssumptionQuality
        /// When it must be looked at again.
        public let reviewBy: String

        /// States an assumption.
        public init(
            _ id: String, _ statement: String, value: String, source: String, date: String, owner: String = "",
            quality: AssumptionQuality, reviewBy: String = ""
        ) {
            self.id = id
            self.statement = statement
            self.value = value
            self.source = source
            self.date = date
            self.owner = owner
            self.quality = quality
            self.reviewBy = reviewBy
        }
    }

    /// The assumption that `new` makes of prices.
    package static let unitCosts = "unit-costs"
    /// The assumption that `new` makes of people by age.
    package static let population = "population"
    /// The assumption that `new` makes of how far growth goes, where the model goes beyond the years that growth is forecast for.
    package static let ceiling = "ceiling"

    /// The entries, in the order of the file.
    public var entries: [Entry]

    /// A log of some entries.
    public init(entries: [Entry]) {
        self.entries = entries
    }

    /// Reads `assumptions.yaml`.
    static func read(_ file: SourceFile) -> Checked<AssumptionLog> {
        let read = YAMLReader.read(file) { yaml in
            AssumptionLog(
                entries: yaml.list("assumptions") { item -> Entry? in
                    let (id, statement, source) = (
                        item.required("id"), item.required("statement"), item.required("source")
                    )
                    let (value, date, owner) = (item.text("value"), item.text("date"), item.text("owner"))
                    let (quality, reviewBy) = (
                        item.choice("quality", of: AssumptionQuality.self), item.text("review_by")
                    )
                    return quality.map {
                        Entry(
                            id, statement, value: value ?? "", source: source, date: date ?? "",
                            owner: owner ?? "", quality: $0, reviewBy: reviewBy ?? "")
                    }
                })
        }
        return Checked(read.value ?? AssumptionLog(entries: []), findings: read.findings, uses: read.uses)
    }

    /// The file.
    var data: Data {
        let lines = entries.flatMap { entry in
            [
                "  - id: \(YAMLText.plain(entry.id))", "    statement: \(YAMLText.quoted(entry.statement))",
                "    value: \(YAMLText.quoted(entry.value))", "    source: \(YAMLText.quoted(entry.source))",
                "    date: \(YAMLText.quoted(entry.date))", "    owner: \(YAMLText.quoted(entry.owner))",
                "    quality: \(entry.quality.rawValue)", "    review_by: \(YAMLText.quoted(entry.reviewBy))",
            ]
        }
        return Data((["assumptions:"] + lines).map { $0 + "\n" }.joined().utf8)
    }
}
