import Foundation

/// Text as YAML files hold it.
package enum YAMLText {
    /// A line of text between quotation marks.
    package static func quoted(_ text: String) -> String {
        let escaped = text.replacing(bytesOf: "\\", by: "\\\\").replacing(bytesOf: "\"", by: "\\\"")
            .replacing(bytesOf: "\n", by: "\\n").replacing(bytesOf: "\r", by: "\\r").replacing(bytesOf: "\t", by: "\\t")
            .replacing(bytesOf: "\u{85}", by: "\\N").replacing(bytesOf: "\u{2028}", by: "\\L")
            .replacing(bytesOf: "\u{2029}", by: "\\P")
        return "\"\(escaped)\""
    }

    /// A line of text as it is, between quotation marks only where YAML would read it otherwise.
    package static func plain(_ text: String) -> String {
        // Sign by sign, whatever marks follow one.
        let signs = Array(text.unicodeScalars)
        let isBroken = signs.contains(where: CharacterSet.newlines.contains)
        let isCut = zip(signs, signs.dropFirst()).contains { ($0 == ":" && $1 == " ") || ($0 == " " && $1 == "#") }
        let isSafe =
            text == text.trimmingCharacters(in: .whitespacesAndNewlines) && signs.last != ":" && !isBroken && !isCut
            && signs.first.map { !"-?:,[]{}#&*!|>'\"%@`".unicodeScalars.contains($0) } == true
        return isSafe ? text : quoted(text)
    }
}
