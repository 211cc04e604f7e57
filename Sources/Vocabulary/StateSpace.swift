/// One of the things that are distinguished about a person: its name and the values it takes.
///
/// For plans these are need and setting; for children in care they are reason and placement.
public struct Dimension: Hashable, Sendable {
    /// The name of the column in tables.
    public let name: String
    /// The codes of the values, in the order in which tables print them.
    public let codes: [String]

    private let positions: [String: Int]

    /// Names a dimension.
    /// - Precondition: the codes differ from each other and there is at least one.
    public init(name: String, codes: [String]) {
        precondition(!codes.isEmpty, "dimension \(name) has no values")
        self.name = name
        self.codes = codes
        positions = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        precondition(positions.count == codes.count, "dimension \(name) repeats a code")
    }

    /// How many values it has.
    public var count: Int { codes.count }

    /// Where a code stands, or `nil` where the dimension lacks it.
    public func position(of code: String) -> Int? { positions[code] }
}

/// The cells that a cohort is counted in: age by need by setting, or the same three of another service.
///
/// Ages advance by themselves, the need stays, the setting is what people move between. Cells are numbered age first,
/// then need, then setting: `(age · needs + need) · settings + setting`.
public struct StateSpace: Hashable, Sendable {
    /// What is projected.
    public let service: Service
    /// How many ages there are, in steps of the service: years, or months. They go from 0 to one less than this.
    public let ages: Int
    /// What a person keeps from year to year: primary need, or reason for care.
    public let need: Dimension
    /// What a person moves between: setting, or placement.
    public let setting: Dimension

    /// Names the three dimensions.
    public init(
        ages: Int = SchoolAge.all.count, need: Dimension, setting: Dimension, service: Service = .plans
    ) {
        precondition(ages > 0, "a state space of \(ages) ages")
        self.service = service
        self.ages = ages
        self.need = need
        self.setting = setting
    }

    /// How many steps a year is divided into.
    public var stepsPerYear: Int { service.stepsPerYear }

    /// How many ages there are in years, the last of them begun.
    public var years: Int { (ages + stepsPerYear - 1) / stepsPerYear }

    /// An age in whole years.
    public func year(ofAge age: Int) -> Int { age / stepsPerYear }

    /// The ages in steps that belong to an age in years; all where none is named.
    public func ages(ofYear year: Int?) -> Range<Int> {
        guard let year else { return 0..<ages }
        return year * stepsPerYear..<min((year + 1) * stepsPerYear, ages)
    }

    /// Counts people of an age in years by their age in steps: birthdays are spread evenly over the year, and begin elsewhere in it for each
    /// need and setting.
    public func spread(_ people: Int, year: Int, need: Int, setting: Int, over counts: inout [Int32]) {
        let ages = ages(ofYear: year)
        let turn = 5 * (need * self.setting.count + setting)
        for person in 0..<people {
            let step = ((2 * person + 1) * ages.count / (2 * people) + turn) % ages.count
            counts[cell(age: ages.lowerBound + step, need: need, setting: setting)] += 1
        }
    }

    /// Ages in years as ages in steps.
    public func ages(ofYears years: ClosedRange<Int>) -> ClosedRange<Int> {
        years.lowerBound * stepsPerYear...(years.upperBound + 1) * stepsPerYear - 1
    }

    /// How many cells there are.
    public var count: Int { ages * cellsPerAge }

    /// How many cells each age has: needs times settings.
    public var cellsPerAge: Int { need.count * setting.count }

    /// The number of a cell.
    public func cell(age: Int, need: Int, setting: Int) -> Int {
        (age * self.need.count + need) * self.setting.count + setting
    }

    /// The age, need and setting of a cell.
    public func coordinates(of cell: Int) -> (age: Int, need: Int, setting: Int) {
        let (row, setting) = cell.quotientAndRemainder(dividingBy: self.setting.count)
        let (age, need) = row.quotientAndRemainder(dividingBy: self.need.count)
        return (age, need, setting)
    }
}

extension StateSpace {
    /// A stable key of a need and a setting, made from their codes: adding a code to a model changes no other key.
    ///
    /// FNV-1a of the UTF-8 of both codes, 32 bits.
    public func key(need: Int, setting: Int) -> UInt32 {
        stableKey(self.need.codes[need], self.setting.codes[setting])
    }

    /// Pairs of cells whose stable keys collide; draws of such cells would repeat each other.
    public func keyCollisions() -> [(String, String)] {
        var seen: [UInt32: String] = [:]
        var collisions: [(String, String)] = []
        for need in 0..<need.count {
            for setting in 0..<setting.count {
                let name = "\(self.need.codes[need]), \(self.setting.codes[setting])"
                if let other = seen.updateValue(name, forKey: key(need: need, setting: setting)) {
                    collisions.append((other, name))
                }
            }
        }
        return collisions
    }
}

/// FNV-1a over the UTF-8 of some codes with a separator after each, 32 bits
/// (Fowler, Noll and Vo, draft-eastlake-fnv).
public func stableKey(_ codes: String...) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for code in codes {
        for byte in code.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        hash = (hash ^ 0xFF) &* 16_777_619
    }
    return hash
}
