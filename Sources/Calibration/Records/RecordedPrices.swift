import Formats
import Foundation
import Intake
import Vocabulary

/// Prices of settings from what an authority pays child by child: for each setting and payer the average over all its plans, how much one
/// child's cost differs from it, and how far the average may be out.
struct RecordedPrices {
    /// The fewest children whose payments make a price: fewer would tell what is paid for one of them.
    static let fewest = 5
    /// The share of a setting's plans without a payment beyond which its price is doubted.
    private static let mostUnpaid = 0.1

    /// The lines of `costs.csv`, settings in the order of the model.
    private(set) var lines: [CostRow] = []
    /// The settings that have own prices.
    private(set) var settings: Set<String> = []
    private(set) var findings: [Finding] = []
    /// What is paid by setting, payer and band: `setting`, `payer`, `band`, `children`, `mean`, `sd`.
    let bands: Data

    /// - Parameter code: the setting that a plan counts in.
    init(_ spending: Sen2Spending, _ space: StateSpace, code: (Sen2State) -> String) {
        var children: [String: [[Sen2Spending.Payment]]] = [:]
        for child in spending.children { children[code(child.state), default: []].append(child.payments) }
        bands = Self.bands(children)
        let day = spending.day
        let year = day.month > 3 ? day.year : day.year - 1
        for (place, setting) in space.setting.codes.enumerated() {
            let all = children[setting] ?? []
            let paid = all.count { !$0.isEmpty }
            guard paid >= Self.fewest else {
                if paid > 0 {
                    findings.append(
                        Finding(
                            .warning, file: spending.name,
                            "only \(paid) \(paid == 1 ? "plan" : "plans") in \(setting) \(paid == 1 ? "is" : "are") paid: other areas' average stands for them, so that nobody's cost is told",
                            remedy: "Write a price into costs.csv where you have one."))
                }
                continue
            }
            settings.insert(setting)
            let unpaid = all.count - paid
            if Double(unpaid) > Self.mostUnpaid * Double(all.count) {
                findings.append(
                    Finding(
                        .warning, file: spending.name,
                        "\(unpaid) of \(all.count) plans in \(setting) have no payment and count with £0 in its price",
                        remedy: "Look at C2-not-paid in findings.csv: are their payments in another ledger?"))
            }
            for payer in Set(all.joined().map(\.payer)).sorted() {
                let costs = all.map { $0.filter { $0.payer == payer }.reduce(0) { $0 + $1.yearly } }
                var row = CostRow()
                row.name = Self.name(setting) + (payer.isEmpty ? "" : ", \(payer)")
                row.settings = [place]
                row.needs = Array(space.need.codes.indices)
                let (mean, deviation) = Self.moments(costs)
                row.cost = Numerals.rounded(mean, decimals: 2)
                row.spread = mean > 0 ? Numerals.rounded(deviation / mean, decimals: 4) : 0
                row.uncertainty =
                    mean > 0 ? Numerals.rounded(deviation / mean / Double(costs.count).squareRoot(), decimals: 4) : 0
                row.priceYear = year
                row.payer = payer
                row.source = "own ledger, \(day.day)/\(day.month)/\(day.year): \(paid) of \(all.count) plans paid"
                row.quality = .green
                lines.append(row)
            }
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

    private static func bands(_ children: [String: [[Sen2Spending.Payment]]]) -> Data {
        struct Band: Hashable {
            let setting: String
            let payer: String
            let band: String
            var order: (String, String, String) { (setting, payer, band) }
        }
        var paid: [Band: [Double]] = [:]
        for (setting, all) in children {
            for payments in all {
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
