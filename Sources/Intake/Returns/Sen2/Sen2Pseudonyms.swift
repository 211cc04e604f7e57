import Formats

/// What stands for people in files that are written: keyed digests of what they are known by, which only who has the key can make.
struct Sen2Pseudonyms {
    private let digest: KeyedDigest
    private let identities: Sen2Identities

    init(_ digest: KeyedDigest, _ identities: Sen2Identities) {
        self.digest = digest
        self.identities = identities
    }

    /// The pseudonym of a row's person, from the best key that it has in its return, so that later returns change nothing.
    subscript(person: Sen2PersonRow) -> String {
        let row = identities.standsFor[person.place][person.row]
        guard let best = identities.keys[person.place][row].best else {
            let one = identities.returns[person.place]
            return digest.pseudonym(of: "row \(one.year) \(one.tables.persons[row].line)")
        }
        return best.key.derive { digest.pseudonym(of: "\(best.kind.rawValue) \($0)") }
    }

    /// The people of all returns by pseudonym and return.
    var people: [String: [Int: Int]] {
        var people: [String: [Int: Int]] = [:]
        for (place, one) in identities.returns.enumerated() {
            for row in one.tables.persons.indices where identities.standsFor[place][row] == row {
                people[self[Sen2PersonRow(place: place, row: row)], default: [:]][place] = row
            }
        }
        return people
    }
}
