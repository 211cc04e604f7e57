import Intake
import Rates
import Vocabulary

/// An authority's model, calibrated from published tables: base cohort, rates, population, and what was assumed.
public struct CalibratedAuthority: Sendable {
    /// What an analyst may choose.
    public struct Choices: Sendable {
        /// The share that moves between provision groups for no net effect, at ages between phases.
        public var turnover = 0.02
        /// England's growth of joiners in the coming year as a factor, where it is stated.
        public var nationalGrowth: Double?
        /// Whether settings follow the forecast of shares where there is one, or flows alone.
        public var mix = ModelDescription.Mix.forecast
        /// How many years are projected: as many as forecasts were tested for.
        public var horizon = 5

        /// The choices that Sendcast makes.
        public init() {}
    }

    /// Plans that arrive per plan of the age before, by arriving age.
    public struct Arrivals: Sendable, Equatable {
        /// From other authorities.
        public var transferred = [Double](repeating: 0, count: SchoolAge.all.count)
        /// Without a recorded start.
        public var unrecorded = [Double](repeating: 0, count: SchoolAge.all.count)
    }

    /// The yearly step of the logarithm by which joiners of each need stray by themselves from the growth of all: a judgement,
    /// for one January of needs does not show it.
    public static let needGrowthDeviation = 0.04

    /// The authority.
    public let area: NationalRelease.Area
    /// The settings, unrecorded ones apart.
    public let settings: [Classification.Setting]
    /// The needs.
    public let needs: [Classification.Need]
    /// The base January.
    public let january: Int
    /// The cohort by cell.
    public let cohort: [Int32]
    /// Its rates.
    public let rates: GivenRates
    /// What arrives besides joiners; ``rates`` has the two together by cell.
    public let arrivals: Arrivals
    /// What becomes of requests; `nil` where the release does not have them by age.
    public let assessments: AssessmentCalibration?
    /// The shares that settings follow; `nil` where flows alone decide.
    public let mix: FollowedMix?
    /// People by January and age, from the base on.
    public let population: JanuaryPopulation
    /// What was noticed.
    public let findings: [Finding]
    /// What was assumed, for the assumptions log.
    public let assumptions: [AssumptionLog.Entry]
    /// How near the cohort comes to the published tables.
    public let fit: CohortFit

    /// The space of the cohort.
    public var space: StateSpace { rates.space }
}

/// How near a whole-number cohort comes to the tables that were published.
public struct CohortFit: Sendable, Equatable {
    /// The published total less the cohort's.
    public let total: Double
    /// The largest difference of a one-way margin (age, need, setting) from the margin that was aimed at.
    public let oneWay: Double
    /// The largest difference of a cell of a two-way table.
    public let twoWay: Double
    /// The 99th percentile of the differences of two-way tables.
    public let twoWay99: Double
}
