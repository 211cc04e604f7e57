import Vocabulary

/// Which setting a place is, by the register of schools of a day.
struct Sen2Settings {
    /// What a place is.
    struct Settled {
        var setting = Classification.notRecorded
        /// Whether it lies outside the authority's area.
        var isOutside = false
        /// The school's position in the register.
        var school: Int?
        /// What was wrong, with what stood there.
        var faults: [(fault: Sen2Fault, found: String)] = []
    }

    let register: Establishments
    /// The number of the authority.
    let authority: Int
    private let types = SchoolTypes.standard
    /// From when on a provider that is not in the register is a college.
    private static let collegeAge = 16
    /// The oldest with an early years provider.
    private static let oldestEarly = 5

    init(_ register: Establishments, authority: Int) {
        self.register = register
        self.authority = authority
    }

    /// - Parameters:
    ///   - age: on 31 August.
    ///   - day: on which somebody is there.
    func settle(_ place: Sen2Place, age: Int, on day: CalendarDay) -> Settled {
        var settled = Settled()
        let given = [place.urn > 0, place.ukprn > 0, !place.kind.isEmpty].count { $0 }
        if given == 0 { settled.faults.append((.l3Nothing, "")) }
        if given > 1 { settled.faults.append((.l3Several, "")) }
        if place.urn > 0 {
            if let found = register.find(urn: place.urn, on: day) {
                school(found, place, age, &settled)
                return settled
            }
            settled.faults.append((.l4Urn, String(place.urn)))
        }
        if place.ukprn > 0 {
            if let found = register.find(provider: place.ukprn, on: day) {
                school(found, place, age, &settled)
                return settled
            }
            settled.faults.append((.l4Ukprn, String(place.ukprn)))
        }
        if !place.kind.isEmpty {
            kind(place.kind, age, &settled)
        } else if place.ukprn > 0 {
            settled.setting = age >= Self.collegeAge ? "FE" : "EOT"
        } else if place.urn > 0 {
            settled.setting = "EOT"
        }
        return settled
    }

    private func kind(_ kind: String, _ age: Int, _ settled: inout Settled) {
        settled.setting = Sen2Layout.standard.meaning(of: kind, "sensetting") ?? Classification.notRecorded
        if kind == "NEET" && age < Self.collegeAge { settled.faults.append((.l9Neet, kind)) }
        if kind == "EYP" && age > Self.oldestEarly { settled.faults.append((.l9Early, kind)) }
    }

    private func school(_ found: Establishments.Found, _ place: Sen2Place, _ age: Int, _ settled: inout Settled) {
        let school = register.all[found.place]
        settled.school = found.place
        settled.isOutside = school.authority != authority
        let urn = String(school.urn)
        if found.isSuccessor || found.isClosed { settled.faults.append((.l5Closed, String(place.urn))) }
        if found.isNotOpenYet { settled.faults.append((.l5New, urn)) }
        if types.settings[school.type] == nil || types.unclear.contains(school.type) {
            settled.faults.append((.l6Type, urn))
        }
        if let ages = school.ages, age < ages.lowerBound - 1 || age > ages.upperBound + 1 {
            settled.faults.append((.l6Age, urn))
        }
        settled.setting = types.settings[school.type] ?? "EOT"
        let (isUnit, isResourced) = (place.isUnit == true, place.isResourced == true)
        guard types.withBases.contains(school.type) else {
            if isUnit || isResourced { settled.faults.append((.l7Type, urn)) }
            return
        }
        if place.isUnit == nil && place.isResourced == nil { settled.faults.append((.l7Empty, urn)) }
        guard isUnit || isResourced else { return }
        if isUnit && isResourced { settled.faults.append((.l7Both, urn)) }
        let hasIt = (isUnit && school.hasUnit) || (isResourced && school.hasResourced)
        if !hasIt && register.capacities[found.place] != nil { settled.faults.append((.l7NoBase, urn)) }
        settled.setting = isUnit && !(isResourced && school.hasResourced && !school.hasUnit) ? "SU" : "RP"
    }
}
