import Sampling

/// What enters each setting is multiplied by in a year (``SettingMix``), and what that makes of a row's odds of moving and of its shares of
/// destinations. Without a mix all is as it was.
struct SettingTilts {
    /// How many years are told apart; after them the last ones stay.
    let years: Int
    /// By setting: those of the year, and ones.
    private(set) var now: UnsafePointer<Float>
    let none: UnsafePointer<Float>
    /// Of all years.
    private let all: UnsafePointer<Float>
    /// What they multiply the odds of moving by, by row: of the year, and of all years.
    private var oddsNow: UnsafePointer<Float>
    private let odds: UnsafePointer<Float>
    /// What makes a row's tilted shares of destinations sum to 1: rows × years.
    private let scales: UnsafeMutablePointer<Lanes>
    private let (settings, rows): (Int, Int)
    private var year = 0

    init(_ setup: SimulationSetup, in arena: Arena) {
        let space = setup.model.space
        (years, settings, rows) = (setup.tiltedYears, space.setting.count, space.count)
        none = UnsafePointer(arena.array(settings, of: 1))
        all = arena.array(setup.model.tilts.prefix(years).flatMap { $0.map(Float.init) })
        odds = arena.array(setup.tiltedOdds)
        scales = arena.room(years * rows)
        (now, oddsNow) = (none, odds)
    }

    /// Whether there are any.
    @inline(__always)
    var isActive: Bool { years > 0 }

    /// Begins a year.
    /// - Returns: whether its tilts are others than those of the year before.
    mutating func begin(year: Int) -> Bool {
        if !isActive { return false }
        self.year = min(year, years - 1)
        now = all + self.year * settings
        oddsNow = odds + self.year * rows
        return year == self.year
    }

    /// The share of movers of a row, tilted.
    @inline(__always)
    func moving(_ share: Lanes, row: Int) -> Lanes { isActive ? share.withOdds(times: oddsNow[row]) : share }

    /// What makes the year's weights of a row's destinations sum to 1.
    @inline(__always)
    func scale(row: Int) -> Lanes { isActive ? scales[row * years + year] : Lanes(repeating: 1) }

    /// Works out the scales of a row whose shares have been drawn.
    func setScales(row: Int, _ shares: UnsafePointer<Lanes>, _ order: UnsafePointer<UInt8>, count: Int) {
        for year in 0..<years {
            let tilts = all + year * settings
            var sum = Lanes()
            for index in 0..<count { sum += shares[index] * Lanes(repeating: tilts[Int(order[index])]) }
            scales[row * years + year] = (1 / sum).replacing(with: Lanes(), where: sum .<= 0)
        }
    }
}
