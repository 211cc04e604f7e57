/// Which names may stand for something wherever it is spoken of: in lists, names of files, and words of the command line.
package enum PlainName {
    /// The longest, in characters: names of files are made of it.
    private static let longest = 40

    /// What is said of a code that is none.
    static let remedyOfCode =
        "A code begins with a letter or digit, and goes on with letters, digits and - _ . / & ( ), \(longest) at most; 'any' and 'all' are taken."
    /// What is said of the name of a scenario that is none.
    package static let remedyOfScenario =
        "Its file's name begins with a letter or digit and holds neither / \\ nor +, with which scenarios are joined; \(longest) characters at most."

    /// Whether needs or settings may be called so.
    static func isCode(_ name: String) -> Bool {
        isPlain(name) && name.unicodeScalars.allSatisfy { isLetterOrDigit($0) || "-_./&()".unicodeScalars.contains($0) }
    }

    /// Whether a scenario may be called so.
    package static func isScenario(_ name: String) -> Bool {
        isPlain(name) && !name.unicodeScalars.contains { "/\\+".unicodeScalars.contains($0) }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, !isMark(first), isLetterOrDigit(first) else { return false }
        return name.unicodeScalars.count <= longest && name.last != " " && name.last != "."
    }

    private static func isLetterOrDigit(_ sign: Unicode.Scalar) -> Bool {
        // Marks belong to letters of many scripts.
        sign.properties.isAlphabetic || sign.properties.numericType != nil || isMark(sign)
    }

    private static func isMark(_ sign: Unicode.Scalar) -> Bool { sign.properties.generalCategory == .nonspacingMark }
}
