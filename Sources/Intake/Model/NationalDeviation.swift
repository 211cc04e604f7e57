import Formats
import Rates
import Vocabulary

/// By how much forecasts of England may be out, flow by flow: what areas' forecasts get wrong together. A data file that ships with
/// Sendcast, in the words of `rates/deviations.csv`.
public struct NationalDeviation: Sendable, Equatable {
    /// What is projected.
    public let service: Service
    /// What is out.
    public let flow: String
    /// A group of settings for what enters them, a band of ages for joiners and leavers by age; empty where all are meant.
    public let group: String
    /// The standard deviation, of what `rates/deviations.csv` states the model's own of.
    public let deviation: Double
    /// Where it is from.
    public let source: String

    /// All that are known.
    public static let known = ShippedTable("national-deviations.csv", PackageResources.national_deviations_csv)
        .rows(["service", "flow", "group", "sd", "source"]) { row, findings -> NationalDeviation? in
            guard let deviation = row.amount(3, findings: &findings), let service = Service(rawValue: row.text(0))
            else { return nil }
            return NationalDeviation(
                service: service, flow: row.text(1), group: row.text(2), deviation: deviation, source: row.text(4))
        }

    /// The standard deviations of a flow whose bands of ages stray by themselves.
    public static func byAge(_ service: Service, _ flow: String) -> DeviationByAge {
        known.reduce(into: DeviationByAge(of(service, flow))) { found, one in
            if one.service == service && one.flow == flow && !one.group.isEmpty {
                found.ofBands[one.group] = one.deviation
            }
        }
    }

    /// The standard deviation of a flow; 0 where nothing of it is known to be national.
    public static func of(_ service: Service, _ flow: String, _ group: String = "") -> Double {
        known.first { $0.service == service && $0.flow == flow && $0.group == group }?.deviation ?? 0
    }
}
