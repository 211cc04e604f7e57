import Assembly
import Finance
import Formats
import Intake
import Projection
import Vocabulary

/// Turns `costs.csv`, `inflation.csv`, `funding.csv` and `outturn.csv` into accounts, and notes what does not
/// fit together.
struct AccountsAssembly {
    private let folder: ModelFolder
    private let space: StateSpace
    private var notes: AssemblyNotes
    private(set) var accounts = Accounts(lines: [])
    private let base: Cohort
    /// The projected financial years, by their Aprils.
    private let years: ClosedRange<Int>
    private var others: [Finding] = []

    var findings: [Finding] { notes.findings + others }

    init(_ folder: ModelFolder, _ parts: ModelAssembly) {
        self.folder = folder
        base = parts.base
        years = base.january...base.january + max(parts.population.count - 1, 0)
        space = folder.space
        notes = AssemblyNotes(folder)
        let money = folder.money
        accounts.lines = money.lines.isEmpty ? flatLines : lines(money.lines)
        accounts.countsInYearGrowth =
            space.stepsPerYear == 1 && folder.description.countsInYearGrowth ?? !money.lines.isEmpty
        accounts.carriesResidual = folder.description.carriesResidual ?? false
        accounts.indices = Dictionary(grouping: money.inflation, by: \.index).mapValues { rows in
            func byYear(_ part: (InflationRow) -> Double) -> [FinancialYear: Double] {
                Dictionary(rows.map { (FinancialYear(starting: $0.year), part($0)) }, uniquingKeysWith: { $1 })
            }
            return PriceIndex(factors: byYear(\.factor), deviations: byYear(\.uncertainty))
        }
        accounts.straying = accounts.indices.removeValue(forKey: InflationRow.every)
        let transport = TransportAssembly(folder, besides: accounts.lines)
        accounts.lines += transport.lines
        others += transport.findings
        let careLeavers = CareLeaverAssembly(folder, besides: accounts.lines)
        accounts.lines += careLeavers.lines
        others += careLeavers.findings
        others += PriceCheck(folder, base: parts.base).findings
        setServices()
        checkIndices()
        let payers = PayersAssembly(folder, accounts, years: years)
        (accounts.contributions, accounts.funds) = (payers.contributions, payers.funds)
        others += payers.findings
        // Without people or years nothing is of the projection, which is said elsewhere.
        if base.total > 0 && !parts.population.isEmpty {
            setOutturn(money.outturn)
            let funding = FundingAssembly(folder, plans: base.total, years: years, accounts: accounts)
            accounts.funding = funding.funding
            others += funding.findings
        }
        if parts.assessments == nil,
            let line = accounts.lines.first(where: { [.request, .assessment].contains($0.unit) })
        {
            notes.add(
                .error, "costs.csv", column: "unit",
                "'\(line.name)' is paid for requests or assessments, which this model does not count",
                remedy: "Add rates/assessments.csv, or price new plans.")
        }
        checkQuality()
        checkLevelPrices()
        if let period = folder.description.appraisal.years, period < years.count - 1 {
            notes.add(
                .error, "model.yaml", column: "appraisal",
                "schemes are appraised over \(period) years, and the projection has \(years.count - 1)",
                remedy: "Appraise at least as many years as are projected, or project fewer.")
        }
        if money.funding.isEmpty && !money.lines.isEmpty && space.service == .plans {
            notes.add(
                .note, "funding.csv", "there is no such file, so neither income nor the balance of the grant is shown",
                remedy: "'sendcast new' makes one; Files in the documentation says what it holds.")
        }
        if !money.lines.isEmpty { checkUnpriced() }
    }

    /// Unit costs by need and setting alone: a line for each setting.
    private var flatLines: [CostLine] {
        space.setting.codes.enumerated().map { setting, code in
            var pounds: [Int: Double] = [:]
            for (need, name) in space.need.codes.enumerated() {
                pounds[need] = Double(folder.costs[name, code]?.pence ?? 0) / 100
            }
            return CostLine(name: "\(space.setting.name) \(code)", settings: [setting], pounds: pounds)
        }
    }

    private mutating func lines(_ rows: [CostRow]) -> [CostLine] {
        var lines: [CostLine] = []
        let payer = space.service == .plans ? CostLine.grant : CostLine.council
        for row in rows {
            if !row.index.isEmpty && !folder.money.inflation.contains(where: { $0.index == row.index }) {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "index", "'\(row.index)' is not in inflation.csv",
                    remedy: suggestion(
                        for: row.index, among: Set(folder.money.inflation.map(\.index)).sorted(),
                        otherwise: "Add it there."))
            }
            if !row.index.isEmpty && row.priceYear == nil {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "price_year",
                    "prices that follow an index need a year", remedy: "Write '2025-26'.")
            }
            if row.unit == .careLeaverWeek && space.service != .care {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "unit",
                    "'\(row.name)' is paid for care leavers, which models of plans do not count",
                    remedy: "Name another unit.")
            }
            if row.band != nil && !row.unit.isOfPeople {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "age_band", "bands are for plans",
                    remedy: "Leave it empty.")
            }
            if lines.contains(where: { $0.name == row.name }) {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "line", "'\(row.name)' has a row already",
                    remedy: "Give each row a name of its own; tags bring lines together.")
            }
            lines.append(
                CostLine(
                    name: row.name, settings: row.settings,
                    pounds: Dictionary(uniqueKeysWithValues: row.needs.map { ($0, row.cost) }),
                    bands: row.band.map { name in
                        space.service.bands.indices.filter { space.service.bands[$0].name == name }
                    },
                    unit: row.unit,
                    spread: row.spread, uncertainty: row.uncertainty,
                    priceYear: row.priceYear.map(FinancialYear.init(starting:)),
                    index: row.index.isEmpty ? nil : row.index, payer: row.payer.isEmpty ? payer : row.payer,
                    tag: row.tag, source: row.source, quality: row.quality))
        }
        return lines
    }

    private mutating func check(line name: String, _ file: String, _ row: Int) {
        let names = accounts.lines.map(\.name)
        if names.contains(name) { return }
        notes.add(
            .error, file, line: row, column: "line", "'\(name)' is not a line of costs.csv",
            remedy: suggestion(for: name, among: names, otherwise: "They are \(notes.list(names))."))
    }

    /// Lines that are paid for those whom rates of prevalence count stand beside the spend.
    private mutating func setServices() {
        accounts.services = accounts.lines.filter { $0.unit == .counted }
        accounts.lines.removeAll { $0.unit == .counted }
        let names = folder.prevalence.map(\.name) + [LawOutlook.costLine]
        for service in accounts.services where !names.contains(service.name) {
            notes.add(
                .error, "costs.csv", column: "line",
                "'\(service.name)' is paid for those counted, and no row of prevalence.csv is called so",
                remedy: suggestion(
                    for: service.name, among: names, otherwise: "Name one of \(notes.list(names)), or add such a row."))
        }
    }

    /// Prices that follow an index need all its years from their own on.
    private mutating func checkIndices() {
        if let straying = accounts.straying, straying.factors.values.contains(where: { $0 != 1 }) {
            notes.add(
                .error, "inflation.csv", column: "factor",
                "'\(InflationRow.every)' has a factor other than 1, and says only how far prices may stray",
                remedy: "Write 1, and let each index rise by itself.")
        }
        for (name, index) in accounts.indices.sorted(by: { $0.key < $1.key }) {
            guard let low = index.factors.keys.min(), let high = index.factors.keys.max() else { continue }
            let missing = (low.starting...high.starting).map(FinancialYear.init(starting:))
                .filter { index.factors[$0] == nil }
            if !missing.isEmpty {
                notes.add(
                    .error, "inflation.csv", column: "financial_year",
                    "'\(name)' has rows of \(low) and \(high), and none of \(notes.list(missing))",
                    remedy: "Add it; write 1 where prices stayed.")
            }
            let early = (accounts.lines + accounts.services).filter {
                $0.index == name && $0.priceYear.map { $0.starting + 1 < low.starting } ?? false
            }
            guard let line = early.first, let year = line.priceYear else { continue }
            notes.add(
                .error, "inflation.csv", column: "financial_year",
                "'\(line.name)' has prices of \(year), and '\(name)' begins with \(low)",
                remedy:
                    "Add the years from \(FinancialYear(starting: year.starting + 1)) on, or state the price of a later year."
            )
        }
    }

    /// How far an outturn may lie from what the base costs, as a factor.
    private static let outturnFactor = 0.2...5.0

    private mutating func setOutturn(_ rows: [YearAmountRow<String>]) {
        let isOfProjection = rows.contains { years.contains($0.year) }
        if accounts.carriesResidual && !isOfProjection {
            notes.add(
                rows.isEmpty ? .warning : .error, "model.yaml", column: "carry_residual",
                "there is no outturn to carry forward: outturn.csv has no row of a year of the projection",
                remedy: "Add that of \(FinancialYear(starting: years.lowerBound)), or say 'carry_residual: no'.")
        }
        // Spend since an earlier opening balance rolls it forward.
        let opened = folder.money.funding.filter { $0.subject == .opening }.map(\.year).min()
        for row in rows {
            let year = FinancialYear(starting: row.year)
            accounts.outturn[year, default: [:]][row.subject] = row.amount
            check(line: row.subject, "outturn.csv", row.line)
            guard years.contains(row.year) else {
                if let opened, row.year >= opened, row.year < years.lowerBound { continue }
                notes.add(
                    row.year > years.upperBound || accounts.carriesResidual && !isOfProjection ? .error : .warning,
                    "outturn.csv", line: row.line, column: "financial_year",
                    "an outturn of \(year) is compared with nothing: the projection has "
                        + "\(FinancialYear(starting: years.lowerBound)) to \(FinancialYear(starting: years.upperBound))",
                    remedy: "Write that of a year of the projection, or delete the row.")
                continue
            }
            guard let line = accounts.lines.first(where: { $0.name == row.subject }),
                let cost = costOfBase(line, in: year), cost > 0, !Self.outturnFactor.contains(row.amount / cost)
            else { continue }
            notes.add(
                accounts.carriesResidual ? .error : .warning, "outturn.csv", line: row.line, column: "amount",
                "£\(Int(row.amount.rounded())) was spent on '\(row.subject)', for which \(space.service.words.people) of the base cost "
                    + "about £\(Int(cost.rounded()))", remedy: "Write pounds, or correct the price.")
        }
    }

    /// What people of the base cost on a line that is paid for them; `nil` for other lines.
    private func costOfBase(_ line: CostLine, in year: FinancialYear) -> Double? {
        guard line.unit.isOfPeople, line.bands == nil else { return nil }
        let times = line.unit.timesAYear(space.service)
        return base.counts.enumerated().reduce(0) { sum, cell in
            let place = space.coordinates(of: cell.offset)
            guard cell.element > 0, line.settings.contains(place.setting) else { return sum }
            return sum + Double(cell.element) * times * accounts.price(of: line, need: place.need, in: year)
        }
    }

    /// Children who cost nothing at the base: without a line for each of them, or with one of £0 that does not say why.
    private mutating func checkUnpriced() {
        let total = base.total
        if total == 0 { return }
        let each: [PriceUnit] = [.planYear, .planWeek, .placeYear]
        var (unpriced, free): ([String: Int], [String: Int]) = ([:], [:])
        for (cell, count) in base.counts.enumerated() where count > 0 {
            let place = space.coordinates(of: cell)
            let lines = accounts.lines.filter {
                each.contains($0.unit) && $0.settings.contains(place.setting) && $0.pounds[place.need] != nil
            }
            let code = space.setting.codes[place.setting]
            if lines.contains(where: { $0.pounds[place.need] ?? 0 > 0 }) { continue }
            if lines.contains(where: { !$0.source.isEmpty }) {
                free[code, default: 0] += Int(count)
            } else {
                unpriced[code, default: 0] += Int(count)
            }
        }
        func words(_ counts: [String: Int]) -> String {
            let sum = counts.values.reduce(0, +)
            let share = (Double(sum) / Double(total) * 1000).rounded() / 10
            let settings = space.setting.codes.compactMap { code in
                counts[code].map { "\(Numerals.grouped(Double($0))) in \(code)" }
            }
            return
                "\(Numerals.grouped(Double(sum))) \(space.service.words.people) of the base (\(share) %) cost nothing: \(notes.list(settings))"
        }
        if !unpriced.isEmpty {
            notes.add(
                .warning, "costs.csv", column: "setting", "no line pays for each of them, so " + words(unpriced),
                remedy: "Add a line for them, or one of £0 with a source that says why.")
        }
        if !free.isEmpty { notes.add(.note, "costs.csv", column: "cost", words(free) + ", as their lines say") }
    }

    /// Says which prices stay those of a year that is over.
    private mutating func checkLevelPrices() {
        for year in Set(accounts.lines.compactMap(\.levelYear)).sorted() where year.starting < years.lowerBound {
            let names = accounts.lines.filter { $0.levelYear == year }.map(\.name)
            notes.add(
                .warning, "costs.csv", column: "index",
                "\(names.count == 1 ? "a line costs" : "\(names.count) lines cost") in every year what \(year) did, for no index is named: \(notes.list(names))",
                remedy:
                    "Name an index of inflation.csv, or leave 'price_year' empty where a price is the same every year.")
        }
    }

    /// Says which lines rest on other areas' figures.
    private mutating func checkQuality() {
        for quality in [AssumptionQuality.red, .amber] {
            let weak = accounts.lines.filter { $0.quality == quality }.map(\.name)
            if weak.isEmpty { continue }
            notes.add(
                quality == .red ? .warning : .note, "costs.csv",
                "\(weak.count) of \(accounts.lines.count) lines are rated \(quality.rawValue) (\(notes.list(weak)))",
                remedy: "Replace them by your own figures.")
        }
    }
}
