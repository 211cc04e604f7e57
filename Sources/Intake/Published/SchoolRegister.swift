import Formats
import Foundation
import Vocabulary

/// Special schools, and resourced provision and units of mainstream schools, of an area: from the register of schools of England
/// (`edubasealldataYYYYMMDD.csv`, as downloaded).
///
/// The register says what a building is for and who is on roll. It does not say how many places the authority commissions, nor whose
/// children are there.
public struct SchoolRegister: Sendable {
    /// A school, or a base or unit of one.
    public struct Provision: Sendable, Equatable {
        /// The school's number in the register and its name.
        public var name: String
        /// The code of the setting that it is.
        public var setting: String
        /// Codes of the needs that it is for; none where the register does not say.
        public var needs: [String]
        /// Ages on 31 August.
        public var ages: ClosedRange<Int>
        /// How many children it is for; `nil` where the register does not say.
        public var capacity: Int?
        /// Children on roll who have a plan, of a school with no such count all; `nil` where the register does not say.
        public var onRoll: Int?
    }

    /// What is open in the area, in the order of the file.
    public let provisions: [Provision]
    /// The file's name.
    public let file: String

    private static let required = [
        "URN", "EstablishmentName", "TypeOfEstablishment (code)", "EstablishmentStatus (code)", "LA (code)",
        "StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity", "NumberOfPupils",
    ]
    private static let needs = (1...13).map { "SEN\($0) (name)" }
    private static let optional =
        [
            "GSSLACode (name)", "SENStat", "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll",
            "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity",
        ] + needs

    /// Reads the schools of an area.
    /// - Parameters:
    ///   - codes: the area's codes of the Office for National Statistics.
    ///   - number: the Department for Education's number of the authority.
    /// - Throws: ``UnusableData`` where the file cannot be read.
    public static func read(
        _ path: String, codes: Set<String>, number: String
    ) throws(UnusableData) -> Checked<SchoolRegister> {
        read(try SourceFile(path), codes: codes, number: number)
    }

    /// The same from a file at hand.
    package static func read(_ file: SourceFile, codes: Set<String>, number: String) -> Checked<SchoolRegister> {
        let types = settingOfType
        let read = TableReader.rows(file.inUTF8, required, optional: optional) { row, findings -> [Provision]? in
            let isOurs = codes.contains(row.text("GSSLACode (name)")) || Int(row.text("LA (code)")) == Int(number)
            guard isOurs else {
                findings.use.leaveOut("of other authorities")
                return nil
            }
            guard ["1", "3"].contains(row.text("EstablishmentStatus (code)")) else {
                findings.use.leaveOut("of schools that are not open")
                return nil
            }
            let found = Self.provisions(row, types)
            if found.isEmpty { findings.use.leaveOut("of schools without special places") }
            return found.isEmpty ? nil : found
        }
        var findings = read.findings
        let found = read.value.flatMap { $0 }
        if found.isEmpty && !findings.containsErrors {
            findings.append(
                Finding(
                    .error, file: file.name, column: "LA (code)",
                    "the register has no open special school, base or unit of authority \(number)",
                    remedy: "Give the file with all establishments (edubasealldata…csv)."))
        }
        for provision in found where provision.capacity == nil {
            findings.append(
                Finding(
                    .warning, file: file.name,
                    provision.onRoll == nil
                        ? "'\(provision.name)' (\(provision.setting)) has neither a capacity nor children on roll: it gets 0 places"
                        : "'\(provision.name)' (\(provision.setting)) has no capacity: children on roll stand for its places",
                    remedy: "Correct its row of places.csv."))
        }
        return Checked(SchoolRegister(provisions: found, file: file.name), findings: findings, uses: read.uses)
    }

    /// What an open school of the area has.
    private static func provisions(_ row: NamedRow, _ types: [Int: String]) -> [Provision] {
        func count(_ column: String) -> Int? { Int(row.text(column)) }
        let name = "\(row.text("URN")) \(row.text("EstablishmentName"))"
        let first = count("StatutoryLowAge").map { min(max($0, 0), 25) } ?? 0
        // A school up to 16 ends with Year 11, whose children are 15 on 31 August.
        let last = count("StatutoryHighAge").map { min(max($0 - 1, first), 25) } ?? 25
        if let setting = count("TypeOfEstablishment (code)").flatMap({ types[$0] }) {
            let needs = needs.compactMap { row.text($0).components(separatedBy: " - ").first?.uppercased() }
            return [
                Provision(
                    name: name, setting: setting, needs: needs.filter { !$0.isEmpty && $0 != "NOT APPLICABLE" },
                    ages: first...last, capacity: count("SchoolCapacity"),
                    onRoll: count("SENStat") ?? count("NumberOfPupils"))
            ]
        }
        let kind = row.text("TypeOfResourcedProvision (name)").lowercased()
        var bases: [Provision] = []
        for (words, setting, column) in [
            ("resourced provision", "RP", "ResourcedProvision"), ("sen unit", "SU", "SenUnit"),
        ] where kind.contains(words) {
            bases.append(
                Provision(
                    name: name, setting: setting, needs: [], ages: first...last, capacity: count("\(column)Capacity"),
                    onRoll: count("\(column)OnRoll")))
        }
        return bases
    }

    /// The setting of each type of school that authorities commission places in.
    private static let settingOfType = SchoolTypes.standard.settings.filter { $0.value == "SS" }
}

extension GivenPlaces {
    /// Places as the register has them, rated red: capacities stand for commissioned places. Children on roll beyond the area's own in a
    /// setting are taken to be others', in every school alike.
    /// - Parameters:
    ///   - children: the area's own in a setting at the base, by its position.
    ///   - base: the January of the base.
    public init(_ register: SchoolRegister, _ space: StateSpace, children: [Int], base: Int) {
        let source = "\(register.file): replace by commissioned places"
        var onRoll = [Int](repeating: 0, count: space.setting.count)
        let provisions = register.provisions.compactMap { provision in
            space.setting.position(of: provision.setting).map { (provision, $0) }
        }
        for (provision, setting) in provisions { onRoll[setting] += provision.onRoll ?? 0 }
        let places = provisions.map { provision, setting -> PlacesRow in
            var row = PlacesRow()
            row.provision = provision.name
            row.settings = [setting]
            let needs = provision.needs.compactMap { space.need.position(of: $0) }
            row.needs = needs.isEmpty ? Array(space.need.codes.indices) : Set(needs).sorted()
            (row.first, row.last) = (provision.ages.lowerBound, min(provision.ages.upperBound, space.years - 1))
            row.september = base - 1
            row.places = provision.capacity ?? provision.onRoll ?? 0
            (row.capacity, row.onRoll) = (provision.capacity, provision.onRoll)
            let others = max(1 - Double(children[setting]) / Double(max(onRoll[setting], 1)), 0)
            row.heldByOthers = min(Int((others * Double(provision.onRoll ?? 0)).rounded()), row.places)
            if setting == space.setting.position(of: "SS") { row.kind = .school }
            (row.source, row.quality) = (source, .red)
            return row
        }
        self.init(places + Self.pools(besides: places, space, children: children, base: base), space)
    }

    /// Places, with those without one going where Sendcast takes them to go, rated red. What would go to a setting that the model lacks goes
    /// to the others of its order; places of settings of which an order has no other are left out.
    init(_ places: [PlacesRow], _ space: StateSpace) {
        let usualOrders = space.service == .plans ? PackageResources.overflow_csv : PackageResources.care_overflow_csv
        var file = SourceFile(name: ModelFile.overflow.name, bytes: Data(usualOrders))
        file.service = space.service
        var overflow = OverflowRow.read(file, space).value
        let usual = TableReader.rows(
            file, ["setting", "order", "share"],
            optional: OverflowRow.columns(space).map(\.name).filter { !["setting", "order", "share"].contains($0) }
        ) { row, _ in (order: row.text("setting") + row.text("order"), share: Double(row.text("share")) ?? 0) }
        func order(_ row: OverflowRow) -> String { space.setting.codes[row.setting] + String(row.order) }
        let sums = Dictionary(usual.value, uniquingKeysWith: +)
        let here = Dictionary(overflow.map { (order($0), $0.share.likely) }, uniquingKeysWith: +)
        for place in overflow.indices {
            let name = order(overflow[place])
            overflow[place].times((sums[name] ?? 1) / max(here[name] ?? 1, 1e-9))
        }
        let whole = Set(overflow.map(\.setting)).filter { setting in
            let code = space.setting.codes[setting]
            return sums.keys.filter { $0.dropLast() == code }.allSatisfy { here[$0] != nil }
        }
        let kept = places.filter { $0.settings.allSatisfy(whole.contains) }
        let listed = Set(kept.flatMap(\.settings))
        self.init(places: kept, overflow: overflow.filter { listed.contains($0.setting) }, latent: [])
    }
}
