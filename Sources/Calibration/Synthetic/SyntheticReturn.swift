import Formats
import Foundation
import Intake
import Vocabulary

/// What one return has of synthetic lives: its files as rows of text, which can be broken before they are written.
struct SyntheticReturn {
    /// A file.
    struct Part {
        let columns: [String]
        fileprivate(set) var rows: [[String]] = []

        /// The position of a column.
        func place(_ column: String) -> Int? { columns.firstIndex(of: column) }
    }

    let year: Int
    let exported: CalendarDay
    private(set) var parts: [String: Part]
    /// The rows of a child's plan.
    struct Rows {
        let person: Int
        var request = 0
        var plan: Int?
        var active: Int?
        var placements: [Int] = []
        var needs: [Int] = []
    }

    /// The rows of each child, by the number of the life.
    private(set) var rows: [Int: Rows] = [:]
    private let census: CalendarDay
    private let before: CalendarDay
    private var places: [String: [String: Int]] = [:]

    /// - Parameter order: in which people stand, by the position of lives and then of refusals.
    init(year: Int, _ lives: SyntheticLives, firstJanuary: Int, order: [Int]) {
        self.year = year
        (census, before) = (.census(year), .census(year - 1))
        exported = CalendarDay(year: year, month: 3, day: 12) ?? census
        parts = Dictionary(
            uniqueKeysWithValues: Sen2Form.modules.map {
                ($0, Part(columns: Sen2Form.columns(of: $0, year: year)))
            })
        for (module, part) in parts {
            places[module] = Dictionary(uniqueKeysWithValues: part.columns.enumerated().map { ($1, $0) })
        }
        add(
            "sen2",
            [
                "sen2tableid": "1", "collection": "SEN2", "year": String(year), "referencedate": Sen2Form.text(census),
                "sourcelevel": "L", "lea": String(SyntheticSchools.authority), "softwarecode": "made up",
                "release": "1", "serialno": "1", "datetime": Sen2Form.text(exported),
            ])
        for place in order {
            if place < lives.lives.count {
                add(lives.lives[place], firstJanuary)
            } else {
                add(lives.refusals[place - lives.lives.count])
            }
        }
    }

    /// Changes a cell.
    mutating func set(_ module: String, _ row: Int, _ column: String, _ value: String) {
        guard let place = places[module]?[column] else { return }
        parts[module]?.rows[row][place] = value
    }

    /// A cell.
    func cell(_ module: String, _ row: Int, _ column: String) -> String {
        guard let place = places[module]?[column] else { return "" }
        return parts[module]?.rows[row][place] ?? ""
    }

    /// How many rows a part has.
    func count(_ module: String) -> Int { parts[module]?.rows.count ?? 0 }

    /// The files, by name.
    var files: [(name: String, data: Data)] {
        Sen2Form.modules.compactMap { module in
            parts[module].map { part in
                var csv = CSVWriter(columns: part.columns)
                for row in part.rows { csv.append(row) }
                return (Sen2Form.name(module, exported: exported), csv.data)
            }
        }
    }

    /// Says that the next row of a part is a child's.
    private mutating func note(_ life: SyntheticChild, _ place: WritableKeyPath<Rows, Int>, _ module: String) {
        let row = count(module)
        rows[life.number]?[keyPath: place] = row
    }

    private mutating func note(_ life: SyntheticChild, _ place: WritableKeyPath<Rows, Int?>, _ module: String) {
        let row = count(module)
        rows[life.number]?[keyPath: place] = row
    }

    private mutating func noteAnother(_ life: SyntheticChild, _ place: WritableKeyPath<Rows, [Int]>, _ module: String) {
        let row = count(module)
        rows[life.number]?[keyPath: place].append(row)
    }

    /// Adds a row.
    /// - Returns: its key, which is its number among those of the part.
    @discardableResult
    private mutating func add(_ module: String, _ cells: [String: String]) -> String {
        // The part itself is not held here, so that the row is added in place.
        guard let places = places[module] else { return "" }
        var row = [String](repeating: "", count: places.count)
        let number = count(module) + 1
        row[0] = String(SyntheticSchools.authority)
        row[1] = String(number)
        for (column, value) in cells {
            if let place = places[column] { row[place] = value }
        }
        parts[module]?.rows.append(row)
        return String(number)
    }

    private mutating func addPerson(_ number: Int, _ born: CalendarDay, isFemale: Bool, withULN: Bool) -> String {
        let count = self.count("person")
        rows[number] = Rows(person: count)
        let sex = year == 2023 ? ("gendercurrent", isFemale ? "2" : "1") : ("sex", isFemale ? "F" : "M")
        let name = SyntheticNames(number)
        return add(
            "person",
            [
                "persontableid": String(count + 1), "sen2tableid": "1", "surname": name.surname,
                "forename": name.forename, "personbirthdate": Sen2Form.text(born), sex.0: sex.1, "ethnicity": "WBRI",
                "postcode": name.postcode, "upn": name.upn, "uniquelearnernumber": withULN ? name.uln : "",
            ])
    }

    private mutating func add(_ life: SyntheticChild, _ firstJanuary: Int) {
        let index = year - firstJanuary
        let isHere = life.first <= index && (life.end?.day ?? .latest) > before
        guard isHere || isAwaited(life, index) else { return }
        let person = addPerson(
            life.number, life.born, isFemale: life.isFemale, withULN: life.age(january: year) >= 15)
        note(life, \.request, "requests")
        let request = addRequest(of: life, person)
        let assessment = addAssessment(of: life, request)
        guard isHere, let assessment else { return }
        let ended = life.end.flatMap { $0.day <= census ? $0 : nil }
        note(life, \.plan, "namedplan")
        let plan = add(
            "namedplan",
            [
                "namedplantableid": String(count("namedplan") + 1), "assessmenttableid": assessment,
                "startdate": Sen2Form.text(life.start), "pb": "0", "oa": "0",
                "ceasedate": ended.map { Sen2Form.text($0.day) } ?? "",
                "ceasereason": ended.map { String($0.reason) } ?? "",
            ])
        let spells = life.spells.filter { $0.entry <= census && ($0.leaving ?? .latest) > before }
        if let named = spells.last(where: { $0.rank == 1 }) {
            add(
                "plandetail",
                place(
                    named.place, rank: 1,
                    and: ["plandetailtableid": String(count("plandetail") + 1), "namedplantableid": plan]))
        }
        var from = ""
        if case .moved(let day) = life.arrival, day > before { from = String(SyntheticSchools.neighbour) }
        note(life, \.active, "activeplans")
        let active = add(
            "activeplans",
            [
                "activeplanstableid": String(count("activeplans") + 1), "requeststableid": request,
                "transferla": from,
            ])
        for spell in spells {
            noteAnother(life, \.placements, "placementdetail")
            let leaving = spell.leaving.flatMap { $0 <= census ? Sen2Form.text($0) : nil } ?? ""
            add(
                "placementdetail",
                place(
                    spell.place, rank: spell.rank,
                    and: [
                        "placementdetailtableid": String(count("placementdetail") + 1), "activeplanstableid": active,
                        "entrydate": Sen2Form.text(spell.entry), "leavingdate": leaving,
                    ]))
        }
        addNeeds(of: life, at: index, active)
    }

    /// Whether a plan that begins later has been asked for.
    private func isAwaited(_ life: SyntheticChild, _ index: Int) -> Bool {
        guard life.first == index + 1, case .new(let received, _) = life.arrival else { return false }
        return received <= census
    }

    private mutating func addRequest(of life: SyntheticChild, _ person: String) -> String {
        let id = String(count("requests") + 1)
        guard case .new(let received, let decided) = life.arrival, decided.year >= year - 1 else {
            return add(
                "requests", ["requeststableid": id, "persontableid": person, "requestoutcome": "H"])
        }
        let isDecided = decided <= census
        return add(
            "requests",
            [
                "requeststableid": id, "persontableid": person, "receiveddate": Sen2Form.text(received),
                "requestsource": "2", "rya": "0", "requestoutcomedate": isDecided ? Sen2Form.text(decided) : "",
                "requestoutcome": isDecided ? "Y" : "A", "requestmediation": isDecided ? "0" : "",
                "requesttribunal": isDecided ? "0" : "",
            ])
    }

    /// - Returns: the key; `nil` where the request is not decided yet.
    private mutating func addAssessment(of life: SyntheticChild, _ request: String) -> String? {
        let id = String(count("assessment") + 1)
        guard case .new(_, let decided) = life.arrival, life.start.year >= year - 1 else {
            return add(
                "assessment", ["assessmenttableid": id, "requeststableid": request, "assessmentoutcome": "H"])
        }
        guard decided <= census else { return nil }
        let isIssued = life.start <= census
        return add(
            "assessment",
            [
                "assessmenttableid": id, "requeststableid": request, "assessmentoutcome": isIssued ? "Y" : "A",
                "assessmentoutcomedate": isIssued ? Sen2Form.text(life.start) : "",
                "assessmentmediation": isIssued ? "0" : "", "assessmenttribunal": isIssued ? "0" : "",
                "othermediation": isIssued ? "0" : "", "othertribunal": isIssued ? "0" : "",
                "week20": isIssued ? "0" : "",
            ])
    }

    private mutating func addNeeds(of life: SyntheticChild, at index: Int, _ active: String) {
        let state = life.states[min(index - life.first, life.states.count - 1)]
        let second = life.secondNeed.flatMap { $0 == state.need ? nil : $0 }
        for (place, need) in [state.need, second].compactMap({ $0 }).enumerated() {
            noteAnother(life, \.needs, "senneed")
            add(
                "senneed",
                [
                    "senneedtableid": String(count("senneed") + 1), "activeplanstableid": active, "sentype": need,
                    "sentyperank": String(place + 1),
                ])
        }
    }

    private func place(
        _ place: SyntheticSchools.Place, rank: Int, and others: [String: String]
    ) -> [String: String] {
        others.merging([
            "urn": place.urn > 0 ? String(place.urn) : "", "ukprn": place.ukprn > 0 ? String(place.ukprn) : "",
            "sensetting": place.kind, "placementrank": String(rank), "senunitindicator": place.isUnit ? "1" : "0",
            "resourcedprovisionindicator": place.isResourced ? "1" : "0",
        ]) { own, _ in own }
    }

    private mutating func add(_ refusal: SyntheticRefusal) {
        let closed = refusal.refused ?? refusal.decided
        guard refusal.received <= census, closed.year >= year - 1 else { return }
        let person = addPerson(refusal.number, refusal.born, isFemale: refusal.isFemale, withULN: false)
        let isDecided = refusal.decided <= census
        let outcome = !isDecided ? "A" : refusal.refused == nil ? "N" : "Y"
        let isHistory = refusal.decided.year < year - 1
        let request = add(
            "requests",
            [
                "requeststableid": String(count("requests") + 1), "persontableid": person,
                "receiveddate": isHistory ? "" : Sen2Form.text(refusal.received), "requestsource": "2", "rya": "0",
                "requestoutcomedate": isDecided && !isHistory ? Sen2Form.text(refusal.decided) : "",
                "requestoutcome": isHistory ? "H" : outcome, "requestmediation": "0", "requesttribunal": "0",
            ])
        guard isDecided, let refused = refusal.refused else { return }
        let isRefused = refused <= census
        add(
            "assessment",
            [
                "assessmenttableid": String(count("assessment") + 1), "requeststableid": request,
                "assessmentoutcome": isRefused ? "N" : "A",
                "assessmentoutcomedate": isRefused ? Sen2Form.text(refused) : "", "week20": isRefused ? "0" : "",
            ])
    }
}

/// What a child of no authority is known by.
struct SyntheticNames {
    let surname: String
    let forename: String
    let postcode: String
    /// A valid number of a pupil of the authority.
    let upn: String
    /// A valid number of a learner.
    let uln: String

    private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")

    init(_ number: Int) {
        func word(_ number: Int, _ length: Int) -> String {
            var (rest, word) = (number, "")
            for _ in 0..<length {
                word.append(Self.letters[rest % 23])
                rest /= 23
            }
            return word
        }
        surname = "Made\(word(number * 7_919, 5).lowercased())"
        forename = "Up\(word(number * 104_729 + 17, 5).lowercased())"
        postcode = "ZZ\(number % 97 + 1) \(number % 9 + 1)\(word(number, 2))"
        upn = Self.upn(number)
        uln = Self.uln(number)
    }

    /// A letter that follows from the digits, and the digits; or with a letter in the last place, a temporary one.
    static func upn(_ number: Int, isTemporary: Bool = false) -> String {
        let digits = "\(SyntheticSchools.authority)\(300_000_000 + number)".compactMap(\.wholeNumberValue)
        let last = isTemporary ? number % 10 : digits[11]
        let sum = zip(digits.dropLast() + [last], 2...13).reduce(0) { $0 + $1.0 * $1.1 }
        let ending = isTemporary ? String(letters[last]) : String(last)
        return "\(letters[sum % 23])\(digits.dropLast().map(String.init).joined())\(ending)"
    }

    /// Ten digits, the last of which follows from the others; the next number where there is none that does.
    static func uln(_ number: Int) -> String {
        for candidate in (100_000_000 + 7 * number)... {
            let digits = String(candidate).compactMap(\.wholeNumberValue)
            let remainder = zip(digits, (2...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 } % 11
            if remainder > 0 { return "\(candidate)\(10 - remainder)" }
        }
        return ""
    }
}
