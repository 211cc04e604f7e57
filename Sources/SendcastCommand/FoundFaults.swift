import Foundation
import Intake
import Vocabulary

/// The table of findings of an authority's own returns, which comes back with answers.
enum FoundFaults {
    /// How many answers were used, and what is to be done with the rows that are left.
    static func lines(_ faults: Int, answered: [String: Int], in path: String) -> [String] {
        var lines: [String] = []
        let answers = answered.values.reduce(0, +)
        if answers > 0 { lines.append("\(answers) \(answers == 1 ? "answer was" : "answers were") used.") }
        if faults > 0 {
            lines += [
                "\(faults) \(faults == 1 ? "row" : "rows") in \(path): copy it out of the model, write use,",
                "drop or keep under action, and name the copy with --corrections.",
            ]
        }
        return lines
    }

    /// Answers that are written into the model's own table would be lost with it.
    static func refuseToLose(answersIn path: String) throws(UnusableData) {
        guard FileManager.default.fileExists(atPath: path), try FindingsTable.hasAnswers(path) else { return }
        throw UnusableData(
            file: path, "it has answers of yours, and would be replaced",
            remedy: "Move it out of the model's folder, and name it with --corrections.")
    }
}
