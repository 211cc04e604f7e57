/// What a draw decides. A draw is named by its purpose, never by the order in which code asked for it.
public enum Purpose: UInt32, Sendable {
    /// Whether each child of a small cell leaves, moves or stays.
    case fates = 1
    /// How many of a large cell leave.
    case leavers = 2
    /// How many of a large cell move.
    case movers = 3
    /// How many movers of a large cell choose a destination.
    case destinations = 4
    /// How many join a cell.
    case joiners = 5
    /// The year's shock to all joiners.
    case joinerShock = 6
    /// How many arrive in a cell from other authorities.
    case arrivals = 7
    /// How many of a cell's leavers go to another authority.
    case transfers = 8
    /// How many of a cell change their primary need.
    case reclassification = 9
    /// What follows the first sixteen bits of the numbers that decide children one by one.
    case fineFates = 10
    /// A run's rate of leaving.
    case leavingRate = 16
    /// A run's rate of moving.
    case movingRate = 17
    /// A run's shares of destinations.
    case destinationShares = 18
    /// A run's rate of joining.
    case joiningRate = 19
    /// A run's shares of needs among joiners.
    case needShares = 20
    /// A run's shares of settings among joiners.
    case entryShares = 21
    /// A run's shares of needs among those whose need is reviewed.
    case reclassifiedShares = 22
    /// By how much a run's rates are out as a whole.
    case deviations = 23
    /// A path of growth.
    case growth = 24
    /// What becomes of requests for an assessment.
    case assessments = 25
    /// How large a lever is.
    case levers = 26
    /// Who of those who ask gets a place, and where the others go.
    case places = 27
    /// How late a scheme opens, and what it costs.
    case schemes = 28
    /// Which children with an unmet wish stay, move or ask again.
    case wishes = 29
    /// What a line of spend costs.
    case prices = 30
    /// Arrivals and what each child brings to a queue.
    case queues = 31
    /// Where leavers go.
    case routes = 34
    /// The posterior of the rates.
    case fitting = 32
    /// A synthetic authority.
    case synthesis = 33
    /// Which share of the displaced goes where.
    case overflow = 35
    /// How far spend of a month lies from its share of the year.
    case months = 36
    /// What comes in, and how a balance opens.
    case income = 37
    /// Which shares of children live where, and in which area a child lives.
    case areas = 38
    /// Who of those who left care is still helped, and where they live.
    case careLeavers = 39
    /// How many pupils start on SEN support, leave it, and go on to a plan.
    case support = 50
    /// How many people a stated rate is of.
    case prevalence = 51
    /// What becomes of refusals and of disputes.
    case law = 52
    /// Which share of a line somebody else pays.
    case payers = 53
    /// Which share of a stage on the way into care goes on to the next.
    case frontDoor = 54
    /// Anything else: tests, tools.
    case other = 255
}

/// A sequence of random words named by seed, run, year, purpose, state and index; a value, so that it can be replayed.
public struct RandomStream: RandomNumberGenerator, Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline var counter: SIMD4<UInt32>
    @usableFromInline var words = SIMD4<UInt32>()
    @usableFromInline var used = 4

    /// Names a stream.
    /// - Parameters:
    ///   - seed: the key of the generator.
    ///   - run: the number of the run, from 0.
    ///   - year: the calendar year decided about, 0...65,535; 0 where the draw belongs to no year.
    ///   - purpose: what is decided.
    ///   - state: a stable key of the state decided about.
    public init(seed: UInt64, run: UInt32 = 0, year: Int = 0, deciding purpose: Purpose, state: UInt32 = 0) {
        key = Self.key(of: seed)
        counter = SIMD4(run, Self.subject(year: year, purpose: purpose), state, 0)
    }

    /// The generator's key of a seed.
    public static func key(of seed: UInt64) -> SIMD2<UInt32> {
        SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    }

    /// The counter word that says what is decided, and for which year and age.
    /// - Precondition: the year is in 0...65,535 and the age in 0...255.
    public static func subject(year: Int, purpose: Purpose, age: Int = 0) -> UInt32 {
        precondition((0...65_535).contains(year) && (0...255).contains(age), "year \(year), age \(age)")
        return UInt32(year) << 16 | purpose.rawValue << 8 | UInt32(age)
    }

    /// The next 32 random bits.
    @inlinable
    public mutating func nextWord() -> UInt32 {
        if used == 4 {
            words = Philox.words(counter: counter, key: key)
            counter[3] &+= 1
            used = 0
        }
        defer { used += 1 }
        return words[used]
    }

    /// The next sixteen words, made together.
    /// - Precondition: nothing is left of four words that were made before: words were taken four by four.
    @inlinable
    public mutating func nextSixteen() -> SIMD16<UInt32> {
        precondition(used == 4, "words were left")
        defer { counter[3] &+= 4 }
        return Philox.sixteenWords(counter: counter, key: key)
    }

    /// The next 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        let low = UInt64(nextWord())
        return UInt64(nextWord()) << 32 | low
    }

    /// Uniform on the open interval (0, 1), 52 bits, symmetric about a half.
    @inlinable
    public mutating func uniform() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// Uniform on the open interval (0, 1), 23 bits.
    @inlinable
    public mutating func uniform32() -> Double {
        Double(nextWord() >> 9) * 0x1p-23 + 0x1p-24
    }
}
