import Formats
import Foundation
import Vocabulary

/// Takes the rows of one table of people.
struct PopulationReading {
    /// People by area, mid-year, sex and age, of one variant of a projection.
    typealias Figures = [String: [Int: [Double]]]

    private static let ages = PublishedPopulation.oldest + 1
    /// What a field says where there is no figure.
    private static let missing: Set<String> = [
        "", ":", "-", "..", "z", "x", "c", "u", "[x]", "[z]", "[c]", "[u]", "n/a",
    ]

    private let layout: PopulationLayout
    private let code: Int?
    private let name: Int?
    private let age: Int?
    private let year: Int?
    private let sex: Int?
    private let component: Int?
    private let variant: Int?
    private let group: [Int]
    private let statedYear: Int?
    private let statedSex: Sex
    /// The last field of the header that has a name: fields beyond it may be missing.
    private let width: Int

    /// By variant: by area and mid-year, males, females and persons at each age, one after the other.
    private(set) var people: [String: Figures] = [:]
    private(set) var names: [String: String] = [:]
    /// People of all ages; none where the table has variants.
    private(set) var everybody = Everybody()

    private var sexes: [String: Sex?] = [:]
    private var isPeople: [String: Bool] = [:]
    private var isEverybody: [String: Bool] = [:]
    private var agesOfLabels: [String: AgeLabel?] = [:]
    private var faults: [Fault: RowTally] = [:]
    private var hasGroups = false
    private var hasSingleAges = false

    /// A kind of fault of rows.
    private enum Fault: Hashable {
        case width(Int)
        case number(String)
        case tooMany
        case age(String)
        case year(String)
        case sex(String)
        case group(String)
        case repeated
        case missing
    }

    init(_ sheet: PopulationSheet, _ layout: PopulationLayout, year statedYear: Int?) {
        self.layout = layout
        code = layout.column(.code)
        name = layout.column(.name)
        age = layout.column(.age)
        year = layout.column(.year)
        sex = layout.column(.sex)
        component = layout.column(.component)
        variant = layout.column(.variant)
        group = layout.columns[.group] ?? []
        self.statedYear = statedYear
        statedSex = sheet.sexOfTitles ?? .persons
        width = (layout.header.lastIndex { !$0.isEmpty } ?? 0) + 1
    }

    /// Whether every figure has a year: from its column, its row or the titles.
    var hasYears: Bool { statedYear != nil || year != nil || layout.figures.allSatisfy { $0.year != nil } }

    /// Takes one row.
    mutating func take(_ line: Int, _ fields: [CSVField], _ findings: inout FindingList) {
        findings.use.rows += 1
        guard let area = area(fields) else { return findings.use.leaveOut("without the code of an area") }
        guard fields.count >= width, fields.dropFirst(layout.header.count).allSatisfy(\.isEmpty) else {
            faults[.width(fields.count), default: RowTally()].add(line)
            return
        }
        if let component, !Self.selects(fields[component], .component, &isPeople) {
            return findings.use.leaveOut("of another component than people")
        }
        for column in group where !Self.selects(fields[column], .group, &isEverybody) {
            faults[.group(layout.header[column]), default: RowTally()].add(line)
            return
        }
        var ageOfRow: Int?
        if layout.figures.first?.age == nil {
            switch age.map({ label(fields[$0]) }) ?? .all {
            case .single(let age) where age <= PublishedPopulation.oldest: ageOfRow = age
            case .all where age == nil:
                for year in takeWhole(.all, area, fields) { findings.use.take(year: year) }
                return findings.use.take(area: area)
            case .all:
                takeWhole(.all, area, fields)
                return findings.use.leaveOut("of all ages")
            case let label? where Everybody.isBeyond(label):
                takeWhole(label, area, fields)
                return findings.use.leaveOut("of ages above \(PublishedPopulation.oldest)")
            case .group, .open, .single:
                hasGroups = true
                return findings.use.leaveOut("of ages in groups")
            case nil:
                faults[.age(age.map { fields[$0].excerpt } ?? ""), default: RowTally()].add(line)
                return
            }
        }
        guard let sexOfRow = sex.map({ known(fields[$0]) }) ?? statedSex else {
            faults[.sex(sex.map { fields[$0].excerpt } ?? ""), default: RowTally()].add(line)
            return
        }
        var yearOfRow = statedYear
        if let year, layout.figures.first?.year == nil {
            yearOfRow =
                fields[year].integer.flatMap { MidYear.range.contains($0) ? $0 : nil }
                ?? MidYear.ofField(fields[year].text)
            if yearOfRow == nil {
                faults[.year(fields[year].excerpt), default: RowTally()].add(line)
                return
            }
        }
        hasSingleAges = true
        let nameOfVariant = variant.map { fields[$0].text.trimmingCharacters(in: .whitespaces) } ?? ""
        for figure in layout.figures {
            guard let year = figure.year ?? yearOfRow, let age = figure.age ?? ageOfRow,
                let count = count(fields[figure.column], line, layout.header[figure.column])
            else { continue }
            set(count, nameOfVariant, area, year, sexOfRow, age, line, &findings)
        }
        if variant == nil, let year = yearOfRow { takeOlder(.init(area: area, year: year, sex: sexOfRow), fields) }
        setName(of: area, fields)
    }

    /// Takes the older people of a row whose ages stand across.
    private mutating func takeOlder(_ key: Everybody.Key, _ fields: [CSVField]) {
        for (column, label) in layout.older {
            if let people = Self.number(fields[column]) { everybody.add(people, label, key) }
        }
    }

    private mutating func setName(of area: String, _ fields: [CSVField]) {
        if let name, names[area] == nil { names[area] = fields[name].trimmed }
    }

    /// Takes a row of all ages, or of older people, as far as it can be read.
    /// - Returns: the mid-years of which it has a figure.
    @discardableResult
    private mutating func takeWhole(_ label: AgeLabel, _ area: String, _ fields: [CSVField]) -> [Int] {
        guard variant == nil, let sex = sex.map({ known(fields[$0]) }) ?? statedSex else { return [] }
        var years: [Int] = []
        let yearOfRow = year.flatMap { MidYear.ofField(fields[$0].text) } ?? statedYear
        for figure in layout.figures {
            guard let year = figure.year ?? yearOfRow, let people = Self.number(fields[figure.column]) else { continue }
            everybody.add(people, label, .init(area: area, year: year, sex: sex))
            years.append(year)
        }
        setName(of: area, fields)
        return years
    }

    private mutating func set(
        _ count: Double, _ variant: String, _ area: String, _ year: Int, _ sex: Sex, _ age: Int, _ line: Int,
        _ findings: inout FindingList
    ) {
        let place = (Sex.allCases.firstIndex(of: sex) ?? 0) * Self.ages + age
        let before: Double? = people[variant]?[area]?[year]?[place]
        guard let before else {
            findings.use.take(year: year)
            findings.use.take(area: area)
            var figures = [Double](repeating: .nan, count: Sex.allCases.count * Self.ages)
            figures[place] = count
            people[variant, default: [:]][area, default: [:]][year] = figures
            return
        }
        guard before.isNaN || before == count else {
            faults[.repeated, default: RowTally()].add(line)
            return
        }
        people[variant]?[area]?[year]?[place] = count
    }

    /// The code of an area, or its name where the table has no codes.
    private func area(_ fields: [CSVField]) -> String? {
        if let code {
            guard code < fields.count else { return nil }
            let bytes = fields[code].bytes
            guard bytes.count < 16 else { return nil }
            let text = fields[code].trimmed
            let isCode =
                text.utf8.count == 9 && text.utf8.first.map { (0x41...0x5A).contains($0) } == true
                && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
            return isCode ? text : nil
        }
        guard let name, name < fields.count, fields.count(where: { !$0.isEmpty }) > 2 else { return nil }
        let text = fields[name].trimmed
        return text.isEmpty ? nil : text
    }

    private static func selects(_ field: CSVField, _ role: PopulationWords.Role, _ known: inout [String: Bool]) -> Bool
    {
        let text = field.text
        if let answer = known[text] { return answer }
        let answer = PopulationWords.known.meaning(of: text.trimmingCharacters(in: .whitespaces), in: role) != nil
        known[text] = answer
        return answer
    }

    private mutating func known(_ field: CSVField) -> Sex? {
        let text = field.text
        if let answer = sexes[text] { return answer }
        let meaning = PopulationWords.known.meaning(of: text.trimmingCharacters(in: .whitespaces), in: .sex)
        let answer = meaning.flatMap(Sex.init)
        sexes[text] = .some(answer)
        return answer
    }

    private mutating func label(_ field: CSVField) -> AgeLabel? {
        if let age = field.integer { return (0...130).contains(age) ? .single(age) : nil }
        let text = field.text
        if let answer = agesOfLabels[text] { return answer }
        let answer = AgeLabel(text)
        agesOfLabels[text] = .some(answer)
        return answer
    }

    /// A number of people, with or without separators of thousands; `nil` where there is none, or after a fault.
    private mutating func count(_ field: CSVField, _ line: Int, _ column: String) -> Double? {
        guard let count = Self.number(field) else {
            let isMissing = Self.missing.contains(field.trimmed.lowercased())
            faults[isMissing ? .missing : .number(column), default: RowTally()].add(line)
            return nil
        }
        guard count <= PublishedPopulation.mostPeople else {
            faults[.tooMany, default: RowTally()].add(line)
            return nil
        }
        return count
    }

    static func number(_ field: CSVField) -> Double? {
        if let whole = field.integer { return whole >= 0 ? Double(whole) : nil }
        let text = field.trimmed
        guard text.utf8.allSatisfy({ (0x2B...0x2E).contains($0) || (0x30...0x39).contains($0) || $0 | 0x20 == 0x65 })
        else {
            return nil
        }
        let thousands = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = thousands.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        guard let value = Double(text.replacingOccurrences(of: ",", with: "")), value.isFinite, value >= 0 else {
            return nil
        }
        return value
    }
}

extension PopulationReading {
    /// Says what was wrong with rows: one line for each kind of fault.
    func conclude(_ findings: inout FindingList) {
        for (fault, rows) in faults.sorted(by: { ($0.value.first ?? 0) < ($1.value.first ?? 0) }) {
            switch fault {
            case .width(let count):
                findings.add(
                    .error, rows: rows, "the row has \(count) fields, the header has \(layout.header.count)",
                    remedy: "Quote numbers that contain commas.")
            case .number(let column):
                findings.add(.error, rows: rows, "column \(column): a number of people of at least 0 was expected")
            case .tooMany: findings.add(.error, rows: rows, "there are more people of one age than there can be")
            case .age(let label):
                findings.add(.error, rows: rows, "'\(label)' is not an age", remedy: "Write it as 5, or as 90+.")
            case .year(let text):
                findings.add(.error, rows: rows, "'\(text)' is not a mid-year", remedy: "Write it as 2024 or mid-2024.")
            case .sex(let text):
                findings.add(
                    .error, rows: rows, "'\(text)' is neither persons, males nor females",
                    remedy: "Keep the rows of persons.")
            case .group(let column):
                findings.add(
                    .error, rows: rows, "column \(column) picks out a part of the people",
                    remedy: "Keep the rows of everybody.")
            case .repeated:
                findings.add(
                    .error, rows: rows, "an area has two different figures of one age and year already",
                    remedy: "Keep persons alone: rows of several kinds of people cannot be distinguished.")
            case .missing: findings.add(.warning, rows: rows, "there is no figure")
            }
        }
        if hasGroups && !hasSingleAges {
            let refusal = PopulationLayout.groups
            findings.add(.error, refusal.message, remedy: refusal.remedy)
        } else if people.isEmpty && everybody.isEmpty && !findings.findings.containsErrors {
            findings.add(.error, "no row has the code of an area and figures", remedy: "Codes are such as E08000035.")
        }
    }
}
