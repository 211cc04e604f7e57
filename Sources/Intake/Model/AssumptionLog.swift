import Formats
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
    }

    /// The entries, in the order of the file.
    public let entries: [Entry]

    /// Reads `assumptions.yaml`.
    static func read(_ file: SourceFile) -> Checked<AssumptionLog> {
        let read = YAMLReader.read(file) { yaml in
            AssumptionLog(
                entries: yaml.list("assumptions") { item in
                    Entry(
                        id: item.required("id"), statement: item.required("statement"), value: item.text("value") ?? "",
                        source: item.required("source"), date: item.text("date") ?? "", owner: item.text("owner") ?? "",
                        quality: AssumptionQuality(
                            rawValue: item.word("quality", among: AssumptionQuality.allCases.map(\.rawValue)))
                            ?? .red,
                        reviewBy: item.text("review_by") ?? "")
                })
        }
        return Checked(read.value ?? AssumptionLog(entries: []), findings: read.findings, uses: read.uses)
    }
}
