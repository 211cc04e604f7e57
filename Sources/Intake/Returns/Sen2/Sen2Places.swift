import Vocabulary

/// Places of the authority's own special schools, bases and alternative provision: from the register, with those whom the return has there.
struct Sen2Places {
    private let register: Establishments
    private let stock: Sen2Stock
    private let space: StateSpace
    private let source: String
    private let september: Int
    private var rows: [PlacesRow] = []
    private(set) var findings: [Finding] = []

    /// - Parameter space: of the model; its settings may tell apart those outside the area.
    init(_ register: Establishments, _ stock: Sen2Stock, _ space: StateSpace) {
        self.register = register
        self.stock = stock
        self.space = space
        let name = register.file.split(separator: "/").last.map(String.init) ?? register.file
        source = "\(name): replace by commissioned places"
        september = stock.day.year - 1
        for (school, capacity) in register.capacities.sorted(by: { register.all[$0.key].urn < register.all[$1.key].urn }
        )
        where register.all[school].isOpen(stock.day) { add(school, capacity) }
        settle()
    }

    /// What the model says of places; `nil` where the register has none.
    private(set) var given: GivenPlaces?

    /// Settles what is kept, and says what is not.
    private mutating func settle() {
        let all = GivenPlaces(rows, space)
        let lost = Set(rows.flatMap(\.settings)).subtracting(all.places.flatMap(\.settings))
        for setting in lost.sorted() {
            findings.append(
                Finding(
                    .warning, file: register.file,
                    "places of \(space.setting.codes[setting]) are left out: nobody is in the settings where those without a place would go",
                    remedy: "Add them to places.csv, and to overflow.csv where those without one go."))
        }
        given = all.places.isEmpty ? nil : all
    }

    private mutating func add(_ school: Int, _ capacity: Establishments.Capacity) {
        let one = register.all[school]
        switch SchoolTypes.standard.settings[one.type] {
        case "SS":
            append(
                school, "SS", places: capacity.places, onRoll: capacity.withPlans ?? capacity.pupils,
                fallback: capacity.pupils, needs: capacity.needs, kind: .school)
        case "AP":
            append(school, "AP", places: capacity.alternative ?? capacity.places, onRoll: nil, fallback: nil)
        default:
            if one.hasResourced {
                append(
                    school, "RP", places: capacity.placesOfResourced, onRoll: capacity.onRollOfResourced,
                    fallback: capacity.onRollOfResourced)
            }
            if one.hasUnit {
                append(
                    school, "SU", places: capacity.placesOfUnit, onRoll: capacity.onRollOfUnit,
                    fallback: capacity.onRollOfUnit)
            }
        }
    }

    private mutating func append(
        _ school: Int, _ code: String, places: Int?, onRoll: Int?, fallback: Int?, needs: [String] = [],
        kind: PlacesRow.Kind? = nil
    ) {
        let one = register.all[school]
        let name = one.name.isEmpty ? String(one.urn) : "\(one.urn) \(one.name)"
        guard let setting = space.setting.position(of: code) else { return }
        guard let count = places ?? fallback else {
            findings.append(
                Finding(
                    .warning, file: register.file,
                    "\(name) (\(code)) has neither a capacity nor children on roll: it is left out",
                    remedy: "Add its row to places.csv."))
            return
        }
        if places == nil {
            findings.append(
                Finding(
                    .warning, file: register.file,
                    "\(name) (\(code)) has no capacity: children on roll stand for its places",
                    remedy: "Correct its row of places.csv."))
        }
        let own = stock.states.values.filter { $0.school == school && $0.setting == code }
        var row = PlacesRow()
        row.provision = name
        row.settings = [setting]
        let positions = Set(needs.compactMap { space.need.position(of: $0) }).sorted()
        row.needs = positions.isEmpty ? Array(space.need.codes.indices) : positions
        let (ages, all) = (own.map(\.age), one.ages ?? 0...25)
        row.first = min(all.lowerBound, ages.min() ?? all.lowerBound)
        row.last = max(all.upperBound, ages.max() ?? all.upperBound)
        row.september = september
        row.places = count
        (row.capacity, row.onRoll) = (places, onRoll)
        row.heldByOthers = min(max((onRoll ?? own.count) - own.count, 0), count)
        row.kind = kind
        (row.source, row.quality) = (source, .red)
        if let onRoll, onRoll < own.count {
            findings.append(
                Finding(
                    .warning, file: register.file,
                    "\(name) (\(code)) has fewer on roll than the return places there: no place is held by others",
                    remedy: "Correct held_by_others in its row of places.csv."))
        }
        rows.append(row)
    }
}
