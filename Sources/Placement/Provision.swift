import Projection
import Sampling
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
        /// How many steps of a year after its first month they open, where a year has several.
        package let month: Int

        /// Says how many and when.
        package init(september: Int, places: Int, overfill: Int = 0, scheme: Int? = nil, month: Int = 0) {
            self.september = september
            self.month = month
            self.places = places
            self.overfill = overfill
            self.scheme = scheme
        }
    }

    /// The share of places of a designation that can be filled from a September on, whatever children ask for one: a bed is not a place for
    /// every child.
    package struct Fill: Sendable, Equatable {
        /// The September.
        package let september: Int
        /// The share, drawn once per run; those of a provision have the same quantile.
        package let share: UncertainNumber

        /// States a share.
        package init(september: Int, share: UncertainNumber) {
            self.september = september
            self.share = share
        }
    }

    /// Places that one designation holds for.
    package struct Tranche: Sendable, Equatable {
        /// Who may have them.
        package let designation: Designation
        /// When they open and close.
        package var changes: [Change]
        /// Which share of them can be filled, schemes apart, in the order of Septembers; all of them before the first.
        package var fills: [Fill] = []
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
                var frozen = Tranche(
                    tranche.designation,
                    tranche.changes.filter { $0.september < january }.map {
                        Change(september: $0.september, places: $0.places, scheme: $0.scheme)
                    }, onRoll: tranche.onRoll)
                frozen.fills = tranche.fills.filter { $0.september < january }
                return frozen
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

    /// Says which share of the places of a designation can be filled from a September on.
    package mutating func fill(_ fill: Fill, _ designation: Designation) {
        if let place = tranches.firstIndex(where: { $0.designation == designation }) {
            tranches[place].fills.append(fill)
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
    /// Places of a setting that are open in a January and can be filled, as is likeliest, and how many children may come beyond them.
    package func open(in setting: Int, january: Int) -> (places: Int, overfill: Int) {
        var (places, overfill) = (0.0, 0)
        for tranche in flatMap(\.tranches) where tranche.designation.settings.contains(setting) {
            let changes = tranche.changes.filter { $0.september < january }
            let fill = tranche.fills.last { $0.september < january }?.share.likely ?? 1
            places += fill * Double(changes.reduce(0) { $0 + $1.places })
            overfill += changes.reduce(0) { $0 + $1.overfill }
        }
        return (Int(places.rounded()), overfill)
    }

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
    /// When they are closed.
    package let effect: Effect

    /// States a closure.
    package init(settings: [Int], _ effect: Effect) {
        self.settings = settings
        self.effect = effect
    }
}
