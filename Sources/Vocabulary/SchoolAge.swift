/// An age in whole years on 31 August before the academic year: a plan can be held from 0 to 25.
public struct SchoolAge: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The ages at which a plan can be in force (Children and Families Act 2014, part 3).
    public static let all: ClosedRange<Int> = 0...25

    /// Whole years on 31 August.
    public let years: Int

    /// An age in ``all``, or `nil`.
    public init?(years: Int) {
        guard Self.all.contains(years) else { return nil }
        self.years = years
    }

    /// The age of a national curriculum year: Reception is 0 and means age 4; Year 11 means age 15.
    public init?(curriculumYear: Int) {
        guard (-4...21).contains(curriculumYear) else { return nil }
        self.init(years: curriculumYear + 4)
    }

    /// The national curriculum year: age less 4.
    public var curriculumYear: Int { years - 4 }

    /// Orders by years.
    public static func < (one: SchoolAge, other: SchoolAge) -> Bool { one.years < other.years }

    /// The years.
    public var description: String { String(years) }
}

/// A band of ages, both ends included.
public struct AgeBand: Hashable, Sendable {
    /// What the band is called in tables.
    public let name: String
    /// The ages in it.
    public let ages: ClosedRange<Int>

    /// Names a range of ages.
    public init(_ name: String, _ ages: ClosedRange<Int>) {
        self.name = name
        self.ages = ages
    }

    /// The five bands of the statutory return on plans (SEN2) and of the DSG management plan, by age on 31 August.
    public static let statutory: [AgeBand] = [
        AgeBand("under 5", 0...4), AgeBand("5 to 10", 5...10), AgeBand("11 to 15", 11...15),
        AgeBand("16 to 19", 16...19), AgeBand("20 to 25", 20...25),
    ]
}
