import Foundation
import Outputs

/// Finished parts of a run that may be interrupted, in a folder beside that of its results.
struct ResumedParts {
    private let folder: String
    /// Parts of a run with as many blocks.
    private static let most = 10

    init(beside results: String) { folder = "\(results).parts" }

    /// How many parts some runs are divided into.
    func count(of runs: Range<Int>) -> Int { min((runs.count + 15) / 16, Self.most) }

    func path(_ number: Int) -> String { "\(folder)/\(number + 1)" }

    /// Whether a part is there, and of the same question.
    func has(_ number: Int, of question: PartFolder.Question) -> Bool {
        guard let part = try? PartFolder(path(number)) else { return false }
        return part.question.difference(from: question) == nil
    }

    /// Where a part goes, in place of one of another question.
    func folder(_ number: Int) throws(OutputFolder.Refusal) -> OutputFolder {
        try OutputFolder(path(number), mayReplace: true, kind: .part)
    }

    /// Lets go of the parts once the results are written.
    func discard() { try? FileManager.default.removeItem(atPath: folder) }
}
