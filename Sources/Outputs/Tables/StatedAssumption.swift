import Finance
import Formats
import Intake
import Studies
import Vocabulary

/// Something that was taken for true, as `assumptions.csv` prints it.
struct StatedAssumption {
    let kind: String
    let id: String
    let statement: String
    /// The likely value, and its range in brackets where one is stated.
    let value: String
    let source: String
    let date: String
    var owner = ""
    let quality: String
    var reviewBy = ""
}

extension PreparedStudy {
    /// Everything that was taken for true and rated: the log, prices, what else the model's tables state, then income.
    var statedAssumptions: [StatedAssumption] {
        logged + prices + payers + areaSets + latent + places + overflow + carers + outOfArea + careLeavers + prevalence
            + supportRates
            + supportGrowth
            + lawRates + income
    }

    private var logged: [StatedAssumption] {
        guard case .given(let plans) = folder.content else { return [] }
        return plans.assumptions.entries.map { entry in
            StatedAssumption(
                kind: "model", id: entry.id, statement: entry.statement, value: entry.value, source: entry.source,
                date: entry.date, owner: entry.owner, quality: entry.quality.rawValue, reviewBy: entry.reviewBy)
        }
    }

    private var prices: [StatedAssumption] {
        (accounts.lines + accounts.services).filter { !$0.source.isEmpty || $0.quality != nil }.map { line in
            let pounds = Set(line.pounds.values).sorted().map { Numerals.wholePounds($0) }
            return StatedAssumption(
                kind: "price", id: line.name,
                statement: "\(line.name), for each \(folder.space.service.words.unit(line.unit.rawValue))",
                value: pounds.joined(separator: " to "), source: line.source, date: line.priceYear?.description ?? "",
                quality: line.quality?.rawValue ?? "")
        }
    }

    private var payers: [StatedAssumption] {
        folder.money.contributions.filter { !$0.source.isEmpty || $0.quality != nil }.map { row in
            StatedAssumption(
                kind: "payer", id: "\(row.payer), \(row.name)",
                statement: "the share of \(row.name) that \(row.payer) pays",
                value: Self.value(row.share), source: row.source, date: row.date,
                quality: row.quality?.rawValue ?? "")
        }
            + folder.money.pools.map { row in
                StatedAssumption(
                    kind: "payer", id: "\(row.payer), \(row.fund)",
                    statement: "what \(row.payer) puts into \(row.fund), and its share of the risk",
                    value: "\(Numerals.wholePounds(row.contribution)); \(Self.value(row.risk, nil, nil))",
                    source: row.source, date: row.date, quality: row.quality.rawValue)
            }
    }

    private var areaSets: [StatedAssumption] {
        areas.map { set in
            let rows = folder.areas.filter { $0.set == set.name }
            return StatedAssumption(
                kind: "areas", id: set.name, statement: set.caution, value: "\(set.areas.count) areas",
                source: Set(rows.map(\.source)).sorted().joined(separator: "; "),
                date: Set(rows.map(\.date)).sorted().joined(separator: "; "), quality: set.quality.rawValue)
        }
    }

    /// Who would be elsewhere today.
    private var latent: [StatedAssumption] {
        let codes = folder.space.setting.codes
        return (folder.places?.latent ?? []).map { row in
            let (here, there) = (codes[row.setting], codes[row.wanted])
            return StatedAssumption(
                kind: "places", id: "children\(ofNeeds(row.needs)) in \(here) who would be in \(there)",
                statement:
                    "the share of children\(ofNeeds(row.needs))\(aged(row.ages)) in \(here) who would be in \(there) if it had a place",
                value: Numerals.plain(row.share, decimals: 3), source: row.source, date: "",
                quality: row.quality.rawValue)
        }
    }

    /// Numbers of places that the model rates.
    private var places: [StatedAssumption] {
        (folder.places?.places ?? []).compactMap { row in
            row.quality.map {
                StatedAssumption(
                    kind: "places", id: "places of \(row.provision)",
                    statement:
                        "places of \(row.provision)\(ofNeeds(row.needs))\(aged(row.ages)) from September \(row.september)",
                    value: Numerals.grouped(Double(row.places)), source: row.source, date: String(row.september),
                    quality: $0.rawValue)
            }
        }
    }

    private func ofNeeds(_ needs: [Int]) -> String {
        let codes = folder.space.need.codes
        return needs.count == codes.count ? "" : " of \(needs.map { codes[$0] }.joined(separator: " "))"
    }

    private func aged(_ ages: ClosedRange<Int>) -> String {
        ages == folder.space.service.years ? "" : " aged \(ages.lowerBound) to \(ages.upperBound)"
    }

    /// Where those go who find no place.
    private var overflow: [StatedAssumption] {
        let settings = folder.space.setting.codes
        return (folder.places?.overflow ?? []).map { row in
            let (from, to) = (settings[row.setting], settings[row.to])
            let whose = ofNeeds(row.needs) + aged(row.ages)
            let who =
                row.order == 1
                ? "children\(whose) who find no place in \(from)" : "those\(whose) left of them"
            return StatedAssumption(
                kind: "overflow", id: "\(from) is full: \(row.order == 1 ? "" : "then ")to \(to)",
                statement: "the share of \(who) that goes to \(to)", value: Self.value(row.share),
                source: row.source, date: row.date, quality: row.quality?.rawValue ?? "")
        }
    }

    private var carers: [StatedAssumption] {
        (folder.places?.carers ?? []).map { row in
            StatedAssumption(
                kind: "places", id: "\(row.provision), \(row.ages.lowerBound) to \(row.ages.upperBound)",
                statement:
                    "the share of carers who stop in a year; households approved in a year; the share of their places that can be filled",
                value: [
                    Self.value(row.leave), Self.value(row.recruited), Self.value(row.fill),
                ].joined(separator: "; "), source: row.source, date: row.date, quality: row.quality.rawValue)
        }
    }

    private var outOfArea: [StatedAssumption] {
        folder.outOfArea.map { row in
            let settings = row.settings.map { folder.space.setting.codes[$0] }.joined(separator: " ")
            return StatedAssumption(
                kind: "areas", id: "out of area",
                statement: "the share of children in \(settings) placed outside the area",
                value: Self.value(row.share), source: row.source, date: row.date,
                quality: row.quality.rawValue)
        }
    }

    private var careLeavers: [StatedAssumption] {
        let ages = folder.careLeavers.ages.map { row in
            let before = row.age == 18 ? "child who leaves at 18" : "one of the year before"
            return StatedAssumption(
                kind: "care leavers", id: "care leavers of \(row.age)",
                statement: "care leavers of \(row.age) at the base, and for each \(before)",
                value: Self.value(row.people) + "; " + Self.value(row.stays),
                source: row.source, date: row.date, quality: row.quality.rawValue)
        }
        let accommodation = folder.careLeavers.accommodation.map { row in
            let ages = row.first == row.last ? "\(row.first)" : "\(row.first) to \(row.last)"
            return StatedAssumption(
                kind: "care leavers", id: "\(row.name), \(ages)",
                statement: "the share of care leavers of \(ages): \(row.name)",
                value: Self.value(row.share), source: row.source, date: row.date,
                quality: row.quality.rawValue)
        }
        return ages + accommodation
    }

    private var prevalence: [StatedAssumption] {
        folder.prevalence.map { row in
            StatedAssumption(
                kind: "prevalence", id: row.name,
                statement: "\(row.name), for 1,000 \(row.base == .people ? "people" : "of the model")",
                value: Self.value(row.likely, row.low, row.high, decimals: 2), source: row.source, date: row.date,
                quality: row.quality.rawValue)
        }
    }

    private var supportRates: [StatedAssumption] {
        (support?.rates ?? []).map { row in
            StatedAssumption(
                kind: "support", id: "\(row.rate.rawValue) \(row.phase.isEmpty ? "both phases" : row.phase)",
                statement: row.rate.statement, value: Self.value(row.likely, row.low, row.high), source: row.source,
                date: row.date, quality: row.quality.rawValue)
        }
    }

    private var supportGrowth: [StatedAssumption] {
        (support?.growth ?? []).map { name, law, known in
            let yearly = Numerals.plain(law.yearly, decimals: 4)
            return StatedAssumption(
                kind: "support", id: "growth \(name)",
                statement: "growth a year of the share of people with SEN support, as a logarithm",
                value: "\(Numerals.plain(law.mean, decimals: 4)); one year strays by \(yearly)",
                source: known.source, date: known.date, quality: known.quality.rawValue)
        }
    }

    private var lawRates: [StatedAssumption] {
        (law?.rates.rows ?? []).map { row in
            StatedAssumption(
                kind: "law", id: [row.rate.rawValue, row.decision?.words].compactMap { $0 }.joined(separator: ", "),
                statement: row.rate.statement, value: Self.value(row.likely, row.low, row.high, decimals: 4),
                source: row.source, date: row.date, quality: row.quality.rawValue)
        }
    }

    private var income: [StatedAssumption] {
        folder.money.funding.filter { !$0.source.isEmpty || $0.quality != nil }.map { row in
            let year = FinancialYear(starting: row.year).description
            let value =
                switch row.subject {
                case .growth, .stabilityShare, .stabilityApproved:
                    "\(Numerals.plain(row.amount * 100, decimals: 2)) %"
                case .overrideEnds: "31 March \(row.year + 1)"
                default: Numerals.wholePounds(row.amount)
                }
            return StatedAssumption(
                kind: "income", id: "\(row.subject.rawValue) \(year)", statement: row.subject.rawValue, value: value,
                source: row.source, date: year, quality: row.quality?.rawValue ?? "")
        }
    }

    private static func value(_ stated: Bracket) -> String {
        value(stated.likely, stated.isKnown ? nil : stated.low, stated.isKnown ? nil : stated.high)
    }

    /// A likely value, and its range where one is stated.
    private static func value(_ likely: Double, _ low: Double?, _ high: Double?, decimals: Int = 3) -> String {
        let text = Numerals.plain(likely, decimals: decimals)
        guard let low, let high else { return text }
        return "\(text) (\(Numerals.plain(low, decimals: decimals)) to \(Numerals.plain(high, decimals: decimals)))"
    }
}
