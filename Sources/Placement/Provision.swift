import Projection
import Vocabulary

/// A school, base or pool of places, and who may have one.
package struct Provision: Sendable, Equatable {
    /// Who may have some of its places.
    package struct Designation: Sendable, Hashable {
        /// Positions of the settings that it serves.
        package let settings: [Int]
        /// Positions of the needs that it is for.
        package let needs: [Int]
        /// Ages on 31 August.
        package let ages: ClosedRange<Int>

        /// Says who.
        package init(settings: [Int], needs: [Int], ages: ClosedRange<Int>) {
            self.settings = settings
            self.needs = needs
            self.ages = ages
        }

        func takes(age: Int, need: Int, setting: Int) -> Bool {
            ages.contains(age) && needs.contains(need) && settings.contains(setting)
        }
    }

    /// Places that open, or that close where they are fewer than zero.
    package struct Change: Sendable, Equatable {
        /// The September; it shows in the January after it.
        package let september: Int
        /// How many, for children of this authority.
        package let places: Int
        /// How many more children it takes beyond them.
        package let overfill: Int
        /// Which scheme, where its opening may be delayed; `nil` where the September is certain.
        package let scheme: Int?

        /// Says how many and when.
        package init(september: Int, places: Int, overfill: Int = 0, scheme: Int? = nil) {
            self.september = september
            self.places = places
            self.overfill = overfill
            self.scheme = scheme
        }
    }

    /// Places that one designation holds for.
    package struct Tranche: Sendable, Equatable {
        /// Who may have them.
        package let designation: Designation
        /// When they open and close.
        package var changes: [Change]
        /// How many children of this authority have one at the base; `nil` where nobody says.
        package var onRoll: Int?

        /// Says who and when.
        package init(_ designation: Designation, _ changes: [Change], onRoll: Int? = nil) {
            self.designation = designation
            self.changes = changes
            self.onRoll = onRoll
        }
    }

    /// What it is called.
    package let name: String
    /// The number of the locality that its places are counted in; `nil` where it lies in none.
    package var locality: Int?
    /// Its places.
    package var tranches: [Tranche]

    /// Names a provision.
    package init(name: String, locality: Int? = nil, tranches: [Tranche]) {
        self.name = name
        self.locality = locality
        self.tranches = tranches
    }

    /// The same as it is in a January, for ever and with no over-fill.
    func frozen(at january: Int) -> Provision {
        Provision(
            name: name, locality: locality,
            tranches: tranches.map { tranche in
                Tranche(
                    tranche.designation,
                    tranche.changes.filter { $0.september < january }.map {
                        Change(september: $0.september, places: $0.places, scheme: $0.scheme)
                    }, onRoll: tranche.onRoll)
            })
    }

    /// Opens or closes places of a designation.
    package mutating func add(_ change: Change, _ designation: Designation) {
        if let place = tranches.firstIndex(where: { $0.designation == designation }) {
            tranches[place].changes.append(change)
        } else {
            tranches.append(Tranche(designation, [change]))
        }
    }

    /// Says how many children have the places of a designation at the base; `nil` where nobody knows.
    package mutating func enrol(_ children: Int?, _ designation: Designation) {
        if let place = tranches.firstIndex(where: { $0.designation == designation }) {
            tranches[place].onRoll = children
        }
    }
}

extension [Provision] {
    /// Whether some provision takes children of an age, need and setting, so that they can find it full.
    package func areLimited(age: Int, need: Int, setting: Int) -> Bool {
        contains { provision in
            provision.tranches.contains { $0.designation.takes(age: age, need: need, setting: setting) }
        }
    }
}

/// A change of the places of some provisions by a lever, as far as it is not a scheme.
package struct PlacesChange: LeverChange, Sendable, Equatable {
    /// Positions of the provisions.
    package let provisions: [Int]
    /// Whether those who sit there must go too: they ask for another place, then go where the displaced go.
    package let isClosure: Bool
    /// What happens to their places.
    package var effect: Effect

    /// States a change.
    package init(of provisions: [Int], isClosure: Bool = false, _ effect: Effect) {
        self.provisions = provisions
        self.isClosure = isClosure
        self.effect = effect
    }
}

/// Settings that take nobody for want of a place elsewhere, for they are closed.
package struct SettingClosure: Sendable, Equatable {
    /// Positions of the settings.
    package let settings: [Int]
    /// The Januaries in which they are closed.
    package let januaries: ClosedRange<Int>

    /// States a closure.
    package init(settings: [Int], januaries: ClosedRange<Int>) {
        self.settings = settings
        self.januaries = januaries
    }
}
