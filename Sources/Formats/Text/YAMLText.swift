import Foundation

/// Text as YAML files hold it.
package enum YAMLText {
    /// A line of text between quotation marks.
    package static func quoted(_ text: String) -> String {
        let escaped = text.replacing(bytesOf: "\\", by: "\\\\").replacing(bytesOf: "\"", by: "\\\"")
            .replacing(bytesOf: "\n", by: "\\n")
        return "\"\(escaped)\""
    }

    /// A line of text as it is, between quotation marks only where YAML would read it otherwise.
    package static func plain(_ text: String) -> String {
        let isSafe =
            text == text.trimmingCharacters(in: .whitespacesAndNewlines) && !text.hasSuffix(":")
            && ![": ", " #", "\n"].contains(where: text.contains)
            && text.first.map { !"-?:,[]{}#&*!|>'\"%@`".contains($0) } == true
        return isSafe ? text : quoted(text)
    }
}
