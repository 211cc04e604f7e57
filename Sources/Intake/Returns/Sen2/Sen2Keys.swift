import Formats
import Vocabulary

/// What a person is known by in one return, the best first.
struct Sen2Keys {
    /// How well a key tells people apart.
    enum Kind: Int, CaseIterable {
        case permanentUPN = 1
        case uln
        case otherUPN
        case names
        case postcode

        /// Whether a join by it wants another fact that agrees.
        var isWeak: Bool { self == .names || self == .postcode }
    }

    private var keys: [Withheld<String>?]

    subscript(kind: Kind) -> Withheld<String>? {
        get { keys[kind.rawValue - 1] }
        set { keys[kind.rawValue - 1] = newValue }
    }

    /// The keys of a person, and what is wrong with its numbers.
    init(_ person: Sen2Row.Person) {
        let isPermanent = person.upn?.derive { UPNShape($0) == .permanent } ?? false
        let uln = person.uln.flatMap { $0.derive(Self.isULN) ? $0 : nil }
        let (names, postcode) = Self.names(person)
        keys = [isPermanent ? person.upn : nil, uln, isPermanent ? nil : person.upn, names, postcode]
    }

    /// Faults of the numbers themselves.
    static func faults(_ person: Sen2Row.Person) -> [Sen2Fault] {
        var faults: [Sen2Fault] = []
        if person.upn == nil && person.uln == nil { faults.append(.p4Empty) }
        switch person.upn?.derive({ UPNShape($0) }) {
        case .malformed: faults.append(.p4Malformed)
        case .wrongLetter: faults.append(.p4Letter)
        case .temporary: faults.append(.p4Temporary)
        case .permanent, nil: break
        }
        if let uln = person.uln, !uln.derive(isULN) { faults.append(.p4Uln) }
        return faults
    }

    /// The best key, for the pseudonym; `nil` of a person without any.
    var best: (kind: Kind, key: Withheld<String>)? {
        Kind.allCases.lazy.compactMap { kind in self[kind].map { (kind, $0) } }.first
    }

    private static func names(_ person: Sen2Row.Person) -> (Withheld<String>?, Withheld<String>?) {
        let born = person.born?.derive { "\($0.number)" }
        guard let born else { return (nil, nil) }
        func letters(_ text: Withheld<String>) -> String { text.derive(Self.capitals) }
        let (surname, forename) = (letters(person.surname), letters(person.forename))
        let postcode = person.postcode.derive { PostcodeLookup.plain($0) }
        if forename.isEmpty { return (nil, nil) }
        return (
            surname.isEmpty ? nil : Withheld("\(born) \(surname) \(forename)"),
            postcode.isEmpty ? nil : Withheld("\(born) \(forename) \(postcode)")
        )
    }

    /// The letters of a text, in capitals.
    private static func capitals(_ text: String) -> String {
        // Names that have nothing but English letters need none of Unicode's tables.
        let upper = text.uppercased()
        if upper.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) { return upper }
        return upper.filter(\.isLetter)
    }

    /// A learner number: ten digits, the last of which follows from the others.
    static func isULN(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 10, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
        let remainder = zip(digits, (2...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 } % 11
        return remainder != 0 && digits[9] == 10 - remainder
    }
}

/// Whether a pupil number can be one.
enum UPNShape {
    case permanent, temporary, wrongLetter, malformed

    private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var digits = bytes.dropFirst().map { Int($0) - 0x30 }
        var isTemporary = false
        if bytes.count == 13, let last = Self.letters.firstIndex(of: bytes[12]) {
            digits[11] = last
            isTemporary = true
        }
        guard bytes.count == 13, digits.dropLast().allSatisfy({ (0...9).contains($0) }),
            isTemporary || (0...9).contains(digits[11])
        else {
            self = .malformed
            return
        }
        let sum = zip(digits, 2...13).reduce(0) { $0 + $1.0 * $1.1 }
        self = Self.letters[sum % 23] != bytes[0] ? .wrongLetter : isTemporary ? .temporary : .permanent
    }
}
