import Foundation

/// A value of a JSON document, written in Swift's literals; keys keep no order and are written in alphabetical one.
package enum JSON: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case text(String)
    case number(Double)
    case truth(Bool)
    case list([JSON])
    case object([String: JSON])

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .truth(value) }
    package init(arrayLiteral elements: JSON...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }

    /// The document on one line, fit to stand within a script of a page.
    /// - Precondition: every number is finite.
    package var inPage: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a number that is not finite") }
        return String(decoding: data, as: UTF8.self).replacing(bytesOf: "<", by: "\\u003c")
            .replacing(bytesOf: "\u{2028}", by: "\\u2028").replacing(bytesOf: "\u{2029}", by: "\\u2029")
    }

    /// The document, indented.
    /// - Precondition: every number is finite.
    package var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a number that is not finite") }
        return data + Data("\n".utf8)
    }
}
