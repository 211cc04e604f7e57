import Foundation
import FoundationXML

/// Which formats of a workbook's cells show a number as a day.
final class CellStyles: PartReader {
    private var codes: [Int: String] = [:]
    private var isInCells = false
    /// Whether a format shows days, by its place among the formats of cells.
    private(set) var areDays: [Bool] = []

    static func read(_ part: Data) -> [Bool]? {
        let styles = CellStyles()
        return styles.read(part) ? styles.areDays : nil
    }

    override func begin(_ element: Substring, _ attributes: [String: String], _ parser: XMLParser) {
        switch element {
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] ?? "" }
        case "cellXfs": isInCells = true
        case "xf" where isInCells:
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            areDays.append(codes[id].map(Self.showsDays) ?? Self.ofDays.contains(id))
        default: break
        }
    }

    override func end(_ element: Substring, _ parser: XMLParser) {
        if element == "cellXfs" { isInCells = false }
    }

    /// The numbers of formats of days that workbooks do not spell out (ECMA-376, part 1, 18.8.30).
    private static let ofDays: Set<Int> = [
        14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    ]

    /// Whether a format has a day or a year in it: letters in quotes, in brackets and after a backslash are text.
    private static func showsDays(_ code: String) -> Bool {
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for letter in code.lowercased() {
            switch letter {
            case _ where isEscaped: isEscaped = false
            case "\"": isQuoted.toggle()
            case _ where isQuoted: break
            case "\\", "_", "*": isEscaped = true
            case "[": isBracketed = true
            case "]": isBracketed = false
            case "d", "y": if !isBracketed { return true }
            default: break
            }
        }
        return false
    }
}
