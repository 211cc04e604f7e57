import Formats
import Foundation
import Vocabulary

/// A phase of school in which pupils have SEN support.
public enum SupportPhase: String, CaseIterable, Sendable {
    case primary, secondary

    /// The ages of its pupils on 31 August: Reception to Year 6, and Years 7 to 11.
    public var ages: ClosedRange<Int> { self == .primary ? 4...10 : 11...15 }
    /// The ages at which a plan begins for somebody who was in the phase the January before.
    public var agesAfter: ClosedRange<Int> { ages.lowerBound + 1...ages.upperBound + 1 }
    /// Its band of ages among those of plans.
    public var band: ClosedRange<Int> { self == .primary ? 5...10 : 11...15 }
}

/// A row of `support.csv`: pupils with SEN support in a January, by phase and need.
public struct SupportRow: ModelRow, Sendable, Equatable {
    /// The January.
    public internal(set) var january: Int
    /// The phase.
    public internal(set) var phase: SupportPhase
    /// The code of the need; empty for all.
    public internal(set) var need: String
    /// Pupils with SEN support.
    public internal(set) var pupils: Double
    /// People of the phase's ages in that January; `nil` where nobody says, and as many as at the base are taken.
    public internal(set) var people: Double?
    /// Where it is from.
    public internal(set) var source: String
    /// How good that is.
    public internal(set) var quality: AssumptionQuality

    /// States a count.
    public init(
        january: Int = 0, phase: SupportPhase = .primary, need: String = "", pupils: Double = 0,
        people: Double? = nil, source: String = "", quality: AssumptionQuality = .red
    ) {
        self.january = january
        self.phase = phase
        self.need = need
        self.pupils = pupils
        self.people = people
        self.source = source
        self.quality = quality
    }

    static let file = ModelFile.support

    static func columns(_ space: StateSpace) -> [TableColumn<SupportRow>] {
        [
            .year("january", \.january, .counted), .choice("phase", \.phase),
            .part("need", \.need, space.need.codes), .number("pupils", \.pupils, .count),
            .number("people", \.people, .count), .text("source", \.source, .required), .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[SupportRow]> {
        var lines: [String: Int] = [:]
        var read = TableReader.rows(file, columns(space), SupportRow()) { row, line, findings in
            findings.take("\(row.january)/\(row.phase)/\(row.need)", line: line, of: &lines)
            if let people = row.people, row.pupils > people {
                findings.add(
                    .error, line: line, column: "pupils", "there are more pupils with SEN support than people",
                    remedy: "Correct 'pupils' or 'people', or leave 'people' empty.")
            }
            findings.use.take(year: row.january)
        }
        read.findings += faults(of: read.value, file)
        return read
    }

    /// Needs that add up to more than all, and Januaries that lack a phase.
    private static func faults(of rows: [SupportRow], _ file: SourceFile) -> [Finding] {
        var findings = FindingList(of: file)
        for (january, rows) in Dictionary(grouping: rows, by: \.january).sorted(by: { $0.key < $1.key }) {
            for phase in SupportPhase.allCases {
                let here = rows.filter { $0.phase == phase }
                if here.isEmpty {
                    findings.add(
                        .error, column: "phase", "January \(january) has no row of the phase \(phase.rawValue)",
                        remedy: "Add it, or delete the January.")
                }
                let needs = here.filter { !$0.need.isEmpty }.reduce(0) { $0 + $1.pupils }
                guard let all = here.first(where: { $0.need.isEmpty })?.pupils, needs > all * Self.mostOfAll else {
                    continue
                }
                findings.add(
                    .error, column: "pupils",
                    "needs of January \(january), \(phase.rawValue), add up to \(Numerals.grouped(needs)), and all are \(Numerals.grouped(all))",
                    remedy: "Count each pupil once, by primary need.")
            }
        }
        return findings.findings
    }

    /// Rounded counts of needs may add up to a little more than all.
    private static let mostOfAll = 1.01
}

/// A row of `support-rates.csv`: what becomes of pupils with SEN support in a year.
public struct SupportRateRow: Sourced, Sendable, Equatable {
    /// What is stated.
    public enum Rate: String, CaseIterable, Sendable {
        /// The share of pupils with SEN support who are still of the phase's ages and no longer have it a year later, nor a plan.
        case leaving
        /// The share of new plans at the ages of a phase whose child had SEN support in it the January before.
        case fromSupport = "from-support"

        /// What it says, in words.
        package var statement: String {
            switch self {
            case .leaving:
                "the share of pupils with SEN support, still of the phase's ages, who have neither it nor a plan a year later"
            case .fromSupport: "the share of new plans whose child had SEN support the January before"
            }
        }
    }

    /// What is stated.
    public internal(set) var rate = Rate.leaving
    /// The phase; empty for both.
    public internal(set) var phase = ""
    /// The least.
    public internal(set) var low = 0.0
    /// The likeliest.
    public internal(set) var likely = 0.0
    /// The most.
    public internal(set) var high = 0.0
    /// Where its figures are from.
    public internal(set) var origin = Origin()

    static var columns: [TableColumn<SupportRateRow>] {
        .of(
            [
                .choice("rate", \.rate), .part("phase", \.phase, SupportPhase.allCases.map(\.rawValue)),
                .number("low", \.low, .share), .number("likely", \.likely, .share), .number("high", \.high, .share),
            ], .origin(\.origin))
    }

    /// Those that ship with Sendcast.
    public static let shipped = ShippedTable("support-rates.csv", PackageResources.support_rates_csv).sound(Self.read)

    static func read(_ file: SourceFile) -> Checked<[SupportRateRow]> {
        var lines: [String: Int] = [:]
        return TableReader.rows(file, columns, SupportRateRow()) { row, line, findings in
            if row.low > row.likely || row.likely > row.high {
                findings.add(
                    .error, line: line, column: "likely", "low, likely and high are not in order",
                    remedy: "Correct them.")
            }
            findings.take("\(row.rate)/\(row.phase)", line: line, of: &lines)
        }
    }
}

/// How SEN support grows: what authorities showed, in logarithms of the share of pupils. A data file that ships with Sendcast.
public struct SupportGrowth: Sourced, Sendable, Equatable {
    /// What is said of: a phase, or `need` for what needs differ by.
    public private(set) var series = ""
    /// England's mean growth a year.
    public private(set) var growth = 0.0
    /// The standard deviation of England's single years.
    public private(set) var national = 0.0
    /// The standard deviation of authorities' means.
    public private(set) var between = 0.0
    /// The standard deviation of single years of one authority.
    public private(set) var yearly = 0.0
    /// Where its figures are from.
    public private(set) var origin = Origin()

    /// How many years England's mean growth is from.
    public static let years = 5

    private static let known: [SupportGrowth] = {
        let columns: [TableColumn<SupportGrowth>] = .of(
            [
                .name("series", \.series), .number("growth", \.growth, .growth),
                .number("national", \.national, .deviation), .number("between", \.between, .deviation),
                .number("yearly", \.yearly, .deviation),
            ], .origin(\.origin))
        return ShippedTable("support-growth.csv", PackageResources.support_growth_csv).rows(columns, SupportGrowth())
    }()

    /// The same with another mean growth: that of earlier years, in tests of what would have been forecast.
    package func growing(by mean: Double) -> SupportGrowth {
        var other = self
        other.growth = mean
        return other
    }

    /// That of a phase.
    public static func of(_ phase: SupportPhase) -> SupportGrowth { named(phase.rawValue) }
    /// What needs differ by from all.
    public static var ofNeeds: SupportGrowth { named("need") }

    private static func named(_ series: String) -> SupportGrowth {
        guard let row = known.first(where: { $0.series == series }) else {
            preconditionFailure("support-growth.csv has no row of \(series)")
        }
        return row
    }
}
