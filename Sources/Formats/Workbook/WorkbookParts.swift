import Foundation
import FoundationXML

/// Reads a part of a workbook, element by element; names are given without the prefix of their namespace.
class PartReader: NSObject, XMLParserDelegate {
    /// How many elements are open, and how many were opened.
    private var depth = 0
    private var elements = 0

    /// Reads to the end.
    /// - Returns: whether the part is well formed and was not given up.
    func read(_ part: Data) -> Bool {
        // Workbooks and returns declare no entities; a text that does could be made to swell.
        guard part.prefix(1_024).range(of: Data("<!DOCTYPE".utf8)) == nil else { return false }
        let parser = XMLParser(data: part)
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        // The parser may call a part read that breaks off.
        return parser.parse() && parser.parserError == nil && depth == 0 && elements > 0
    }

    func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {}
    func end(_ element: Substring, _ parser: XMLParser) {}
    func text(_ text: String) {}

    private func local(_ name: String) -> Substring {
        name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        depth += 1
        elements += 1
        begin(local(elementName), attributes, parser)
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        depth -= 1
        end(local(elementName), parser)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text(string) }
}

/// What is told of the elements of a text in XML, in order.
package protocol ElementHandler: AnyObject {
    /// An element begins on a line.
    func begin(_ element: Substring, line: Int)
    func end(_ element: Substring)
    func text(_ text: String)
}

extension ElementHandler {
    /// Takes the elements of a text to its end.
    /// - Returns: whether the text is well formed and declares no entities.
    package func take(_ text: Data) -> Bool { ElementReader.read(text, self) }
}

/// Hands on the elements of a text that is no part of a workbook.
final class ElementReader: PartReader {
    private let handler: any ElementHandler

    private init(_ handler: any ElementHandler) { self.handler = handler }

    /// Reads to the end.
    /// - Returns: whether the text is well formed and declares no entities.
    static func read(_ text: Data, _ handler: any ElementHandler) -> Bool { ElementReader(handler).read(text) }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        handler.begin(element, line: parser.lineNumber)
    }

    override func end(_ element: Substring, _ parser: XMLParser) { handler.end(element) }
    override func text(_ text: String) { handler.text(text) }
}

/// The list of sheets.
final class WorkbookIndex: PartReader {
    private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    /// Whether days are counted from 1904.
    private(set) var isFrom1904 = false

    static func read(_ part: Data) -> WorkbookIndex? {
        let index = WorkbookIndex()
        return index.read(part) ? index : nil
    }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        if element == "workbookPr" { isFrom1904 = ["1", "true"].contains(attributes["date1904"]) }
        guard element == "sheet", let name = attributes["name"],
            let relation = attributes.first(where: { $0.key.hasSuffix(":id") })?.value
        else { return }
        sheets.append((name, relation, (attributes["state"] ?? "visible") != "visible"))
    }
}

/// Which part of the file a name stands for.
final class WorkbookRelations: PartReader {
    private(set) var targets: [String: String] = [:]

    static func read(_ part: Data) -> [String: String]? {
        let relations = WorkbookRelations()
        return relations.read(part) ? relations.targets : nil
    }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        if element == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
            targets[id] = target
        }
    }
}

/// The texts that cells share; how a text is pronounced is left out.
final class SharedStrings: PartReader {
    private(set) var strings: [String] = []
    private var current = ""
    private var isText = false
    private var isPronunciation = false

    static func read(_ part: Data) -> [String]? {
        let shared = SharedStrings()
        return shared.read(part) ? shared.strings : nil
    }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        switch element {
        case "si": current = ""
        case "rPh": isPronunciation = true
        case "t": isText = !isPronunciation
        default: break
        }
    }

    override func end(_ element: Substring, _ parser: XMLParser) {
        switch element {
        case "si": strings.append(current)
        case "rPh": isPronunciation = false
        case "t": isText = false
        default: break
        }
    }

    override func text(_ text: String) {
        if isText { current += text }
    }
}
