import Foundation

/// Text as YAML files hold it.
package enum YAMLText {
    /// A line of text between quotation marks.
    package static func quoted(_ text: String) -> String {
        let escaped = [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n")].reduce(text) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
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
