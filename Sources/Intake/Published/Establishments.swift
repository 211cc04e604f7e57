import Formats
import Foundation
import Vocabulary

/// Every school and college of the register of England (`edubasealldataYYYYMMDD.csv`), open and closed, with those that follow closed ones.
package struct Establishments: Sendable {
    /// A school or college.
    struct Establishment: Sendable {
        let urn: Int
        let name: String
        /// The number of the authority it lies in.
        let authority: Int
        /// The number of its type.
        let type: Int
        let opened: CalendarDay?
        let closed: CalendarDay?
        let ages: ClosedRange<Int>?
        let hasUnit: Bool
        let hasResourced: Bool

        func isOpen(_ day: CalendarDay) -> Bool { (opened ?? day) <= day && day < (closed ?? CalendarDay.latest) }
    }

    /// What a school of the authority has for children with plans.
    struct Capacity: Sendable {
        let places: Int?
        let pupils: Int?
        let withPlans: Int?
        let placesOfUnit: Int?
        let onRollOfUnit: Int?
        let placesOfResourced: Int?
        let onRollOfResourced: Int?
        let alternative: Int?
        let needs: [String]
    }

    /// The register's file.
    package let file: String
    package private(set) var sources: [SourceFile] = []
    private(set) var all: [Establishment] = []
    /// Of establishments of the authority, by position.
    private(set) var capacities: [Int: Capacity] = [:]
    /// Numbers of authorities that have a school.
    private(set) var authorities: Set<Int> = []
    /// The code of the Office for National Statistics for the authority, where the register has it.
    package private(set) var code: String?
    private var byNumber: [Int: Int] = [:]
    private var byProvider: [Int: [Int]] = [:]
    private var successors: [Int: [Int]] = [:]

    /// - Parameters:
    ///   - links: the file of links between schools; without one no school has a successor.
    ///   - authority: the Department for Education's number of the authority.
    /// - Throws: ``UnusableData`` where a file cannot be read.
    package static func read(
        _ path: String, links: String?, authority: Int
    ) throws(UnusableData) -> Checked<Establishments> {
        let file = try SourceFile(path)
        var register = Establishments(file: file.name)
        register.sources = [file]
        var list = FindingList(of: file)
        register.read(file.inUTF8, authority, &list)
        var lists = [list]
        if let links {
            let file = try SourceFile(links)
            register.sources.append(file)
            var list = FindingList(of: file)
            register.readLinks(file.inUTF8, &list)
            lists.append(list)
        }
        return Checked(register, findings: lists.flatMap(\.findings), uses: lists.map(\.use))
    }

    private init(file: String) { self.file = file }

    private static let required = [
        "URN", "UKPRN", "LA (code)", "TypeOfEstablishment (code)", "OpenDate", "CloseDate",
    ]
    private static let optional =
        [
            "EstablishmentName", "GSSLACode (name)", "StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity",
            "NumberOfPupils", "PlacesPRU", "SENStat", "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll",
            "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity",
        ] + (1...13).map { "SEN\($0) (name)" }

    private mutating func read(_ file: SourceFile, _ authority: Int, _ list: inout FindingList) {
        let wanted = Self.required + Self.optional
        guard let columns = Self.columns(file, Self.required, &list) else { return }
        let places = wanted.map { columns[$0] }
        let order = places.compactMap { $0 }
        var next = 0
        let at = Dictionary(
            uniqueKeysWithValues: zip(wanted, places).compactMap { name, place -> (String, Int)? in
                guard place != nil else { return nil }
                defer { next += 1 }
                return (name, next)
            })
        let fields = Fields(at)
        var register = self
        self = Establishments(file: file.name)
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            guard let urn = row[fields.urn].integer else { return list.use.leaveOut("without a URN") }
            register.add(urn, row, fields, authority)
        }
        self = register
        if all.isEmpty && !list.findings.containsErrors { list.add(.error, "the register has no school") }
    }

    private mutating func add(_ urn: Int, _ row: borrowing CSVRow, _ fields: Fields, _ authority: Int) {
        func count(_ name: String) -> Int? { fields[name].flatMap { row[$0].integer } }
        func text(_ name: String) -> String { fields[name].map { row.text($0) } ?? "" }
        func day(_ place: Int) -> CalendarDay? { row[place].isEmpty ? nil : CalendarDay(spreadsheet: row.text(place)) }
        let own = row[fields.authority].integer ?? 0
        let isOwn = own == authority
        let kind = text("TypeOfResourcedProvision (name)").lowercased()
        let low = count("StatutoryLowAge"), high = count("StatutoryHighAge")
        let ages = low.flatMap { low in high.flatMap { $0 > low && low >= 0 ? low...min($0 - 1, 25) : nil } }
        let place = all.count
        all.append(
            Establishment(
                urn: urn, name: isOwn ? text("EstablishmentName") : "", authority: own,
                type: row[fields.type].integer ?? 0, opened: day(fields.opened), closed: day(fields.closed), ages: ages,
                hasUnit: kind.contains("sen unit"), hasResourced: kind.contains("resourced provision")))
        authorities.insert(own)
        byNumber[urn] = place
        if let provider = row[fields.provider].integer { byProvider[provider, default: []].append(place) }
        guard isOwn else { return }
        if code == nil, !text("GSSLACode (name)").isEmpty { code = text("GSSLACode (name)") }
        let needs = (1...13).map { text("SEN\($0) (name)").components(separatedBy: " - ")[0].uppercased() }
        capacities[place] = Capacity(
            places: count("SchoolCapacity"), pupils: count("NumberOfPupils"), withPlans: count("SENStat"),
            placesOfUnit: count("SenUnitCapacity"), onRollOfUnit: count("SenUnitOnRoll"),
            placesOfResourced: count("ResourcedProvisionCapacity"),
            onRollOfResourced: count("ResourcedProvisionOnRoll"),
            alternative: count("PlacesPRU"), needs: needs.filter { !$0.isEmpty && $0 != "NOT APPLICABLE" })
    }

    /// Where the wanted columns stand in a row.
    private struct Fields {
        let urn: Int
        let provider: Int
        let authority: Int
        let type: Int
        let opened: Int
        let closed: Int
        private let others: [String: Int]

        init(_ at: [String: Int]) {
            func place(_ name: String) -> Int { at[name] ?? 0 }
            (urn, provider, authority) = (place("URN"), place("UKPRN"), place("LA (code)"))
            type = place("TypeOfEstablishment (code)")
            (opened, closed) = (place("OpenDate"), place("CloseDate"))
            others = at
        }

        subscript(_ name: String) -> Int? { others[name] }
    }

    private mutating func readLinks(_ file: SourceFile, _ list: inout FindingList) {
        let names = ["URN", "LinkURN", "LinkType"]
        guard let columns = Self.columns(file, names, &list) else { return }
        let order = names.compactMap { columns[$0] }
        var links: [Int: [Int]] = [:]
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            guard let one = row[0].integer, let other = row[1].integer else {
                return list.use.leaveOut("without two URNs")
            }
            let type = row.text(2)
            // Most links stand twice, once from either side.
            let link = type.hasPrefix("Successor") ? (one, other) : type.hasPrefix("Predecessor") ? (other, one) : nil
            guard let link else { return list.use.leaveOut("that are neither successors nor predecessors") }
            if links[link.0]?.contains(link.1) != true { links[link.0, default: []].append(link.1) }
        }
        successors = links
    }

    /// Where each column stands; `nil` after a finding where one is missing.
    private static func columns(
        _ file: SourceFile, _ names: [String], _ list: inout FindingList
    ) -> [String: Int]? {
        let header = CSVReader(file: file).header
        let places = Dictionary(
            header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let missing = names.filter { places[$0] == nil }
        for name in missing {
            list.add(
                .error, line: 1, column: name, "the header lacks this column",
                remedy: "Download all establishments and their links again, with all fields.")
        }
        return missing.isEmpty ? places : nil
    }
}

extension Establishments {
    /// A school on a day.
    struct Found {
        let place: Int
        /// Whether another was named, which was closed.
        let isSuccessor: Bool
        /// Whether it is not open on the day.
        let isClosed: Bool
        let isNotOpenYet: Bool
    }

    /// The school of a number in the register on a day, or the one that follows it.
    func find(urn: Int, on day: CalendarDay) -> Found? { byNumber[urn].map { find($0, day) } }

    /// The school or college of a provider's number: one that is open on the day first.
    func find(provider: Int, on day: CalendarDay) -> Found? {
        guard let places = byProvider[provider], let first = places.first else { return nil }
        return find(places.first { all[$0].isOpen(day) } ?? first, day)
    }

    private func find(_ place: Int, _ day: CalendarDay) -> Found {
        let one = all[place]
        if one.isOpen(day) { return Found(place: place, isSuccessor: false, isClosed: false, isNotOpenYet: false) }
        if let opened = one.opened, opened > day {
            return Found(place: place, isSuccessor: false, isClosed: false, isNotOpenYet: true)
        }
        var (seen, front): (Set<Int>, [Int]) = ([one.urn], [one.urn])
        while !front.isEmpty {
            let next = front.flatMap { successors[$0] ?? [] }.filter { seen.insert($0).inserted }
            let open = next.compactMap { byNumber[$0] }.filter { all[$0].isOpen(day) }
            // Where a school was split, the part of its own type goes before others.
            if let found = open.first(where: { all[$0].type == one.type }) ?? open.first {
                return Found(place: found, isSuccessor: true, isClosed: false, isNotOpenYet: false)
            }
            front = next
        }
        return Found(place: place, isSuccessor: false, isClosed: true, isNotOpenYet: false)
    }
}
