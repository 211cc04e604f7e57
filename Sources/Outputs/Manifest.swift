import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// What made a set of results: enough to make them again, and to refuse comparisons that mean nothing.
public struct Manifest: Codable, Sendable {
    /// A file that was read.
    public struct Input: Codable, Sendable {
        /// The path as it was read.
        public let file: String
        /// SHA-256 of the file as it lay on disk.
        public let sha256: String
        /// Rows below the header, and how many of them a figure comes from; `nil` of files without rows.
        public let rows: Int?
        /// See ``rows``.
        public let used: Int?
        /// The first year that used rows speak of, and the last.
        public let years: [Int]?
        /// How many areas used rows speak of.
        public let areas: Int?
        /// Rows that were left out, by the reason.
        public let leftOut: [String: Int]?

        private enum CodingKeys: String, CodingKey {
            case file, sha256, rows, used, years, areas
            case leftOut = "left_out"
        }

        init(_ file: SourceFile, _ use: FileUse?) {
            self.file = file.name
            sha256 = file.digest
            let hasRows = use.map { $0.rows > 0 } ?? false
            rows = hasRows ? use?.rows : nil
            used = hasRows ? use?.used : nil
            years = use?.years.map { [$0.lowerBound, $0.upperBound] }
            areas = use.flatMap { $0.areas.isEmpty ? nil : $0.areas.count }
            leftOut = use.flatMap { $0.leftOut.isEmpty ? nil : $0.leftOut }
        }
    }

    /// The program that made the results.
    public struct Program: Codable, Sendable {
        /// The version of Sendcast.
        public let version: String
        /// The commit it was built from.
        public let commit: String
        /// The compiler.
        public let toolchain: String
        /// The BLAS library.
        public let blas: String

        /// Names a program.
        public init(version: String, commit: String, toolchain: String, blas: String) {
            self.version = version
            self.commit = commit
            self.toolchain = toolchain
            self.blas = blas
        }
    }

    /// What was asked for.
    public struct Request: Codable, Sendable {
        /// The command line.
        public let command: [String]
        /// The seed of the draws.
        public let seed: UInt64
        /// How many threads worked.
        public let threads: Int
        /// What was left to chance.
        public let uncertainty: String

        /// Names a request.
        public init(command: [String], seed: UInt64, threads: Int, uncertainty: String) {
            self.command = command
            self.seed = seed
            self.threads = threads
            self.uncertainty = uncertainty
        }
    }

    /// What was projected; plans where older results do not say.
    public let service: Service?
    /// The name of the model.
    public let model: String
    /// Whom the model is for, what it may be used for, and what not: as `model.yaml` says.
    public let audience: String?
    /// See ``audience``.
    public let purpose: String?
    /// See ``audience``.
    public let notFor: String?
    /// The baseline and the scenarios, in the order of the tables.
    public let scenarios: [String]
    /// The program.
    public let program: Program
    /// The request.
    public let request: Request
    /// The first run and one more than the last.
    public let runs: [Int]
    /// The January of the base cohort.
    public let base: Int
    /// The last projected January.
    public let last: Int
    /// When the command began and ended, in UTC.
    public let started: Date
    /// See ``started``.
    public let ended: Date
    /// What decides how many plans there will be.
    public let drives: String
    /// What to know of every need's figures; `nil` where needs have a growth of their own, and in results of earlier versions.
    public let needs: String?
    /// What is taken for granted of places; `nil` where the model has none, and in results of earlier versions.
    public let baseline: PlacesBaseline?
    /// The files read.
    public let inputs: [Input]
    /// What was noticed in them.
    public let findings: [String]
    /// The names of findings that would have stopped the run and were accepted; `nil` in results of earlier versions.
    public let accepted: [String]?
    /// What is held back so that small counts of children cannot be known; `nil` where nothing is.
    package var disclosure: String?

    /// Collects what made a result.
    /// - Parameters:
    ///   - results: the baseline, then scenarios.
    ///   - scenarios: the scenarios as they were read.
    ///   - noticed: what else was noticed of the scenarios.
    public init(
        _ results: [StudyResult], scenarios read: [ReadScenario] = [], program: Program, request: Request,
        started: Date, ended: Date, noticed: [Finding] = []
    ) {
        precondition(!results.isEmpty, "a manifest of nothing")
        let result = results[0]
        service = result.study.folder.space.service
        model = result.study.title
        let description = result.study.folder.description
        (audience, purpose, notFor) = (description.audience, description.purpose, description.notFor)
        scenarios = results.map(\.name)
        self.program = program
        self.request = request
        runs = [result.outcome.runs.lowerBound, result.outcome.runs.upperBound]
        base = result.study.base.january
        last = result.study.lastJanuary
        drives = result.study.drives
        needs = result.study.needsGrowAlike
        baseline = result.study.baseline
        self.started = started
        self.ended = ended
        let uses = Dictionary(
            (result.study.uses + read.flatMap(\.uses)).map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        inputs = (result.study.folder.sources + read.flatMap(\.sources)).map { Input($0, uses[$0.name]) }
        accepted = result.study.accepted
        findings = (result.study.findings + read.flatMap(\.findings) + noticed).map { "\($0.severity.rawValue): \($0)" }
    }

    package var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return ((try? encoder.encode(self)) ?? Data()) + Data("\n".utf8)
    }
}
