import Formats
import Foundation
import Vocabulary

/// What an authority pays child by child: a table of its own, which goes with its returns.
///
/// Nothing that stands in a reference is printed or written: findings name rows and columns, never what stands there.
struct Sen2Ledger {
    /// What is paid for a child on the day.
    struct Payment {
        let line: Int
        /// A UPN, a ULN or a pseudonym.
        let reference: Withheld<String>
        /// The number of the school that is paid, where the row gives one.
        let urn: Int?
        let payer: String
        let band: String
        /// Pounds a year.
        let yearly: Double
    }

    let source: SourceFile
    /// What is paid on the day that was asked for.
    private(set) var payments: [Payment] = []
    private(set) var list: FindingList

    private enum Column: String, CaseIterable {
        case reference, provision
        case weekly = "weekly_cost"
        case yearly = "yearly_cost"
        case weeks, payer, band, from, to
    }

    /// Reads a table, or a sheet of a workbook (`FILE.xlsx#Sheet`).
    /// - Parameter day: only what is paid on it counts.
    /// - Throws: ``UnusableData`` where it cannot be opened.
    init(_ path: String, on day: CalendarDay) throws(UnusableData) {
        source = try SourceFile(path)
        list = FindingList(of: source)
        let reader = CSVReader(file: source, knowing: [Column.reference.rawValue])
        let header = reader.header
        let places = Dictionary(
            Column.allCases.compactMap { column in header.firstIndex(of: column.rawValue).map { (column, $0) } },
            uniquingKeysWith: { first, _ in first })
        guard places[.reference] != nil, places[.weekly] != nil || places[.yearly] != nil else {
            list.add(
                .error, "the columns reference and weekly_cost or yearly_cost are needed",
                remedy: "Name them so; provision, weeks, payer, band, from and to may be there too.")
            return
        }
        let others = header.filter { !$0.isEmpty && Column(rawValue: $0) == nil }
        if !others.isEmpty {
            list.add(.note, "\(others.count) other columns are not read: \(others.joined(separator: ", "))")
        }
        if places[.weekly] != nil && places[.weeks] == nil {
            let weeks = Numerals.exact(Service.plans.weeksOfYear)
            list.add(
                .note, "weekly costs count for \(weeks) weeks of a year",
                remedy: "Add a column weeks where fewer are paid, such as 38.")
        }
        var seen: [Seen: Int] = [:]
        var twice = RowTally()
        reader.forEachRow(columns: header.filter { !$0.isEmpty }, findings: &list) { row, list in
            let cells = Cells(places: places.mapValues { place in header[..<place].count { !$0.isEmpty } })
            guard let payment = cells.payment(row, on: day, &list) else { return }
            if seen.updateValue(row.line, forKey: Seen(payment)) != nil { twice.add(row.line) }
            payments.append(payment)
        }
        list.add(
            .warning, rows: twice, "another row says the same of the same child: both count",
            remedy: "Delete one where it is a copy.")
    }

    /// What tells a payment from a copy of it.
    private struct Seen: Hashable {
        let reference: Withheld<String>
        let urn: Int?
        let payer: String
        let band: String
        let yearly: Double

        init(_ payment: Payment) {
            (reference, urn, payer) = (payment.reference, payment.urn, payment.payer)
            (band, yearly) = (payment.band, payment.yearly)
        }
    }

    /// The cells of a row by their columns.
    private struct Cells {
        let places: [Column: Int]

        func payment(_ row: borrowing CSVRow, on day: CalendarDay, _ list: inout FindingList) -> Payment? {
            let reference = text(row, .reference)
            if reference.isEmpty { refuse(row, .reference, "a UPN, a ULN or a pseudonym was expected", &list) }
            let (from, to) = (self.day(row, .from, &list), self.day(row, .to, &list))
            let yearly = self.yearly(row, &list)
            guard let from, let to, let yearly, !reference.isEmpty else { return nil }
            if let from, from > day {
                list.use.leaveOut("that begin after the census day")
                return nil
            }
            if let to, to < day {
                list.use.leaveOut("that ended before the census day")
                return nil
            }
            let provision = text(row, .provision)
            return Payment(
                line: row.line, reference: Withheld(Sen2Ledger.plain(reference)),
                urn: provision.utf8.count == 6 ? Int(provision) : nil, payer: text(row, .payer),
                band: text(row, .band), yearly: yearly)
        }

        private func text(_ row: borrowing CSVRow, _ column: Column) -> String {
            places[column].map { row.text($0) } ?? ""
        }

        private func yearly(_ row: borrowing CSVRow, _ list: inout FindingList) -> Double? {
            let isYearly = !text(row, .yearly).isEmpty
            if isYearly && !text(row, .weekly).isEmpty {
                refuse(row, .yearly, "there is a weekly cost too, and one of them was expected", &list)
                return nil
            }
            let cost: Column = isYearly || places[.weekly] == nil ? .yearly : .weekly
            guard let amount = number(row, cost, Quantity(price: isYearly ? .planYear : .planWeek), &list) else {
                return nil
            }
            if isYearly { return amount }
            if text(row, .weeks).isEmpty { return amount * Service.plans.weeksOfYear }
            guard let weeks = number(row, .weeks, .count, &list), weeks <= 53 else { return nil }
            return amount * weeks
        }

        private func number(
            _ row: borrowing CSVRow, _ column: Column, _ quantity: Quantity, _ list: inout FindingList
        ) -> Double? {
            guard let place = places[column], let value = row.number(place, findings: &list),
                case .number(let number) = quantity.read(value)
            else {
                refuse(row, column, "a plain number of pounds or weeks was expected", &list)
                return nil
            }
            return number
        }

        /// A day, or none where the cell is empty; `nil` after a finding.
        private func day(_ row: borrowing CSVRow, _ column: Column, _ list: inout FindingList) -> CalendarDay?? {
            guard let place = places[column], !row[place].isEmpty else { return .some(nil) }
            if let day = CalendarDay(field: row[place]) { return day }
            refuse(row, column, "a day was expected, such as 2026-01-15", &list)
            return nil
        }

        private func refuse(_ row: borrowing CSVRow, _ column: Column, _ message: String, _ list: inout FindingList) {
            list.add(.error, sharing: message, line: row.line, column: column.rawValue, message)
        }
    }

    /// A reference without what spreadsheets do to it.
    static func plain(_ reference: String) -> String {
        let text = reference.uppercased().filter { !$0.isWhitespace }
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// What is paid for the children of the last census, joined to where they are.
package struct Sen2Spending: Sendable {
    /// A payer's payments for a child.
    package struct Payment: Sendable {
        package let payer: String
        package let band: String
        /// Pounds a year.
        package let yearly: Double
    }

    /// A plan in force on the census day, and what is paid for it.
    package struct Child: Sendable {
        package let state: Sen2State
        package let payments: [Payment]
        /// Whether it counts in a price: something is paid, or what is known is that nothing is.
        package let isKnown: Bool
    }

    /// Plans in force on the census day.
    package private(set) var children: [Child] = []
    /// The ledger, by the name of its file.
    package let name: String
    package let day: CalendarDay

    /// - Parameters:
    ///   - place: the position of the last return.
    ///   - faults: where payments without a child go, and children without a payment.
    init(
        _ ledger: Sen2Ledger, _ identities: Sen2Identities, _ census: Sen2Census, _ stock: Sen2Stock, _ place: Int,
        _ pseudonyms: Sen2Pseudonyms, _ corrections: Sen2Corrections, _ faults: inout Sen2Faults
    ) {
        name = ledger.source.name.split(separator: "/").last.map(String.init) ?? ""
        day = stock.day
        let known = Self.people(identities, census.people, pseudonyms)
        var paid: [Int: [Payment]] = [:]
        for payment in ledger.payments {
            let person = known[payment.reference]
            guard let person, let state = stock.states[person] else {
                faults.add(.c1NotInReturn, place, of: name, line: payment.line)
                continue
            }
            if let urn = payment.urn, let school = state.school,
                census.settings.register.find(urn: urn, on: stock.day)?.place != school
            {
                faults.add(.c3Elsewhere, place, of: name, line: payment.line)
            }
            paid[person, default: []].append(
                Payment(payer: payment.payer, band: payment.band, yearly: payment.yearly))
        }
        for (person, state) in stock.states.sorted(by: { $0.key < $1.key }) {
            var isKnown = true
            if paid[person] == nil, let row = census.people.rows[person][place] {
                let mayBeFree = UnpaidPlans.standard.mayBeFree(state.setting)
                let fault = mayBeFree ? Sen2Fault.c2NothingPaid : .c2NotPaid
                faults.add(fault, place, .person, row, suggested: state.setting)
                isKnown = mayBeFree || (faults.entries.last.map(corrections.settles) ?? false)
            }
            children.append(Child(state: state, payments: paid[person] ?? [], isKnown: isKnown))
        }
    }

    /// People by what a ledger may call them.
    private static func people(
        _ identities: Sen2Identities, _ people: Sen2People, _ pseudonyms: Sen2Pseudonyms
    ) -> [Withheld<String>: Int] {
        var known: [Withheld<String>: Int] = [:]
        for (place, keys) in identities.keys.enumerated() {
            for (row, keys) in keys.enumerated() {
                for kind in [Sen2Keys.Kind.permanentUPN, .uln, .otherUPN] {
                    guard let key = keys[kind] else { continue }
                    known[key.derive { Withheld(Sen2Ledger.plain($0)) }] = people.personOf[place][row]
                }
            }
        }
        for (pseudonym, rows) in pseudonyms.people {
            if let (place, row) = rows.first { known[Withheld(pseudonym.uppercased())] = people.personOf[place][row] }
        }
        return known
    }
}

/// What it means that a ledger pays nothing for a plan, by setting: a data file that ships with Sendcast.
///
/// Where a top-up is paid above what the setting meets itself, a plan may cost the authority nothing; where every place is paid for, the
/// payment is missing from the ledger. Most of it is judged, and rated so: the price of a line says what it would be the other way.
struct UnpaidPlans {
    private enum Meaning: String { case free, paid }

    private let free: Set<String>

    static let standard = UnpaidPlans()

    private init() {
        let columns = ["setting", "unpaid", "source", "date", "quality"]
        let meanings = ShippedTable("unpaid-plans.csv", PackageResources.unpaid_plans_csv)
            .rows(columns) { row, _ -> (setting: String, meaning: Meaning)? in
                guard AssumptionQuality(rawValue: row.text(4)) != nil, !row.text(2).isEmpty, !row.text(3).isEmpty
                else { return nil }
                return Meaning(rawValue: row.text(1)).map { (row.text(0), $0) }
            }
        precondition(
            Set(Classification.standard.settings.map(\.code)) == Set(meanings.map(\.setting)),
            "unpaid-plans.csv is not about every setting")
        free = Set(meanings.filter { $0.meaning == .free }.map(\.setting))
    }

    /// Whether a plan in a setting may cost the authority nothing.
    func mayBeFree(_ setting: String) -> Bool { free.contains(setting) }
}
