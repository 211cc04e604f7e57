import Formats
import Vocabulary

/// A published figure in which areas are compared: one quantity over another. Which there are is a data file that ships with Sendcast.
public struct BenchmarkIndicator: Sendable, Equatable {
    /// What is counted or paid, and of whom: a word, then codes, such as `setting RP SU`.
    public struct Quantity: Sendable, Hashable {
        /// What is counted or paid.
        public let name: String
        /// What of it: needs, settings, ages, lines of spend.
        public let codes: [String]

        /// The same of something else.
        public func of(_ codes: [String]) -> Quantity { Quantity(name: name, codes: codes) }
    }

    /// What a figure is.
    public enum Unit: String, Sendable, CaseIterable {
        /// Of a thousand children.
        case perThousand = "per 1000"
        /// Of ten thousand children.
        case perTenThousand = "per 10000"
        /// A part of the whole.
        case share
        /// A part of a whole that is not published with it.
        case publishedShare = "published share"
        /// How much more there is than before, as a share.
        case growth
        /// Pounds for each plan or child.
        case pounds
        /// Weeks.
        case weeks

        /// What the quotient is multiplied by.
        var scale: Double {
            switch self {
            case .perThousand: 1_000
            case .perTenThousand: 10_000
            case .share, .publishedShare, .growth, .pounds, .weeks: 1
            }
        }

        /// The figure of a quotient.
        public func figure(_ over: Double, _ under: Double) -> Double {
            over / under * scale - (self == .growth ? 1 : 0)
        }

        /// How far chance moves the figure of a count: a standard deviation; `nil` where it is not one of children.
        public func deviation(_ over: Double, _ under: Double) -> Double? {
            switch self {
            case .perThousand, .perTenThousand: over.squareRoot() / under * scale
            case .share: (max(over * (1 - over / under), 0)).squareRoot() / under
            case .publishedShare, .growth, .pounds, .weeks: nil
            }
        }
    }

    /// A short name, unique among the indicators.
    public let id: String
    /// Plans or children in care.
    public let service: Service
    /// What it belongs to, as a heading.
    public let topic: String
    /// What it is, in up to 29 characters.
    public let title: String
    /// The same in full.
    public let about: String
    /// What its figures are.
    public let unit: Unit
    /// The numerator.
    public let over: Quantity
    /// The denominator.
    public let under: Quantity
    /// How many years before the numerator the denominator is.
    public let lag: Int

    /// The same about something more narrow.
    public func narrowed(to over: Quantity, id: String, title: String) -> BenchmarkIndicator {
        BenchmarkIndicator(
            id: id, service: service, topic: topic, title: title, about: about, unit: unit, over: over, under: under,
            lag: lag)
    }

    /// Names of the interactive tool that quantities are called by: counts, and percentages of pupils or children.
    static let ofTool = Set(
        all.flatMap { [$0.over, $0.under] }.filter { ["tool", "tool-percent"].contains($0.name) }.flatMap(\.codes))

    /// All of them, in the order in which they are shown.
    public static let all: [BenchmarkIndicator] = {
        let columns = ["indicator", "service", "topic", "title", "about", "unit", "over", "under", "lag"]
        func quantity(_ text: String) -> Quantity {
            let words = text.split(separator: " ").map(String.init)
            return Quantity(name: words.first ?? "", codes: Array(words.dropFirst()))
        }
        return ShippedTable("benchmark-indicators.csv", PackageResources.benchmark_indicators_csv)
            .rows(columns) { row, findings -> BenchmarkIndicator? in
                let words = (
                    row.choice(1, among: Service.allCases.map(\.rawValue), findings: &findings),
                    row.choice(5, among: Unit.allCases.map(\.rawValue), findings: &findings)
                )
                guard let service = words.0.flatMap(Service.init(rawValue:)),
                    let unit = words.1.flatMap(Unit.init(rawValue:)),
                    let lag = row.integer(8, in: 0...10, findings: &findings)
                else { return nil }
                return BenchmarkIndicator(
                    id: row.text(0), service: service, topic: row.text(2), title: row.text(3), about: row.text(4),
                    unit: unit, over: quantity(row.text(6)), under: quantity(row.text(7)), lag: lag)
            }
    }()
}
