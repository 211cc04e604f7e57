import Foundation

/// Hypertext. Text is escaped where it becomes markup, so that none from data can be taken for a tag.
package struct Markup: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// The markup.
    package private(set) var source: String

    /// Text, escaped.
    package init(stringLiteral value: String) { self.init(text: value) }

    /// Text, escaped.
    package init(text: String) {
        guard text.utf8.contains(where: Self.mayNeedEscape) else {
            source = text
            return
        }
        // A sign stays with its number.
        source = text.replacing(bytesOf: "&", by: "&amp;").replacing(bytesOf: "<", by: "&lt;")
            .replacing(bytesOf: ">", by: "&gt;").replacing(bytesOf: "\"", by: "&quot;")
            .replacing(bytesOf: "−", by: "−&#8288;")
    }

    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0xE2
    }

    private init(source: String) { self.source = source }

    /// Several pieces one after the other.
    init(_ pieces: [Markup]) { source = pieces.map(\.source).joined() }

    /// An element.
    package static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: Markup...)
        -> Markup
    {
        tag(name, attributes, content)
    }

    /// An element.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: [Markup]) -> Markup {
        let list = attributes.map { " \($0.key)=\"\(Markup(text: $0.value).source)\"" }.joined()
        return Markup(source: "<\(name)\(list)>\(content.map(\.source).joined())</\(name)>")
    }

    /// The character set and viewport of a page, and leave for it to load nothing from anywhere.
    static let page = Markup(
        source: """
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; \
            style-src 'unsafe-inline'; img-src data: blob:">
            """)

    /// A script or style sheet of the program's own, as it stands.
    static func verbatim(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String) -> Markup {
        let list = attributes.map { " \($0.key)=\"\($0.value)\"" }.joined()
        return Markup(source: "<\(name)\(list)>\(text)</\(name)>")
    }

    /// A table with more columns than these is set smaller on a screen.
    private static let widest = 8

    /// A table with a caption; the first column names the row. A column in which no row has anything is left out.
    static func table(_ caption: String, _ columns: [String], _ rows: [[String]]) -> Markup {
        let known = columns.indices.filter { column in
            column == 0 || rows.contains { $0[column] != "–" } || rows.isEmpty
        }
        if known.count < columns.count {
            return table(caption, known.map { columns[$0] }, rows.map { row in known.map { row[$0] } })
        }
        func kind(_ column: Int) -> String {
            let fields = rows.map { $0[column] }
            let isNumber = fields.allSatisfy {
                $0.first.map { $0.isNumber || "£−+–".contains($0) } ?? true || $0.hasSuffix(" %")
            }
            if column > 0 && isNumber { return "number" }
            return fields.contains { $0.count > 40 } ? "long" : "text"
        }
        let kinds = columns.indices.map(kind)
        let head = zip(columns, kinds).map { tag("th", ["scope": "col", "class": $1], Markup(text: $0)) }
        let body = rows.map { row in
            tag(
                "tr",
                row.enumerated().map { place, field in
                    place == 0
                        ? tag("th", ["scope": "row"], Markup(text: field))
                        : tag(
                            "td", ["class": kinds[place]], Markup(text: kinds[place] == "number" ? whole(field) : field)
                        )
                })
        }
        return tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
            tag(
                "table", ["class": columns.count > widest ? "dense" : "plain"],
                [tag("caption", Markup(text: caption)), tag("thead", tag("tr", head)), tag("tbody", body)]))
    }

    /// The same with its interval on one line.
    private static func whole(_ figure: String) -> String {
        figure.replacing(bytesOf: " to ", by: "\u{A0}to\u{A0}")
    }

    private static func tag(_ name: String, _ content: Markup...) -> Markup { tag(name, [:], content) }
    private static func tag(_ name: String, _ content: [Markup]) -> Markup { tag(name, [:], content) }
}
