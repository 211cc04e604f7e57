import Formats

/// What stands for people in files that are written: keyed digests of what they are known by, which only who has the key can make.
struct Sen2Pseudonyms {
    private let digest: KeyedDigest
    private let identities: Sen2Identities

    init(_ digest: KeyedDigest, _ identities: Sen2Identities) {
        self.digest = digest
        self.identities = identities
    }

    /// The pseudonym of a row's person: the first 16 digits of the digest of the best key that it has in its return, so that later returns
    /// change nothing.
    subscript(person: Sen2PersonRow) -> String {
        let row = identities.standsFor[person.place][person.row]
        let digits = Array("0123456789abcdef")
        func short(_ text: String) -> String {
            String(digest.digest(of: text.utf8).prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
        guard let best = identities.keys[person.place][row].best else {
            let one = identities.returns[person.place]
            return short("row \(one.year) \(one.tables.persons[row].line)")
        }
        return best.key.derive { short("\(best.kind.rawValue) \($0)") }
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
