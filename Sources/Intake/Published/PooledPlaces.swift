import Formats
import Foundation
import Vocabulary

extension GivenPlaces {
    /// The settings in which `new` takes places to be full where nobody says how many there are: those that an authority has itself, or
    /// commissions.
    private static func pooled(_ service: Service) -> [String] {
        service == .plans ? ["SS", "RP", "SU"] : ["IHF", "HIH"]
    }
    /// How far more or fewer children than its schools are built for an authority has before that is worth a question.
    private static let tolerance = 0.1

    /// A pool of places in each such setting: as many as children sit there at the base, rated red.
    /// - Parameters:
    ///   - number: the Department for Education's number of the authority, whose special schools are built for so many.
    ///   - fostering: of care, places for which own foster carers are approved, with their source.
    ///   - name: what a setting is called, by its code.
    ///   - children: the authority's own in a setting at the base, by its position.
    ///   - base: the January of the base.
    public static func pools(
        of number: Int? = nil, fostering: (places: Int, source: String)? = nil, _ space: StateSpace,
        name: (String) -> String, children: [Int], base: Int
    ) -> Checked<GivenPlaces> {
        let (known, words) = (number.flatMap { SpecialCapacity.shipped[$0] }, space.service.words)
        let rows = pooled(space.service).compactMap { code -> PlacesRow? in
            guard let setting = space.setting.position(of: code), children[setting] > 0 || space.service == .plans
            else {
                return nil
            }
            var row = pool(name(code), setting, children[setting], space, base: base)
            let replacement =
                code == "IHF"
                ? "replace by your carers by age (carers.csv)"
                : "replace by a row for each \(code == "HIH" ? "home with its beds" : "school with the places you commission")"
            let spread = space.service == .plans ? ", unrecorded placements spread" : ""
            row.source =
                children[setting] == 0
                ? "no child of the authority is placed there \(words.onDay) \(base)"
                : "children placed \(words.onDay) \(base)\(spread), taken to fill all places: \(replacement)"
            if code == "SS", let known {
                row.capacity = known.capacity
                row.source += "; capacity: \(known.schools) schools in the area (\(known.source))"
            }
            if code == "IHF", let fostering {
                row.capacity = fostering.places
                row.source += "; capacity: places for which carers are approved (\(fostering.source))"
            }
            return row
        }
        let places = GivenPlaces(rows, space)
        return Checked(places, findings: places.places.isEmpty ? [] : findings(places, space, known))
    }

    /// As many places as children sit in a setting, whatever their need and age.
    private static func pool(_ name: String, _ setting: Int, _ places: Int, _ space: StateSpace, base: Int) -> PlacesRow
    {
        var row = PlacesRow()
        (row.provision, row.settings, row.needs) = (name, [setting], Array(space.need.codes.indices))
        (row.first, row.last) = (0, space.years - 1)
        (row.september, row.places) = (base - 1, places)
        (row.kind, row.quality) = (.pool, .red)
        return row
    }

    /// Pools in the settings of which a list of schools has none: without them children who are forecast there would be in no gap.
    static func pools(besides listed: [PlacesRow], _ space: StateSpace, children: [Int], base: Int) -> [PlacesRow] {
        pooled(space.service).compactMap { code in
            guard let setting = space.setting.position(of: code), !listed.contains(where: { $0.settings == [setting] })
            else { return nil }
            let name = Classification.standard.name(ofSetting: code)
            var row = pool(name, setting, children[setting], space, base: base)
            row.source =
                "the register has none in the area; children placed \(space.service.words.onDay) \(base) are taken to fill all places"
            return row
        }
    }

    private static func findings(
        _ places: GivenPlaces, _ space: StateSpace, _ known: SpecialCapacity?
    ) -> [Finding] {
        let list = places.places.map { row in
            "\(Numerals.grouped(Double(row.places))) in \(space.setting.codes[row.settings[0]])"
        }
        let isOfPlans = space.service == .plans
        var findings = [
            Finding(
                .warning, file: ModelFile.places.name,
                "places are taken to be as many as children sit there (\(list.joined(separator: ", "))), rated red: no list of "
                    + (isOfPlans ? "schools was given" : "homes and carers is published"),
                remedy: isOfPlans
                    ? "Give the register of schools with --register, or write a row for each school with the places you commission."
                    : "Write a row for each home with its beds, and your foster carers by age in \(ModelFile.carers.name)."
            )
        ]
        if let known, let special = places.places.first(where: { $0.capacity != nil }),
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

    /// Whether nobody stated any: all are pools that `new` took to be full.
    package var areTakenToBeFull: Bool { carers.isEmpty && places.allSatisfy { $0.kind == .pool } }
}
