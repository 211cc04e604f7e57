import Formats
import Foundation
import Projection
import Studies
import Vocabulary

/// A share of the runs of a study as a folder: `part.json` says of what, `totals.bin` has whole numbers alone.
package struct PartFolder: Sendable {
    /// What was asked: parts of the same question can be put together, in any order.
    package struct Question: Codable, Equatable, Sendable {
        /// The version of Sendcast.
        package let version: String
        /// The model's folder, as it was named.
        package let model: String
        /// SHA-256 of every file read, by its name within the model.
        package let inputs: [String: String]
        /// The scenarios, `a` or `a+b`.
        package let scenarios: [String]
        /// The seed of the draws.
        package let seed: UInt64
        /// The first run and one more than the last, of all parts.
        package let runs: [Int]
        /// What was left to chance.
        package let uncertainty: Simulation.Uncertainty
        /// What was taken for granted of places, where the model has some.
        package let baseline: PlacesBaseline?
        /// Whether places were left out of the model.
        package let isWithoutPlaces: Bool
        /// Findings that were accepted.
        package let accepted: [String]

        /// States a question.
        /// - Parameter sources: the files of the model and of the scenarios.
        package init(
            version: String, model: String, sources: [SourceFile], scenarios: [String], seed: UInt64, runs: Range<Int>,
            uncertainty: Simulation.Uncertainty, baseline: PlacesBaseline?, isWithoutPlaces: Bool, accepted: [String]
        ) {
            self.version = version
            self.model = model
            inputs = Dictionary(
                sources.map { source in
                    (
                        source.name.hasPrefix(model) ? String(source.name.dropFirst(model.count)) : source.name,
                        source.digest
                    )
                }, uniquingKeysWith: { first, _ in first })
            self.scenarios = scenarios
            self.seed = seed
            self.runs = [runs.lowerBound, runs.upperBound]
            self.uncertainty = uncertainty
            self.baseline = baseline
            self.isWithoutPlaces = isWithoutPlaces
            self.accepted = accepted.sorted()
        }

        /// What differs from another question, in words; `nil` where parts of both can be put together.
        package func difference(from other: Question) -> String? {
            let files = Set(inputs.keys).union(other.inputs.keys).filter { inputs[$0] != other.inputs[$0] }.sorted()
            if version != other.version { return "they are of versions \(version) and \(other.version)" }
            if !files.isEmpty { return "\(files.joined(separator: ", ")) of the model differ" }
            if scenarios != other.scenarios { return "they are of other scenarios" }
            if seed != other.seed { return "they have seeds \(seed) and \(other.seed)" }
            if runs != other.runs {
                return "they are of \(runs[1] - runs[0]) and \(other.runs[1] - other.runs[0]) runs in all"
            }
            return uncertainty != other.uncertainty || baseline != other.baseline
                || isWithoutPlaces != other.isWithoutPlaces || accepted != other.accepted
                ? "they were asked otherwise" : nil
        }
    }

    private struct Header: Codable {
        let question: Question
        let runs: [Int]
        /// The bytes of each outcome, by the scenarios that were simulated together; then those of the first runs.
        let lengths: [[Int]]
        let fingerprint: Int
        let sha256: String
    }

    /// What was asked.
    package let question: Question
    /// What came of these runs.
    package let part: RunPart

    /// The file by which the folder is known.
    static let mark = "part.json"
    private static let totals = "totals.bin"

    /// Writes a share while it is simulated.
    /// - Parameter simulate: hands over what was simulated together, one after the other, then the baseline's first sixteen runs.
    /// - Throws: ``OutputFolder/Refusal`` where the disk does not let it, and what `simulate` throws.
    package static func write(
        _ question: Question, _ runs: Range<Int>, to output: OutputFolder,
        _ simulate: (_ keep: ([Outcome]) throws -> Void) throws -> Void
    ) throws {
        let file = try output.stream(totals)
        var lengths: [[Int]] = []
        let digest: String
        do {
            try simulate { outcomes in
                lengths.append([])
                for outcome in outcomes {
                    let before = file.count
                    try outcome.encode(to: file.write)
                    lengths[lengths.count - 1].append(file.count - before)
                }
            }
            digest = try file.finish()
        } catch {
            output.discard()
            throw error
        }
        let header = Header(
            question: question, runs: [runs.lowerBound, runs.upperBound], lengths: Array(lengths.dropLast()),
            fingerprint: lengths.last?.first ?? 0, sha256: digest)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try output.write([(mark, try encoder.encode(header) + Data("\n".utf8))], beside: [totals])
    }

    /// Opens a part.
    /// - Throws: ``UnusableData`` where the folder is none, or its totals are not those that were written.
    package init(_ path: String) throws(UnusableData) {
        let header: Header
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(Self.mark)"))
            header = try JSONDecoder().decode(Header.self, from: data)
        } catch {
            throw UnusableData(
                file: path, "it is not a part that 'sendcast run --part' wrote", remedy: "Make the part again.")
        }
        let sizes = header.lengths.joined() + [header.fingerprint]
        guard let totals = StoredBytes("\(path)/\(Self.totals)"), Self.digest(totals) == header.sha256,
            sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, +) == totals.bytes.count, header.runs.count == 2,
            header.runs[0] < header.runs[1], header.question.runs.count == 2
        else {
            throw UnusableData(
                file: "\(path)/\(Self.totals)", "it is cut short or was changed since it was written",
                remedy: "Make the part again.")
        }
        let runs = header.runs[0]..<header.runs[1]
        question = header.question
        var place = 0
        let simulations = header.lengths.map { lengths in
            SimulatedPart(
                runs: runs, in: totals,
                at: lengths.map { length in
                    defer { place += length }
                    return place..<place + length
                })
        }
        part = RunPart(runs: runs, simulations: simulations, fingerprint: Array(totals.bytes[place...]))
    }

    private static func digest(_ totals: StoredBytes) -> String {
        let digest = FileDigest()
        for start in stride(from: 0, to: totals.bytes.count, by: 1 << 20) {
            let bytes = UnsafeRawBufferPointer(rebasing: totals.bytes[start..<min(start + 1 << 20, totals.bytes.count)])
            digest.add(bytes)
            totals.haveRead(bytes.count, at: start)
        }
        return digest.hexadecimal
    }

    /// Looks whether parts make the whole, and puts them in order.
    /// - Parameter paths: what each is called.
    /// - Throws: ``UnusableData`` with everything that stands against it: other questions or machines, runs that are there twice or missing.
    package static func whole(_ parts: [PartFolder], paths: [String]) throws(UnusableData) -> [RunPart] {
        var findings: [Finding] = []
        let ordered = zip(parts, paths).sorted { $0.0.part.runs.lowerBound < $1.0.part.runs.lowerBound }
        guard let first = ordered.first else { throw UnusableData("there is no part to put together") }
        for (part, path) in ordered.dropFirst() {
            if let difference = part.question.difference(from: first.0.question) {
                findings.append(
                    Finding(
                        .error, file: path, "it cannot be put together with \(first.1): \(difference)",
                        remedy: "Make all parts with the same command but for --part."))
            } else if part.part.fingerprint != first.0.part.fingerprint {
                findings.append(
                    Finding(
                        .error, file: path,
                        "its machine comes to other figures for the same runs than that of \(first.1)",
                        remedy: "Make all parts with the same build on the same kind of processor."))
            }
        }
        var next = first.0.question.runs[0]
        let last = first.0.question.runs[1]
        for (part, path) in ordered {
            if part.part.runs.lowerBound < next {
                findings.append(
                    Finding(
                        .error, file: path, "its runs from \(part.part.runs.lowerBound) on are in another part too",
                        remedy: "Name each part once."))
            } else if part.part.runs.lowerBound > next {
                findings.append(missing(next..<part.part.runs.lowerBound))
            }
            next = max(next, part.part.runs.upperBound)
        }
        if next < last { findings.append(missing(next..<last)) }
        if !findings.isEmpty { throw UnusableData(findings) }
        return ordered.map(\.0.part)
    }

    private static func missing(_ runs: Range<Int>) -> Finding {
        Finding(
            .error, "runs \(runs.lowerBound) to \(runs.upperBound - 1) are in no part",
            remedy: "Make the part that has them, and name it as well.")
    }
}
