import Formats
import Foundation
import Intake
import Vocabulary

/// Prices of settings from what an authority pays child by child: for each setting and payer the average over its plans, how much one
/// child's cost differs from it, and how far the average may be out.
///
/// A plan without a payment costs nothing where settings may be free (`unpaid-plans.csv`) or the analyst says so, and counts with £0; elsewhere
/// its payment is missing, and it does not count. A line says both figures.
struct RecordedPrices {
    /// The fewest children whose payments make a price: fewer would tell what is paid for one of them.
    static let fewest = 5
    /// The share of a setting's plans whose payment is missing beyond which its price is doubted.
    private static let mostMissing = 0.1

    /// The lines of `costs.csv`, settings in the order of the model.
    private(set) var lines: [CostRow] = []
    /// The settings that have own prices.
    private(set) var settings: Set<String> = []
    private(set) var findings: [Finding] = []
    /// What is paid by setting, payer and band: `setting`, `payer`, `band`, `children`, `mean`, `sd`.
    let bands: Data

    /// - Parameter code: the setting that a plan counts in.
    init(_ spending: Sen2Spending, _ space: StateSpace, code: (Sen2State) -> String) {
        var children: [String: [Sen2Spending.Child]] = [:]
        for child in spending.children { children[code(child.state), default: []].append(child) }
        bands = Self.bands(children)
        for (place, setting) in space.setting.codes.enumerated() {
            let of = Paid(children[setting] ?? [])
            if of.paid.count >= Self.fewest {
                settings.insert(setting)
                if let finding = of.finding(setting) {
                    findings.append(
                        Finding(finding.severity, file: spending.name, finding.message, remedy: finding.remedy))
                }
                lines += of.payers.map { line(of, payer: $0, setting, place, space, spending.day) }
            } else if let finding = of.tooFew(setting) {
                findings.append(Finding(finding.severity, file: spending.name, finding.message, remedy: finding.remedy))
            }
        }
    }

    private func line(
        _ of: Paid, payer: String, _ setting: String, _ place: Int, _ space: StateSpace, _ day: CalendarDay
    ) -> CostRow {
        var row = CostRow()
        row.name = Self.name(setting) + (payer.isEmpty ? "" : ", \(payer)")
        row.settings = [place]
        row.needs = Array(space.need.codes.indices)
        let (mean, deviation) = Self.moments(of.counted.map { Self.cost($0, payer) })
        row.cost = Numerals.rounded(mean, decimals: 2)
        row.spread = mean > 0 ? Numerals.rounded(deviation / mean, decimals: 4) : 0
        row.uncertainty =
            mean > 0 ? Numerals.rounded(deviation / mean / Double(of.counted.count).squareRoot(), decimals: 4) : 0
        row.priceYear = day.month > 3 ? day.year : day.year - 1
        row.payer = payer
        row.source = "own ledger, \(day.day)/\(day.month)/\(day.year): \(of.words(payer))"
        row.quality = of.isMissingMany ? .amber : .green
        return row
    }

    /// What a payer pays for a plan.
    private static func cost(_ child: Sen2Spending.Child, _ payer: String?) -> Double {
        child.payments.filter { payer == nil || $0.payer == payer }.reduce(0) { $0 + $1.yearly }
    }

    /// The plans of a setting: those paid for, those that cost nothing, and those whose payment is missing.
    private struct Paid {
        let all: [Sen2Spending.Child]
        /// Plans that count in the price.
        let counted: [Sen2Spending.Child]
        let paid: [Sen2Spending.Child]
        var missing: Int { all.count - counted.count }
        var free: Int { counted.count - paid.count }
        var payers: [String] { Set(paid.flatMap { $0.payments.map(\.payer) }).sorted() }
        var isMissingMany: Bool { Double(missing) > mostMissing * Double(all.count) }

        init(_ children: [Sen2Spending.Child]) {
            all = children
            counted = children.filter(\.isKnown)
            paid = children.filter { !$0.payments.isEmpty }
        }

        /// How many plans are behind a price, and what it would be if those without a payment were taken the other way.
        func words(_ payer: String?) -> String {
            let sum = paid.reduce(0) { $0 + cost($1, payer) }
            func pounds(_ plans: Int) -> String { "£\(Numerals.grouped(sum / Double(plans)))" }
            var words = ["\(paid.count) of \(all.count) plans paid"]
            if free > 0 { words.append("\(free) cost £0 (without them it would be \(pounds(paid.count)))") }
            if missing > 0 {
                words.append("\(missing) without a payment do not count (at £0 each it would be \(pounds(all.count)))")
            }
            return words.joined(separator: "; ")
        }

        /// What is said of plans without a payment; `nil` where there are none.
        func finding(_ setting: String) -> Finding? {
            if missing + free == 0 { return nil }
            let sum = paid.reduce(0) { $0 + cost($1, nil) }
            let price =
                "the price of \(setting) is £\(Numerals.grouped(sum / Double(counted.count))) a plan: \(words(nil))"
            return Finding(
                isMissingMany ? .warning : .note, price,
                remedy: missing > 0
                    ? "Look at C2-not-paid in findings.csv: are their payments in another ledger? Answer keep where nothing is paid."
                    : "")
        }

        /// What is said of a setting in which so few are paid for that a price would tell what one of them costs.
        func tooFew(_ setting: String) -> Finding? {
            if paid.isEmpty { return nil }
            return Finding(
                .warning,
                "only \(paid.count) \(paid.count == 1 ? "plan" : "plans") in \(setting) \(paid.count == 1 ? "is" : "are") paid: other areas' average stands for them, so that nobody's cost is told",
                remedy: "Write a price into costs.csv where you have one.")
        }
    }

    private static func name(_ code: String) -> String {
        let base = String(code.split(separator: "-")[0])
        let name = Classification.standard.settings.first { $0.code == base }?.name ?? code
        return base == code ? name : "\(name), outside the area"
    }

    /// The mean and the standard deviation of single values.
    private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count > 1 else { return (mean, 0) }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(values.count - 1)).squareRoot())
    }

    private static func bands(_ children: [String: [Sen2Spending.Child]]) -> Data {
        struct Band: Hashable {
            let setting: String
            let payer: String
            let band: String
            var order: (String, String, String) { (setting, payer, band) }
        }
        var paid: [Band: [Double]] = [:]
        for (setting, all) in children {
            for payments in all.map(\.payments) {
                let bands = Dictionary(
                    payments.map { (Band(setting: setting, payer: $0.payer, band: $0.band), $0.yearly) },
                    uniquingKeysWith: +)
                for (band, yearly) in bands { paid[band, default: []].append(yearly) }
            }
        }
        var csv = CSVWriter(columns: ["setting", "payer", "band", "children", "mean", "sd"])
        for (band, costs) in paid.sorted(by: { $0.key.order < $1.key.order }) {
            let (mean, deviation) = moments(costs)
            csv.append([
                band.setting, band.payer, band.band, String(costs.count), Numerals.plain(mean, decimals: 2),
                Numerals.plain(deviation, decimals: 2),
            ])
        }
        return csv.data
    }
}
