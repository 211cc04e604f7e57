import Foundation
import Intake
import Vocabulary

/// The table of findings of an authority's own returns, which comes back with answers.
enum FoundFaults {
    /// How many answers were used, and what is to be done with the rows that are left.
    static func lines(_ faults: Int, answered: [String: Int], in path: String) -> [String] {
        var lines = used(answered)
        if faults > 0 {
            lines += [
                "\(faults) \(faults == 1 ? "row" : "rows") in \(path): copy it out of the model, write use,",
                "drop or keep under action, and name the copy with --corrections.",
            ]
        }
        return lines
    }

    private static func used(_ answered: [String: Int]) -> [String] {
        let answers = answered.values.reduce(0, +)
        return answers > 0 ? ["\(answers) \(answers == 1 ? "answer was" : "answers were") used."] : []
    }

    /// Writes the table of a check where the user asked for it, and says how many rows have a fault.
    static func deliver(_ table: Data, faults: Int, answered: [String: Int], to path: String?) throws(UnusableData) {
        for line in used(answered) { print(line) }
        guard let path else {
            return print("\(faults) \(faults == 1 ? "row has" : "rows have") a fault; --findings FILE writes them.")
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw UnusableData(file: path, "a file stands there", remedy: "Choose another name, or move it.")
        }
        guard FileManager.default.createFile(atPath: path, contents: table, attributes: [.posixPermissions: 0o600])
        else {
            throw UnusableData(file: path, "the file cannot be written", remedy: "Choose another place.")
        }
        print(
            "\(faults) \(faults == 1 ? "row is" : "rows are") in \(path): records of children, which only you can read."
        )
    }

    /// Answers that are written into the model's own table would be lost with it.
    static func refuseToLose(answersIn path: String) throws(UnusableData) {
        guard FileManager.default.fileExists(atPath: path), try FindingsTable.hasAnswers(path) else { return }
        throw UnusableData(
            file: path, "it has answers of yours, and would be replaced",
            remedy: "Move it out of the model's folder, and name it with --corrections.")
    }
}
