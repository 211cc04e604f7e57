import Formats
import Foundation
import Vocabulary

/// A fault of a row, before it is known whose row it is.
struct Sen2RowFault {
    let fault: Sen2Fault
    let module: Sen2Module
    /// The row's position among those of its file that were read; `nil` of a row that hangs on none.
    let row: Int?
    let line: Int
    let column: String
    var found = ""
}

/// Reads the cells of one file of a return, and gathers what is wrong with them.
struct Sen2Cells {
    private let module: Sen2Module
    /// The days that can be in it.
    private let latest: CalendarDay?
    private static let earliest = CalendarDay.march(1989).next
    /// Where each item stands in the rows that are handed on; negative where the file lacks it.
    private let places: [Int]
    /// The codes of each item; `nil` where it has no list.
    private let codes: [[String: String]?]
    private(set) var faults: [Sen2RowFault] = []
    /// The row that is read, and its line.
    var row = 0
    var line = 0

    init(_ module: Sen2Module, columns: [String], latest: CalendarDay?) {
        self.module = module
        self.latest = latest
        let positions = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        places = Sen2Item.allCases.map { positions[$0.name] ?? -1 }
        codes = Sen2Item.allCases.map { Sen2Layout.standard.codes(of: $0.name) }
    }

    mutating func add(_ fault: Sen2Fault, _ item: Sen2Item, found: String = "", isOrphan: Bool = false) {
        faults.append(
            Sen2RowFault(
                fault: fault, module: module, row: isOrphan ? nil : row, line: line, column: item.name, found: found))
    }

    /// The text of a column; empty where the file lacks it.
    func text(_ cells: borrowing CSVRow, _ item: Sen2Item) -> String {
        let place = places[item.rawValue]
        return place < 0 ? "" : cells.text(place)
    }

    /// The line on which the element of a row begins, where the file is made of a text in XML.
    func elementLine(_ cells: borrowing CSVRow) -> Int? {
        let place = places[Sen2Item.elementline.rawValue]
        return place < 0 ? nil : cells[place].integer
    }

    /// A number that is a name: spreadsheets make `900001.0` of it.
    func number(_ cells: borrowing CSVRow, _ item: Sen2Item) -> String {
        let text = text(cells, item)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A day; `nil` where there is none, or none that can be right.
    mutating func day(_ cells: borrowing CSVRow, _ item: Sen2Item, isOpen: Bool = false) -> CalendarDay? {
        let place = places[item.rawValue]
        guard place >= 0, !cells[place].isEmpty else { return nil }
        guard let day = CalendarDay(field: cells[place]) else {
            if !text(cells, item).isEmpty { add(.f5Unreadable, item) }
            return nil
        }
        if day < Self.earliest {
            add(.f5Early, item)
            return nil
        }
        if let latest, day > latest, !isOpen {
            add(.f5Late, item)
            return nil
        }
        return day
    }

    /// One of the codes of an item, or empty.
    mutating func code(_ cells: borrowing CSVRow, _ item: Sen2Item) -> String {
        let text = number(cells, item)
        if text.isEmpty { return "" }
        guard let codes = codes[item.rawValue] else { return text.uppercased() }
        if codes[text] != nil { return text }
        let upper = text.uppercased()
        if codes[upper] != nil { return upper }
        add(.f6Code, item)
        return ""
    }

    /// Yes or no; `nil` where the cell is empty or neither.
    mutating func truth(_ cells: borrowing CSVRow, _ item: Sen2Item) -> Bool? {
        let text = number(cells, item)
        switch text {
        case "": return nil
        case "0": return false
        case "1": return true
        default: break
        }
        switch text.lowercased() {
        case "true", "yes", "y": return true
        case "false", "no", "n": return false
        default:
            add(.f6Code, item)
            return nil
        }
    }

    /// A number of a school or provider; 0 where there is none.
    mutating func school(_ cells: borrowing CSVRow, _ item: Sen2Item, digits: Int) -> Int {
        let text = number(cells, item)
        if text.isEmpty { return 0 }
        guard text.utf8.count == digits, let number = Int(text), number > 0 else {
            add(.f6Code, item)
            return 0
        }
        return number
    }

    mutating func place(_ cells: borrowing CSVRow) -> Sen2Place {
        Sen2Place(
            urn: school(cells, .urn, digits: 6), ukprn: school(cells, .ukprn, digits: 8),
            kind: code(cells, .sensetting), rank: Int(code(cells, .placementrank)),
            isUnit: truth(cells, .senunitindicator), isResourced: truth(cells, .resourcedprovisionindicator))
    }

    func withheld(_ cells: borrowing CSVRow, _ item: Sen2Item) -> Withheld<String> { Withheld(text(cells, item)) }

    /// Whether a byte is a digit or a capital: most numbers have nothing else.
    private static func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) }

    /// A number that a person is known by; `nil` where there is none.
    func key(_ cells: borrowing CSVRow, _ item: Sen2Item) -> Withheld<String>? {
        let text = number(cells, item)
        let plain = text.utf8.allSatisfy(Self.isPlain) ? text : text.uppercased().filter { !$0.isWhitespace }
        return plain.isEmpty ? nil : Withheld(plain)
    }
}
