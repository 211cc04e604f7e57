import Foundation

/// The command line that makes a model again. Files go by their names alone, for where they lie is the user's own.
struct Recipe: CustomStringConvertible {
    private var words: [String]

    /// - Parameter model: the folder that is made.
    init(_ model: String) {
        words = ["sendcast", "new", Self.quoted(model)]
    }

    /// An option and its value; nothing where there is none.
    mutating func add(_ option: String, _ value: (some CustomStringConvertible)?) {
        if let value { words += [option, Self.quoted(String(describing: value))] }
    }

    /// An option for each file.
    mutating func add(_ option: String, files: [String]) {
        for file in files { add(option, URL(fileURLWithPath: file).lastPathComponent) }
    }

    /// Options that are words already.
    mutating func add(words: [String]) { self.words += words }

    var description: String { words.joined(separator: " ") }

    private static func quoted(_ word: String) -> String { word.contains(" ") ? "\"\(word)\"" : word }
}
