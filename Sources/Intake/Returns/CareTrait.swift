/// What children in care differ by beside age, reason and placement: shares of a placement, not places of their own.
public enum CareTrait: String, CaseIterable, Sendable {
    /// Placed more than 20 miles from home and outside the authority.
    case far = "beyond 20 miles"
    /// Placed outside the authority.
    case outside = "outside the area"
    /// Placed with the authority's own provision.
    case own = "own provision"
    /// Placed with a private provider.
    case privately = "private provider"
    /// Placed with a voluntary body.
    case voluntary = "voluntary provider"
    /// Placed together with a parent, or as one.
    case family = "parent and child"
    /// The only child of the authority in its home.
    case alone = "only child of the authority in a home"
    /// The only child in the placement, with staff of its own.
    case solo = "solo placement"
    /// Placed where Ofsted has registered nobody.
    case unregistered = "unregistered"

    /// The most miles from home that are not far.
    static let nearest = 20.0
}

extension CareCodes {
    /// What a row says of a child's placement; what it leaves open is left out.
    func traits(_ row: CareReturn.Row) -> [CareTrait: Bool] {
        var known: [CareTrait: Bool] = [.family: trait(row.place) == .family]
        if knows(row.provider, .provider) && row.provider != "PR0" {
            for one in [CareTrait.own, .privately, .voluntary] { known[one] = trait(row.provider) == one }
        }
        if ["IN", "OUT"].contains(row.location) { known[.outside] = trait(row.location) == .outside }
        if let miles = Double(row.distance), miles.isFinite, miles >= 0 {
            known[.far] = miles > CareTrait.nearest && row.location != "IN"
        }
        return known
    }
}
