import Formats
import Vocabulary

/// The postcodes of those who have a plan on a census day.
struct Sen2Homes {
    fileprivate struct Home {
        let state: Sen2State
        let row: Int
        let postcode: Withheld<String>
    }

    fileprivate let homes: [Home]
    fileprivate let day: CalendarDay
    fileprivate let place: Int

    /// - Parameter place: the position of the return.
    init(_ census: Sen2Census, _ stock: Sen2Stock, _ place: Int) {
        self.place = place
        day = stock.day
        let persons = census.returns[place].tables.persons
        homes = stock.states.sorted { $0.key < $1.key }.compactMap { person, state in
            census.people.rows[person][place].map { row in
                Home(
                    state: state, row: row,
                    postcode: persons[row].postcode.derive { Withheld(PostcodeLookup.plain($0)) })
            }
        }
    }

    /// Every postcode.
    var postcodes: Set<Withheld<String>> { Set(homes.map(\.postcode)) }
}

/// In which areas the children of the last census live; their postcodes are not kept.
package struct Sen2Localities: Sendable {
    /// What areas divide.
    package let sets: [String]
    /// Plans in force on the census day, and the area of each set; `nil` where none is known.
    package let children: [(state: Sen2State, areas: [String?])]
    /// The lookups, by the names of their files.
    package let names: [String]
    package let day: CalendarDay

    /// - Parameter faults: where plans without an area go.
    init(_ lookup: PostcodeLookup, _ homes: Sen2Homes, _ faults: inout Sen2Faults) {
        sets = lookup.sets
        day = homes.day
        names = lookup.sources.map { $0.name.split(separator: "/").last.map(String.init) ?? "" }
        var children: [(state: Sen2State, areas: [String?])] = []
        for home in homes.homes {
            let found = lookup[home.postcode]
            let areas = lookup.sets.indices.map { set in found.flatMap { $0[set].isEmpty ? nil : $0[set] } }
            children.append((home.state, areas))
            let isEmpty = home.postcode == Withheld("")
            let fault: Sen2Fault? =
                isEmpty ? .a1NoPostcode : found == nil ? .a2NotFound : areas.contains(nil) ? .a3NoArea : nil
            if let fault { faults.add(fault, homes.place, .person, home.row) }
        }
        self.children = children
    }
}

extension Sen2Records {
    /// How many plans of the last census have an area in each set, and how many areas the set has; empty without a lookup.
    public var counted: [(set: String, areas: Int, plans: Int)] {
        guard let localities else { return [] }
        return localities.sets.indices.map { set in
            let areas = localities.children.compactMap { $0.areas[set] }
            return (localities.sets[set], Set(areas).count, areas.count)
        }
    }
}
