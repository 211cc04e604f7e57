import Formats
import Vocabulary

/// Days of birth and sexes of children, from the headers of returns (`header.csv`), or any table that has `CHILD` and `DOB`.
struct CareBirths {
    struct Entry {
        let born: CalendarDay
        let sex: String
    }

    private var entries: [CareChild: Entry] = [:]
    private var years: [CareChild: Set<Int>] = [:]
    private(set) var lists: [FindingList] = []

    /// Whether a file has children's days of birth.
    static func areIn(_ file: SourceFile) -> Bool {
        let columns = CareColumns(file)
        return columns["CHILD"] != nil && columns["DOB"] != nil
    }

    /// Files are to be read in the order of their years: of two days of birth of a child, that of the newest return counts.
    mutating func read(_ file: SourceFile, year: Int?, isAlone: Bool) {
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
                faults.add(.birthday, row.line)
                return list.use.leaveOut("without a day of birth")
            }
            let sex = columns["SEX"] == nil ? "" : row.text(2).uppercased()
            if let before = entries.updateValue(Entry(born: born, sex: sex), forKey: child), before.born != born {
                faults.add(.twoBirthdays, row.line)
            }
        }
        faults.report(to: &list)
        (self.entries, self.years) = (entries, years)
        // Where episodes and days of birth share a file, its rows are answered with the episodes.
        if isAlone { lists.append(list) }
    }

    /// Where there is one authority, children are known by their numbers alone.
    mutating func joinAuthorities() {
        func joined(_ child: CareChild) -> CareChild { CareChild(authority: "", number: child.number) }
        entries = Dictionary(entries.map { (joined($0.key), $0.value) }, uniquingKeysWith: { $1 })
        years = Dictionary(years.map { (joined($0.key), $0.value) }, uniquingKeysWith: { $0.union($1) })
    }

    subscript(_ child: CareChild) -> Entry? {
        entries[child] ?? entries[CareChild(authority: "", number: child.number)]
    }

    /// Whether a child stands in the header of the return of a year.
    func has(_ child: CareChild, in year: Int) -> Bool {
        let number = CareChild(authority: "", number: child.number)
        return (years[child] ?? years[number])?.contains(year) ?? false
    }
}
