import Vocabulary

/// The schools of an authority that does not exist, as the register of schools (GIAS) has them.
struct SyntheticSchools {
    /// A school, or another place where children are.
    struct Place: Hashable {
        /// The number in the register; 0 where it has none.
        var urn = 0
        /// The provider's number, of colleges.
        var ukprn = 0
        /// The kind of setting without a number, such as `EHE`.
        var kind = ""
        var isUnit = false
        var isResourced = false
    }

    private struct School {
        let urn: Int
        var ukprn = 0
        var authority = SyntheticSchools.authority
        let type: Int
        let ages: ClosedRange<Int>?
        var base = "Not applicable"
        var opened: CalendarDay?
        var closed: CalendarDay?
    }

    /// The authority's number, and that of another.
    static let (authority, neighbour) = (999, 998)
    /// The authority's code.
    static let code = "E06000999"
    /// The day on which a school becomes an academy, and the academy opens a day later.
    private let closes: CalendarDay
    private var schools: [School] = []
    /// Numbers of schools by kind.
    private var numbers: [Kind: [Int]] = [:]
    private let closing: Int
    private let academy: Int
    /// A unit for pupils out of school, where children have second places.
    var unit: Place { Place(urn: numbers[.unit]?.first ?? 0) }
    /// A school that opens after every census.
    let unopened: Int
    /// A school of a type that may mean several settings.
    let unclear: Int

    private enum Kind: CaseIterable {
        case primary, secondary, primaryBase, secondaryBase, special, nonMaintained, independent, unit, college
        case specialist
    }

    /// - Parameters:
    ///   - plans: how many children have a plan.
    ///   - base: the last January.
    init(plans: Int, base: Int) {
        closes = CalendarDay(year: base - 1, month: 8, day: 31) ?? .latest
        var next = 900_000
        var schools: [School] = []
        var numbers: [Kind: [Int]] = [:]
        func add(_ kind: Kind, _ count: Int, _ make: (Int) -> School) {
            for _ in 0..<count {
                next += 1
                numbers[kind, default: []].append(next)
                schools.append(make(next))
            }
        }
        let bases = max(1, min(8, plans / 1_000))
        add(.primary, 25) { School(urn: $0, type: 1, ages: 3...11) }
        add(.secondary, 15) { School(urn: $0, type: 34, ages: 11...19) }
        for kind in [Kind.primaryBase, .secondaryBase] {
            add(kind, bases) {
                School(
                    urn: $0, type: kind == .primaryBase ? 1 : 34, ages: kind == .primaryBase ? 3...11 : 11...19,
                    base: "Resourced provision and SEN unit")
            }
        }
        add(.special, 12) { School(urn: $0, type: 7, ages: 2...19) }
        add(.nonMaintained, 2) { School(urn: $0, type: 8, ages: 4...20) }
        add(.independent, 6) { School(urn: $0, authority: Self.neighbour, type: 10, ages: 4...20) }
        add(.unit, 2) { School(urn: $0, type: 14, ages: 5...16) }
        add(.college, 3) { School(urn: $0, ukprn: 10_900_000 + $0 % 1_000, type: 18, ages: nil) }
        add(.specialist, 2) { School(urn: $0, type: 32, ages: nil) }
        closing = numbers[.primary]?.first ?? 0
        academy = next + 1
        unopened = next + 2
        unclear = next + 3
        if let place = schools.firstIndex(where: { [closing] in $0.urn == closing }) { schools[place].closed = closes }
        schools.append(School(urn: academy, type: 34, ages: 3...11, opened: closes.adding(1)))
        schools.append(
            School(urn: unopened, type: 34, ages: 3...19, opened: CalendarDay(year: base + 1, month: 9, day: 1)))
        schools.append(School(urn: unclear, type: 49, ages: 3...25))
        (self.schools, self.numbers) = (schools, numbers)
    }

    /// Where a child goes who is in a setting.
    /// - Parameters:
    ///   - choice: which of the schools of the setting; the same choice gives the same school.
    ///   - january: of the year.
    func place(_ setting: String, age: Int, choice: Int, january: Int) -> Place {
        func school(_ kind: Kind) -> Int {
            let numbers = numbers[kind] ?? []
            let urn = numbers[choice % numbers.count]
            return urn == closing && january > closes.year ? academy : urn
        }
        let isPrimary = age <= 10
        switch setting {
        case "EY": return Place(kind: "EYP")
        case "MS": return Place(urn: school(isPrimary ? .primary : .secondary))
        case "RP", "SU":
            let urn = school(isPrimary ? .primaryBase : .secondaryBase)
            return Place(urn: urn, isUnit: setting == "SU", isResourced: setting == "RP")
        case "SS": return Place(urn: school(.special))
        case "NM": return Place(urn: school(.nonMaintained))
        case "IS": return Place(urn: school(.independent))
        case "AP": return Place(urn: school(.unit))
        case "FE": return Place(ukprn: 10_900_000 + school(.college) % 1_000)
        case "SP": return Place(urn: school(.specialist))
        case "EHE": return Place(kind: "EHE")
        default: return Place(kind: "OLA")
        }
    }

    /// The register, a line a school.
    /// - Parameter placed: how many children with a plan are in each place, January by January.
    func register(_ placed: [[Place: Int]]) -> [String] {
        let header =
            "URN,UKPRN,LA (code),EstablishmentName,TypeOfEstablishment (code),OpenDate,CloseDate,StatutoryLowAge,StatutoryHighAge,"
            + "SchoolCapacity,PlacesPRU,SENStat,TypeOfResourcedProvision (name),ResourcedProvisionCapacity,SenUnitCapacity,GSSLACode (name)"
        return [header]
            + schools.map { school in
                let ages = school.ages.map { "\($0.lowerBound),\($0.upperBound)" } ?? ","
                let code = school.authority == Self.authority ? Self.code : "E06000998"
                let days = [school.opened, school.closed].map { day in
                    day.map { $0.description.replacing("/", with: "-") } ?? ""
                }
                return [
                    String(school.urn), school.ukprn > 0 ? String(school.ukprn) : "", String(school.authority),
                    "Made-up school \(school.urn % 1_000)", school.type < 10 ? "0\(school.type)" : String(school.type),
                    days[0], days[1], ages, capacities(of: school, placed), code,
                ].joined(separator: ",")
            }
    }

    /// How many places a school has: as many as there were children in the fullest January, and in bases as in the emptiest.
    private func capacities(of school: School, _ placed: [[Place: Int]]) -> String {
        func children(_ place: Place) -> [Int] { placed.map { $0[place] ?? 0 } }
        let all = children(Place(urn: school.urn))
        let resourced = children(Place(urn: school.urn, isResourced: true)).min() ?? 0
        let unit = children(Place(urn: school.urn, isUnit: true)).min() ?? 0
        let hasBase = school.base != "Not applicable"
        return [
            school.type == 7 ? String((all.max() ?? 0) + 5) : "", school.type == 14 ? String((all.max() ?? 0) + 5) : "",
            school.type == 7 ? String(all.last ?? 0) : "", school.base, hasBase ? String(resourced) : "",
            hasBase ? String(unit) : "",
        ].joined(separator: ",")
    }

    /// Links between schools, a line a link.
    var links: [String] {
        let day = closes.adding(1).description.replacing("/", with: "-")
        return [
            "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate",
            "\(closing),\(academy),Made-up school,Successor,\(day)",
        ]
    }
}
