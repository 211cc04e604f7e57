import Formats
import Foundation
import Vocabulary

/// The rows of one return, as its nine files have them: read, and not yet judged.
struct Sen2Tables {
    private(set) var year = 0
    private(set) var authority = ""
    private(set) var census: CalendarDay?
    private(set) var exported: CalendarDay?
    private(set) var persons: [Sen2Row.Person] = []
    private(set) var requests: [Sen2Row.Request] = []
    private(set) var assessments: [Sen2Row.Assessment] = []
    private(set) var named: [Sen2Row.NamedPlan] = []
    private(set) var details: [Sen2Row.Detail] = []
    private(set) var active: [Sen2Row.Active] = []
    private(set) var placements: [Sen2Row.Placement] = []
    private(set) var needs: [Sen2Row.Need] = []
    private(set) var faults: [Sen2RowFault] = []
    /// What was noticed of each file as a whole, in the order of modules.
    private(set) var lists: [FindingList] = []
    /// A row that has a key.
    private struct Keyed {
        let row: Int
        /// Of what it says, so that a row that is twice is told from another with the same key.
        var digest: UInt64
    }

    /// Rows by their keys, module by module.
    private var keys: [Sen2Module: [String: Keyed]] = [:]
    /// How many rows of a module hang on each row of its parent.
    private var siblings: [Sen2Module: [Int: Int]] = [:]

    init(_ files: [Sen2Module: SourceFile]) {
        for module in Sen2Module.allCases {
            if let file = files[module] { read(module, file.inUTF8) }
        }
    }

    private mutating func read(_ module: Sen2Module, _ file: SourceFile) {
        var list = FindingList(of: file)
        let columns = Sen2Columns(module, CSVReader(file: file).header, &list)
        defer { lists.append(list) }
        guard columns.isSound else { return }
        var cells = Sen2Cells(module, columns: columns.used, latest: exported)
        let (own, parent) = (module.keyItem, module.parent?.keyItem)
        let hasKeys = columns.used.contains(own.name)
        var rows = keys[module] ?? [:]
        // The file is read with this value's parts moved out, so that rows are added in place.
        var tables = self
        self = Sen2Tables([:])
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in columns.order }) { row, list in
            cells.line = cells.elementLine(row) ?? row.line
            let key = hasKeys ? cells.number(row, own) : ""
            let above = tables.parent(of: module, parent.map { cells.number(row, $0) } ?? "")
            guard let above else {
                list.use.leaveOut("that hang on none")
                return cells.add(.f3Orphan, parent ?? own, isOrphan: true)
            }
            cells.row = tables.count(module)
            if !key.isEmpty {
                let digest = columns.digest(row)
                if let before = rows[key] {
                    if before.digest == digest {
                        list.use.leaveOut("that are twice")
                        return cells.add(.f3Twice, own, isOrphan: true)
                    }
                    rows[key]?.digest = digest
                    cells.add(.f3Key, own)
                } else {
                    rows[key] = Keyed(row: cells.row, digest: digest)
                }
            }
            tables.append(module, row, above, &cells)
        }
        tables.faults += cells.faults
        tables.keys[module] = rows
        self = tables
    }

    /// The row that a row hangs on; `nil` where there is none. A return has one row of its own, on which all people hang.
    private func parent(of module: Sen2Module, _ key: String) -> Int? {
        guard let parent = module.parent, parent != .sen2 else { return 0 }
        return keys[parent]?[key]?.row
    }

    private func count(_ module: Sen2Module) -> Int {
        switch module {
        case .sen2: year > 0 ? 1 : 0
        case .person: persons.count
        case .requests: requests.count
        case .assessment: assessments.count
        case .namedplan: named.count
        case .plandetail: details.count
        case .activeplans: active.count
        case .placementdetail: placements.count
        case .senneed: needs.count
        }
    }

    private mutating func append(
        _ module: Sen2Module, _ row: borrowing CSVRow, _ above: Int, _ cells: inout Sen2Cells
    ) {
        let line = cells.line
        switch module {
        case .sen2: takeHeader(row, &cells)
        case .person: persons.append(Self.person(row, &cells))
        case .requests:
            requests.append(Self.request(row, above, &cells))
        case .assessment:
            count(module, above, most: 1, &cells)
            let contested: [Sen2Item] = [.assessmentmediation, .assessmenttribunal, .othermediation, .othertribunal]
            assessments.append(
                Sen2Row.Assessment(
                    line: line, request: above, outcome: cells.code(row, .assessmentoutcome),
                    told: cells.day(row, .assessmentoutcomedate),
                    isContested: contested.reduce(false) { (cells.truth(row, $1) ?? false) || $0 },
                    isExcepted: cells.truth(row, .week20) ?? false))
        case .namedplan:
            count(module, above, most: 1, &cells)
            named.append(
                Sen2Row.NamedPlan(
                    line: line, request: assessments[above].request, start: cells.day(row, .startdate),
                    cease: cells.day(row, .ceasedate), reason: cells.code(row, .ceasereason)))
        case .plandetail:
            count(module, above, most: 2, &cells)
            details.append(Sen2Row.Detail(line: line, plan: above, place: cells.place(row)))
        case .activeplans:
            count(module, above, most: 1, &cells)
            let from = cells.number(row, .transferla)
            active.append(Sen2Row.Active(line: line, request: above, transferredFrom: from))
        case .placementdetail:
            placements.append(
                Sen2Row.Placement(
                    line: line, request: active[above].request, place: cells.place(row),
                    entry: cells.day(row, .entrydate, isOpen: true), leaving: cells.day(row, .leavingdate)))
        case .senneed:
            count(module, above, most: 2, &cells)
            needs.append(
                Sen2Row.Need(
                    line: line, request: active[above].request, type: cells.code(row, .sentype),
                    rank: Int(cells.code(row, .sentyperank))))
        }
    }

    private mutating func count(_ module: Sen2Module, _ above: Int, most: Int, _ cells: inout Sen2Cells) {
        siblings[module, default: [:]][above, default: 0] += 1
        if siblings[module]?[above] == most + 1 { cells.add(.f4Children, (module.parent ?? module).keyItem) }
    }

    private mutating func takeHeader(_ row: borrowing CSVRow, _ cells: inout Sen2Cells) {
        year = Int(cells.number(row, .year)) ?? 0
        authority = cells.number(row, .lea)
        census = cells.day(row, .referencedate)
        exported = cells.day(row, .datetime)
    }

    private static func person(_ row: borrowing CSVRow, _ cells: inout Sen2Cells) -> Sen2Row.Person {
        let born = cells.day(row, .personbirthdate, isOpen: true)
        let sex = cells.text(row, .sex) + cells.number(row, .gendercurrent)
        return Sen2Row.Person(
            line: cells.line, born: born.map { Withheld($0) }, surname: cells.withheld(row, .surname),
            forename: cells.withheld(row, .forename), postcode: cells.withheld(row, .postcode),
            upn: cells.key(row, .upn), uln: cells.key(row, .uniquelearnernumber),
            sex: Withheld(["M", "1"].contains(sex) ? 1 : ["F", "2"].contains(sex) ? 2 : 0))
    }

    private static func request(
        _ row: borrowing CSVRow, _ person: Int, _ cells: inout Sen2Cells
    ) -> Sen2Row.Request {
        let mediation = cells.truth(row, .requestmediation) ?? false
        let tribunal = cells.truth(row, .requesttribunal) ?? false
        return Sen2Row.Request(
            line: cells.line, person: person, received: cells.day(row, .receiveddate),
            decided: cells.day(row, .requestoutcomedate), outcome: cells.code(row, .requestoutcome),
            isContested: mediation || tribunal, isExported: !cells.text(row, .exported).isEmpty)
    }
}

/// The columns of one file of a return, by name and whatever their case and order.
private struct Sen2Columns {
    /// The names of the columns that are read.
    let used: [String]
    /// Where they stand.
    let order: [Int]
    /// Whether all that are needed are there.
    let isSound: Bool

    init(_ module: Sen2Module, _ header: [String], _ list: inout FindingList) {
        let layout = Sen2Layout.standard
        let known = layout.columns(of: module)
        let places = Dictionary(
            header.enumerated().map { ($0.element.lowercased(), $0.offset) }, uniquingKeysWith: { first, _ in first })
        let missing = known.filter { $0.isNeeded && places[$0.name] == nil }
        for column in missing {
            list.add(
                .error, line: 1, column: column.name, "the file lacks this column of the return",
                remedy: "Export the return again, with all its columns.")
        }
        isSound = missing.isEmpty
        let found = known.compactMap { column in
            column.isUsed ? places[column.name].map { (column.name, $0) } : nil
        }
        // Texts in XML say on which line a row begins.
        let line = places[Sen2Item.elementline.name].map { [(Sen2Item.elementline.name, $0)] } ?? []
        (used, order) = ((found + line).map(\.0), (found + line).map(\.1))
        let names = Set(known.map(\.name) + [Sen2Item.elementline.name])
        // The names themselves may be anything where the header is not one.
        let unknown = places.keys.filter { !names.contains($0) && !layout.isOfEveryFile($0) && !$0.isEmpty }
        if isSound && !unknown.isEmpty {
            list.add(
                .note, line: 1,
                "\(unknown.count) \(unknown.count == 1 ? "column is" : "columns are") new to Sendcast and not read")
        }
    }

    /// A digest of what a row says (FNV-1a).
    func digest(_ row: borrowing CSVRow) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in order.indices {
            for byte in row[place].bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
            digest = (digest ^ 0x100) &* 0x100_0000_01B3
        }
        return digest
    }
}
