import Formats
import Vocabulary

/// Days of birth and sexes of children, from the headers of returns (`header.csv`), or any table that has `CHILD` and `DOB`.
struct CareBirths {
    struct Entry {
        let born: CalendarDay
        let sex: String
    }

    /// A file that has nothing but days of birth.
    private struct HeaderFile {
        let list: FindingList
        /// The year of the return that its faults are told of: its own, or the newest where there are no episodes beside it.
        let year: Int
        var faults: CareFaults
    }

    private var files: [HeaderFile] = []
    /// Faults of files that have episodes too, by name.
    private(set) var shared: [String: CareFaults] = [:]
    private var entries: [CareChild: Entry] = [:]
    private var years: [CareChild: Set<Int>] = [:]

    /// Whether a file has children's days of birth.
    static func areIn(_ file: SourceFile) -> Bool {
        let columns = CareColumns(file)
        return columns["CHILD"] != nil && columns["DOB"] != nil
    }

    /// Files are to be read in the order of their years: of two days of birth of a child, that of the newest return counts.
    /// - Parameters:
    ///   - year: of the return that the file is a part of; `nil` where there are no episodes beside it.
    ///   - newest: the year of the newest return.
    mutating func read(_ file: SourceFile, year: Int?, newest: Int, isAlone: Bool) {
        var (list, faults, entries, years) = (FindingList(of: file), CareFaults(), entries, years)
        let columns = CareColumns(file)
        let order = ["CHILD", "DOB", "SEX", "LA"].map { columns[$0] ?? columns["CHILD"] ?? 0 }
        if let year { list.use.take(year: year) }
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            let number = CareColumns.number(row.text(0))
            if number.isEmpty { return list.use.leaveOut("without a child's number") }
            let child = CareChild(authority: columns["LA"] == nil ? "" : row.text(3).uppercased(), number: number)
            if let year { years[child, default: []].insert(year) }
            guard let born = CalendarDay(spreadsheet: row.text(1)) else {
                faults.add(.birthday, row.line, of: child)
                return list.use.leaveOut("without a day of birth")
            }
            let sex = columns["SEX"] == nil ? "" : row.text(2).uppercased()
            if let before = entries.updateValue(Entry(born: born, sex: sex), forKey: child), before.born != born {
                faults.add(.twoBirthdays, row.line, of: child)
            }
        }
        (self.entries, self.years) = (entries, years)
        // Where episodes and days of birth share a file, its rows are answered with the episodes.
        if isAlone {
            files.append(HeaderFile(list: list, year: year ?? newest, faults: faults))
        } else {
            shared[file.name] = faults
        }
    }

    /// Takes a day of birth in place of what returns say.
    mutating func correct(_ child: CareChild, born: CalendarDay) {
        entries[child] = Entry(born: born, sex: entries[child]?.sex ?? "")
    }

    /// Takes off what answers have settled.
    mutating func settle(_ isSettled: (CareFault, _ year: Int, _ child: CareChild?) -> Bool) {
        for place in files.indices {
            let year = files[place].year
            files[place].faults.settle { fault, _, child in isSettled(fault, year, child) }
        }
    }

    /// All findings and the use of each file.
    var lists: [FindingList] {
        files.map { file in
            var list = file.list
            file.faults.report(to: &list)
            return list
        }
    }

    /// Whether a table of findings has a row.
    var hasFaults: Bool { files.contains { !$0.faults.isEmpty } }

    /// The rows of a table of findings.
    func rows(person: (CareChild?) -> String) -> [FindingRow] {
        files.flatMap { file in file.faults.rows(file.list.file, file.year) { _, child in (person(child), nil) } }
    }

    /// Where there is one authority, children are known by their numbers alone.
    mutating func joinAuthorities() {
        func joined(_ child: CareChild) -> CareChild { CareChild(authority: "", number: child.number) }
        for place in files.indices { files[place].faults.renumber(joined) }
        entries = Dictionary(entries.map { (joined($0.key), $0.value) }, uniquingKeysWith: { $1 })
        years = Dictionary(years.map { (joined($0.key), $0.value) }, uniquingKeysWith: { $0.union($1) })
    }

    subscript(_ child: CareChild) -> Entry? {
        entries[child] ?? entries[CareChild(authority: "", number: child.number)]
    }

    /// The children of the headers of a year's returns, and those of whom a fault is told there.
    func children(in year: Int) -> [CareChild] {
        years.filter { $0.value.contains(year) }.map(\.key)
            + files.filter { $0.year == year }.flatMap(\.faults.children)
    }

    /// Whether a child stands in the header of the return of a year.
    func has(_ child: CareChild, in year: Int) -> Bool {
        let number = CareChild(authority: "", number: child.number)
        return (years[child] ?? years[number])?.contains(year) ?? false
    }
}
