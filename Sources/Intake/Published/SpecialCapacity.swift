import Formats
import Foundation
import Vocabulary

/// How many children the state special schools of an authority are built for, whoever pays for their places: a data file that ships
/// with Sendcast. It stands where no register of schools is at hand.
public struct SpecialCapacity: Sendable, Equatable {
    /// The Department for Education's number of the authority.
    public let number: Int
    /// How many state special schools lie there.
    public let schools: Int
    /// How many children they are built for.
    public let capacity: Int
    /// Where the figures are from, with their date.
    public let source: String

    /// Those of all authorities that were found in the register, by number.
    public static let shipped: [Int: SpecialCapacity] = {
        let columns = ["number", "authority", "schools", "capacity", "source", "date", "quality"]
        let found = ShippedTable("special-capacity.csv", PackageResources.special_capacity_csv)
            .rows(columns) { row, findings -> SpecialCapacity? in
                guard let number = row.integer(0, in: 200...999, findings: &findings),
                    let schools = row.integer(2, in: 1...200, findings: &findings),
                    let capacity = row.integer(3, in: 1...20_000, findings: &findings)
                else { return nil }
                return SpecialCapacity(
                    number: number, schools: schools, capacity: capacity, source: "\(row.text(4)), \(row.text(5))")
            }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.number, $0) })
    }()
}

extension GivenPlaces {
    /// The settings in which `new` takes places to be full where nobody says how many there are.
    private static let pooled = ["SS", "RP", "SU"]
    /// How far more or fewer children than its schools are built for an authority has before that is worth a question.
    private static let tolerance = 0.1

    /// A pool of places in each setting that authorities commission: as many as children sit there at the base, rated red.
    /// - Parameters:
    ///   - number: the Department for Education's number of the authority.
    ///   - name: what a setting is called, by its code.
    ///   - children: the authority's own in a setting at the base, by its position.
    ///   - base: the January of the base.
    public static func pools(
        of number: Int?, _ space: StateSpace, name: (String) -> String, children: [Int], base: Int
    ) -> Checked<GivenPlaces> {
        let known = number.flatMap { SpecialCapacity.shipped[$0] }
        let rows = pooled.compactMap { code -> PlacesRow? in
            guard let setting = space.setting.position(of: code), children[setting] > 0 else { return nil }
            var row = PlacesRow()
            row.provision = name(code)
            row.settings = [setting]
            row.needs = Array(space.need.codes.indices)
            (row.first, row.last) = (0, space.years - 1)
            row.september = base - 1
            row.places = children[setting]
            row.kind = .pool
            row.source =
                "children placed in January \(base), taken to fill all places; rated red: replace by a row for each school with the places "
                + "you commission"
            if code == "SS", let known {
                row.capacity = known.capacity
                row.source += "; capacity: \(known.schools) schools in the area (\(known.source))"
            }
            return row
        }
        let places = GivenPlaces(rows, space)
        return Checked(places, findings: places.places.isEmpty ? [] : findings(places, space, known))
    }

    private static func findings(
        _ places: GivenPlaces, _ space: StateSpace, _ known: SpecialCapacity?
    ) -> [Finding] {
        let list = places.places.map { row in
            "\(Numerals.grouped(Double(row.places))) in \(space.setting.codes[row.settings[0]])"
        }
        var findings = [
            Finding(
                .warning, file: ModelFile.places.name,
                "places are taken to be as many as children sit there (\(list.joined(separator: ", "))), rated red: no list of schools was given",
                remedy:
                    "Give the register of schools with --register, or write a row for each school with the places you commission."
            )
        ]
        let special = places.places.first { $0.capacity != nil }
        if let known, let special,
            abs(Double(special.places - known.capacity)) > tolerance * Double(known.capacity)
        {
            findings.append(
                Finding(
                    .warning, file: ModelFile.places.name, column: "capacity",
                    "\(Numerals.grouped(Double(special.places))) of the authority's children are in state special schools, and the \(known.schools) that lie there are built for "
                        + "\(Numerals.grouped(Double(known.capacity))) (\(known.source)): some go elsewhere, or others come, or schools are over-full",
                    remedy: "State the places you commission, wherever the school is, and those held by others."))
        }
        return findings
    }
}
