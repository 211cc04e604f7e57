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
    ///   - sources: the scenarios' files.
    ///   - noticed: what was noticed of the scenarios.
    public init(
        _ results: [StudyResult], sources: [SourceFile] = [], program: Program, request: Request, started: Date,
        ended: Date, noticed: [Finding] = []
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
        self.started = started
        self.ended = ended
        inputs = (result.study.folder.sources + sources).map { Input(file: $0.name, sha256: $0.digest) }
        accepted = result.study.accepted
        findings = (result.study.findings + noticed).map { "\($0.severity.rawValue): \($0)" }
    }

    package var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return ((try? encoder.encode(self)) ?? Data()) + Data("\n".utf8)
    }
}
