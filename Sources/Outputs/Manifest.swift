import Formats
import Foundation
import Intake
import Sampling
import Studies
import Vocabulary

/// What made a set of results: enough to make them again, and to refuse comparisons that mean nothing.
package struct Manifest: Codable, Sendable {
    /// A file that was read.
    package struct Input: Codable, Sendable {
        /// The path as it was read.
        package let file: String
        /// SHA-256 of the file as it lay on disk; ``heldBack`` in results for publication.
        package fileprivate(set) var sha256: String
        /// Rows below the header, and how many of them a figure comes from; `nil` of files without rows.
        package let rows: Int?
        /// See ``rows``.
        package let used: Int?
        /// The first year that used rows speak of, and the last.
        package let years: [Int]?
        /// How many areas used rows speak of.
        package let areas: Int?
        /// Rows that were left out, by the reason.
        package let leftOut: [String: Int]?

        private enum CodingKeys: String, CodingKey {
            case file, sha256, rows, used, years, areas
            case leftOut = "left_out"
        }

        init(_ file: SourceFile, _ use: FileUse?, _ places: PrivatePlaces) {
            self.file = places.without(file.name)
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
    package struct Program: Codable, Sendable {
        /// The version of Sendcast.
        package let version: String
        /// The commit it was built from.
        package let commit: String
        /// The compiler.
        package let toolchain: String
        /// The BLAS library.
        package let blas: String
        /// The generator of a simulation's random words; `nil` in results of earlier versions, whose was Philox 4x32-10.
        package let generator: String?

        /// Names a program.
        package init(version: String, commit: String, toolchain: String, blas: String) {
            self.version = version
            self.commit = commit
            self.toolchain = toolchain
            self.blas = blas
            generator = LaneStream.generator
        }
    }

    /// What was asked for.
    package struct Request: Codable, Sendable {
        /// The command line.
        package let command: [String]
        /// The seed of the draws.
        package let seed: UInt64
        /// How many threads worked.
        package let threads: Int
        /// What was left to chance.
        package let uncertainty: String

        /// Names a request.
        package init(command: [String], seed: UInt64, threads: Int, uncertainty: String) {
            self.command = command
            self.seed = seed
            self.threads = threads
            self.uncertainty = uncertainty
        }
    }

    /// What was projected; plans where older results do not say.
    package let service: Service?
    /// The name of the model.
    package let model: String
    /// Whom the model is for, what it may be used for, and what not: as `model.yaml` says.
    package let audience: String?
    /// See ``audience``.
    package let purpose: String?
    /// See ``audience``.
    package let notFor: String?
    /// The baseline and the scenarios, in the order of the tables.
    package let scenarios: [String]
    /// The program.
    package let program: Program
    /// The request.
    package let request: Request
    /// The first run and one more than the last.
    package let runs: [Int]
    /// The January of the base cohort.
    package let base: Int
    /// The last projected January.
    package let last: Int
    /// When the command began and ended, in UTC.
    package let started: Date
    /// See ``started``.
    package let ended: Date
    /// What decides how many plans there will be.
    package let drives: String
    /// What to know of every need's figures; `nil` where needs have a growth of their own, and in results of earlier versions.
    package let needs: String?
    /// What is taken for granted of places; `nil` where the model has none, and in results of earlier versions.
    package let baseline: PlacesBaseline?
    /// The files read.
    package private(set) var inputs: [Input]
    /// What was noticed in them.
    package private(set) var findings: [String]
    /// The names of findings that would have stopped the run and were accepted; `nil` in results of earlier versions.
    package let accepted: [String]?
    /// What is held back so that small counts of children cannot be known; `nil` where nothing is.
    package private(set) var disclosure: String?

    /// What stands for the SHA-256 of a file in results for publication: who knows all of a small table but a few counts can try them.
    package static let heldBack = "held back"

    /// Collects what made a result.
    /// - Parameters:
    ///   - results: the baseline, then scenarios.
    ///   - scenarios: the scenarios as they were read.
    ///   - noticed: what else was noticed of the scenarios.
    package init(
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
        let sources = result.study.folder.sources + read.flatMap(\.sources)
        let places = PrivatePlaces(model: result.study.folder.path, files: sources.map(\.name))
        self.request = Request(
            command: request.command.map(places.word), seed: request.seed, threads: request.threads,
            uncertainty: request.uncertainty)
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
        inputs = sources.map { Input($0, uses[$0.name], places) }
        accepted = result.study.accepted
        findings = (result.study.findings + read.flatMap(\.findings) + noticed).map {
            places.without("\($0.severity.rawValue): \($0)")
        }
    }

    /// The same for publication: without the SHA-256 of files, and without remarks that give numbers of children.
    /// - Parameter disclosure: what is held back, in words.
    package func published(_ disclosure: String) -> Manifest {
        var manifest = self
        manifest.disclosure = disclosure
        for place in inputs.indices { manifest.inputs[place].sha256 = Self.heldBack }
        manifest.findings = findings.filter { !Self.countsChildren($0) }
        let count = findings.count - manifest.findings.count
        if count > 0 {
            manifest.findings.append(
                "note: remarks about the model that give numbers of children are held back: \(count). The whole results have them."
            )
        }
        return manifest
    }

    /// Whether a remark has a number, other than a year or a row's, and speaks of people.
    private static func countsChildren(_ finding: String) -> Bool {
        let words = finding.replacing(/rows? \d+|\b(19|20)\d\d(-\d\d)?\b/, with: "")
        return words.contains(/\d/) && words.contains(/(?i)child|plan|pupil|people|person|cohort/)
    }

    package var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return ((try? encoder.encode(self)) ?? Data()) + Data("\n".utf8)
    }
}
