import Formats
import Foundation
import Vocabulary

/// The areas that postcodes lie in: tables of the user's, or the postcode directory of the Office for National Statistics.
///
/// A table has a column of postcodes, or shares a column with one that has: postcodes to output areas in one table, output areas to quadrants
/// in another. Only postcodes that are asked for are kept, and no message says one.
struct PostcodeLookup {
    /// What areas divide, as the user named it.
    let sets: [String]
    /// The tables read.
    private(set) var sources: [SourceFile] = []
    private(set) var lists: [FindingList] = []
    /// The area of each set, empty where the tables leave it so, by postcode.
    private var areas: [Withheld<String>: [String]] = [:]

    /// Where the name of an area stands.
    private enum Place {
        /// In a column of the tables with postcodes.
        case direct(String)
        /// In the last column of a further table, found by a column that both have.
        case further(Further, by: String)
    }

    /// A table from which areas are looked up by something else than postcodes.
    private struct Further {
        let position: Int
        let column: String
    }

    /// Reads tables, each a file or a sheet (`FILE.xlsx#Sheet`).
    /// - Parameters:
    ///   - sets: the columns that name areas.
    ///   - wanted: postcodes, as ``plain(_:)`` makes them.
    /// - Throws: ``UnusableData`` where a table cannot be opened.
    init(_ paths: [String], sets: [String], of wanted: Set<Withheld<String>>) throws(UnusableData) {
        self.sets = sets
        for path in paths { sources.append(try SourceFile(path)) }
        lists = sources.map { FindingList(of: $0) }
        let headers = sources.map { Header(CSVReader(file: $0).header) }
        let directories = headers.indices.filter { headers[$0].postcode != nil }
        guard let first = directories.first else {
            lists[0].add(
                .error, line: 1, "no column has postcodes",
                remedy: "Name it postcode, or as the postcode directory does: \(Header.names.joined(separator: ", ")).")
            return
        }
        let places = sets.map { place(of: $0, headers, first) }
        let found = places.compactMap { $0 }
        guard found.count == places.count else { return }
        var tables: [[String: String]] = []
        for place in found {
            if case .further(let further, let key) = place {
                tables.append(names(in: further, by: key, headers))
            } else {
                tables.append([:])
            }
        }
        for position in directories { read(position, headers[position], found, tables, wanted) }
    }

    /// The areas of a postcode; `nil` where no table has it.
    subscript(postcode: Withheld<String>) -> [String]? { areas[postcode] }

    /// A postcode as it is compared: capitals and digits.
    static func plain(_ postcode: String) -> String {
        // A postcode as it is written has nothing but English letters, digits and spaces.
        let bytes = postcode.uppercased().utf8.filter { $0 != 0x20 }
        if bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        return postcode.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Finds the column of a set.
    private mutating func place(of set: String, _ headers: [Header], _ first: Int) -> Place? {
        guard !Header.names.contains(set.lowercased()) else {
            lists[first].add(
                .error, line: 1, column: set,
                "--areas names the column of postcodes, which go no further than this reading",
                remedy: "Name columns of areas.")
            return nil
        }
        if headers[first][set] != nil { return .direct(set) }
        for (position, header) in headers.enumerated() where header.postcode == nil && header[set] != nil {
            if let key = header.columns.first(where: { $0 != set && headers[first][$0] != nil }) {
                return .further(Further(position: position, column: set), by: key)
            }
            lists[position].add(
                .error, line: 1, column: set,
                "the table shares no column with \(sources[first].name), by which its rows could be found",
                remedy: "Give it a column that has the same name there, such as lsoa21cd.")
            return nil
        }
        let known = headers.flatMap(\.columns).filter { !Header.names.contains($0) }
        lists[first].add(
            .error, line: 1, column: set, "--areas names this column, and no table has it",
            remedy: suggestion(for: set, among: known))
        return nil
    }

    /// The names of areas in a further table.
    private mutating func names(in table: Further, by key: String, _ headers: [Header]) -> [String: String] {
        let header = headers[table.position]
        guard let from = header[key], let to = header[table.column] else { return [:] }
        var (names, other) = ([String: String](), RowTally())
        var list = lists[table.position]
        CSVReader(file: sources[table.position]).forEachRow(findings: &list, choosing: { _, _ in [from, to] }) {
            row, list in
            let (code, name) = (row.text(0).uppercased(), row.text(1))
            if let before = names[code], before != name { return other.add(row.line) }
            names[code] = name
        }
        list.add(
            .warning, rows: other, column: key,
            "another row says another \(table.column) of the same \(key): the first counts",
            remedy: "Delete one.")
        lists[table.position] = list
        return names
    }

    private mutating func read(
        _ position: Int, _ header: Header, _ places: [Place], _ tables: [[String: String]],
        _ wanted: Set<Withheld<String>>
    ) {
        guard let postcode = header.postcode else { return }
        var list = lists[position]
        let columns = places.map { place in
            switch place {
            case .direct(let column), .further(_, by: let column): column
            }
        }
        let order = [postcode] + columns.compactMap { header[$0] }
        guard order.count == columns.count + 1 else {
            for column in columns where header[column] == nil {
                list.add(
                    .error, line: 1, column: column, "the other tables with postcodes have this column",
                    remedy: "Add it.")
            }
            lists[position] = list
            return
        }
        var (areas, other, telling) = (areas, RowTally(), RowTally())
        CSVReader(file: sources[position]).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            let key = Withheld(Self.plain(row.text(0)))
            guard wanted.contains(key) else { return list.use.leaveOut("of postcodes that no plan has") }
            let names = places.indices.map { place in
                if case .direct = places[place] { return row.text(place + 1) }
                return tables[place][row.text(place + 1).uppercased()] ?? ""
            }
            if names.contains(where: { name in key.derive { !$0.isEmpty && Self.plain(name).contains($0) } }) {
                return telling.add(row.line)
            }
            if let before = areas[key], before != names { return other.add(row.line) }
            areas[key] = names
        }
        list.add(
            .error, rows: telling,
            "a column that --areas names has the postcode itself in it, which goes no further than this reading",
            remedy: "Name columns of areas.")
        list.add(
            .warning, rows: other, column: header.columns[postcode],
            "another row says other areas of the same postcode: the first counts", remedy: "Delete one.")
        self.areas = areas
        lists[position] = list
    }
}

/// The columns of a lookup, whatever their case.
private struct Header {
    let columns: [String]
    private let places: [String: Int]
    /// Where postcodes stand; `nil` of a table without them.
    var postcode: Int? { Self.names.lazy.compactMap { self[$0] }.first }

    init(_ columns: [String]) {
        self.columns = columns
        places = Dictionary(
            columns.enumerated().map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(column: String) -> Int? { places[column.lowercased()] }

    /// What columns of postcodes are called: a data file that ships with Sendcast.
    static let names = ShippedTable("postcode-columns.csv", PackageResources.postcode_columns_csv)
        .rows(["column", "source"]) { row, _ in row.text(0) }
}
