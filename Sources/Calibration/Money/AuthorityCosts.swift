import Formats
import Intake
import RealModule
import Vocabulary

/// An authority's lines of spend, with what each rests on.
public struct AuthorityCosts: Sendable {
    /// A published amount, and what prices make of the children of its year.
    public struct Reconciliation: Sendable {
        /// What was published.
        public let line: FinanceTables.Line
        /// The April in which the financial year begins.
        public let year: Int
        /// Pounds that were published.
        public let published: Double
        /// Pounds that prices and sums give.
        public let modelled: Double
        /// Whether a price of it is held nearer to England's, so that the two differ.
        public let isHeld: Bool
    }

    /// The rows of `costs.csv`.
    public private(set) var lines: [CostRow] = []
    /// The rows of `inflation.csv`.
    public private(set) var inflation: [InflationRow] = []
    /// `transport.csv` and `transport-costs.csv`.
    public private(set) var transport = GivenTransport()
    /// What is published, beside what the lines give back.
    public private(set) var reconciliations: [Reconciliation] = []
    /// What a reader should know.
    public private(set) var findings: [Finding] = []

    private let costs: UnitCosts
    private let area: NationalRelease.Area
    private let prices: AreaPrices
    private let settings: [String]
    private let needs: [Int]
    /// What the last step of prices is multiplied by to be the authority's own.
    private let step: (factor: Double, isOwn: Bool, isHeld: Bool)
    private var isHeld = false

    /// - Parameters:
    ///   - costs: of all authorities.
    ///   - space: the settings and needs of the model.
    init(_ costs: UnitCosts, _ area: NationalRelease.Area, _ space: StateSpace) {
        (self.costs, self.area) = (costs, area)
        settings = space.setting.codes
        needs = Array(space.need.codes.indices)
        prices = costs.prices(area)
        if let own = costs.step(prices, area.number) {
            let isHeld = !area.isNational && costs.steps.isOutlier(own)
            step = (isHeld ? costs.steps.held(own) : own, true, isHeld)
        } else {
            step = (1, false, false)
        }
        let topUps = addTopUps()
        let alternative = addAlternative()
        addElsewhere()
        addServices(after: topUps + alternative)
        addPlaces()
        addTransport()
        addUnpaid()
        inflation = costs.indices.rows(costs.years, own: step.isOwn ? (step.factor, step.isHeld) : nil)
        if !area.isNational { addStraying() }
    }
}

extension AuthorityCosts {
    private var years: UnitCosts.Years { costs.years }
    private var number: String { area.isNational ? "" : area.number }

    private func children(_ year: Int) -> YearChildren { prices.children[year] ?? YearChildren.none }

    private func published(_ line: FinanceTables.Line, _ year: Int) -> Double? { costs.amount(line, number, year) }

    /// What prices of an index in the year of levels are multiplied by to be those of the year of totals.
    private func step(_ index: String) -> Double {
        step.factor * costs.indices.factor(index, from: years.level, to: years.total)
    }

    private func name(_ year: Int) -> String { FinancialYear(starting: year).description }

    private func pounds(_ amount: Double) -> String {
        (amount < 0 ? "−£" : "£") + Numerals.grouped(abs(amount))
    }

    /// A line of the model.
    private mutating func add(
        _ line: String, _ codes: [String], _ cost: Double, unit: PriceUnit = .planYear, uncertainty: Double = 0.05,
        year: Int? = nil, index: String = "", tag: String, source: String,
        quality: AssumptionQuality
    ) {
        var row = CostRow()
        row.name = line
        row.settings = codes.compactMap { code in settings.firstIndex(of: code) }.sorted()
        row.needs = needs
        row.cost = Numerals.rounded(cost, decimals: unit == .year ? 0 : 2)
        row.unit = unit
        row.uncertainty = Numerals.rounded(uncertainty, decimals: 3)
        row.priceYear = year
        row.index = index
        row.tag = tag
        row.source = source
        row.quality = quality
        if !row.settings.isEmpty { lines.append(row) }
    }

    // MARK: Top-ups and fees

    /// - Returns: pounds of the lines in the year of totals.
    private mutating func addTopUps() -> Double {
        var total = 0.0
        var held: [String: Double] = [:]
        for (pool, members) in Dictionary(grouping: PaidLine.all.indices, by: { PaidLine.all[$0].pool }) {
            guard !area.isNational, let spread = costs.pools[pool],
                let level = prices.level(of: members, against: costs.national, children(years.level)),
                spread.isOutlier(level)
            else { continue }
            // Half way to England, in proportions.
            held[pool] = 1 / level.squareRoot()
        }
        isHeld = !held.isEmpty
        for (place, line) in PaidLine.all.enumerated() {
            let own = prices.price(place)
            let price = own * (held[line.pool] ?? 1)
            let quality = quality(place, isHeld: held[line.pool] != nil)
            add(
                line.name, line.settings, price, uncertainty: uncertainty(place, held[line.pool] != nil),
                year: years.level, index: line.index, tag: line.tag,
                source: source(place, line, price: price, own: own, isHeld: held[line.pool] != nil), quality: quality)
            if line.settings.contains("IS") && lines.last?.name == line.name {
                lines[lines.count - 1].spread = costs.england.last("spread of fees").amount
            }
            total += price * children(years.total)[line.settings] * step(line.index)
        }
        reconcileTopUps(held)
        return total
    }

    private func quality(_ place: Int, isHeld: Bool) -> AssumptionQuality {
        let line = prices.structure.lines[place]
        if isHeld || isFar(place) || !prices.isOwnLevel && !area.isNational { return .red }
        switch line.basis {
        case .own: return years.detail == years.level ? .green : .amber
        case .pooled: return line.weight >= 0.75 ? .amber : .red
        case .england: return .red
        }
    }

    /// Whether a price is less than half of England's or more than twice it: what is booked there may be of other children.
    private func isFar(_ place: Int) -> Bool {
        let england = costs.national.price(place)
        return !area.isNational && england > 0 && !(0.5...2).contains(prices.price(place) / england)
    }

    /// How far last steps of spend lie apart, and for prices that are not the authority's own how far prices do.
    private func uncertainty(_ place: Int, _ isHeld: Bool) -> Double {
        let line = prices.structure.lines[place]
        let step = costs.measured
        let level = costs.pools[PaidLine.all[place].pool]?.deviation ?? 0
        let within = costs.lines.indices.contains(place) ? costs.lines[place].deviation : 0
        let others: Double =
            switch line.basis {
            case .own: 0
            case .pooled: within * (1 - line.weight)
            case .england: level
            }
        let rest = isHeld || !prices.isOwnLevel && !area.isNational ? level : 0
        return min((step * step + others * others + rest * rest).squareRoot(), 1)
    }

    /// How far an authority's prices stray from England's in the years to come.
    private mutating func addStraying() {
        inflation.append(
            InflationRow(
                InflationRow.every, years.total + 1, 1, uncertainty: Numerals.rounded(costs.straying, decimals: 4),
                "how far authorities' own prices strayed from England's in a year, in section 251 outturn to \(name(years.total)); "
                    + "each year's own, besides what an index is uncertain by"))
    }

    private func source(_ place: Int, _ line: PaidLine, price: Double, own: Double, isHeld: Bool) -> String {
        let children = Numerals.grouped(children(years.level)[line.settings])
        let england = pounds(costs.national.price(place))
        let detail = prices.structure.lines[place]
        let level = "section 251 outturn \(name(years.level))"
        let phase = detail.outturn.map { "\(pounds($0)) of \(name(years.detail))" } ?? "not published"
        let text: String
        if area.isNational {
            text = "\(level), divided as in \(name(years.detail)); \(children) children of the year in England"
        } else if !prices.isOwnLevel {
            text =
                "the authority's section 251 outturn \(name(years.level)) is not published: its prices of "
                + "\(name(years.detail)) (\(phase)) with England's rise; England \(england)"
        } else {
            let basis: String =
                switch detail.basis {
                case .own: "this line \(phase)"
                case .pooled: "this line \(phase), divided with lines beside it in England's proportions"
                case .england: "this line \(phase), divided in England's proportions"
                }
            text =
                "\(level): line 1.2.3 \(pounds(published(.independent, years.level) ?? 0)), all top-ups "
                + "\(pounds(published(.topUps, years.level) ?? 0)), by phase as in \(name(years.detail)): \(basis); "
                + "\(children) children of the year; England \(england)"
        }
        let far = isFar(place) ? "; far from England's: what is booked here may be of other children" : ""
        return isHeld
            ? text + "; \(pounds(own)) is farther from England than is believed, so \(pounds(price)), half way"
            : text + far
    }

    private mutating func reconcileTopUps(_ held: [String: Double]) {
        guard prices.isOwnLevel, let fees = published(.independent, years.level),
            let all = published(.topUps, years.level)
        else { return }
        var independent = prices.besides.alternativeIndependent * prices.levels.independent
        var state = (prices.besides.alternativeState + prices.besides.therapies) * prices.levels.state
        for (place, line) in PaidLine.all.enumerated() {
            let detail = prices.structure.lines[place]
            let cost = detail.price * children(years.level)[line.settings] * (held[line.pool] ?? 1)
            independent += detail.independentShare * cost * prices.levels.independent
            state += (1 - detail.independentShare) * cost * prices.levels.state
        }
        reconciliations.append(
            Reconciliation(
                line: .independent, year: years.level, published: fees, modelled: independent, isHeld: isHeld))
        reconciliations.append(
            Reconciliation(
                line: .topUps, year: years.level, published: all, modelled: independent + state, isHeld: isHeld))
    }

    // MARK: Alternative provision and what is not at school

    /// - Returns: pounds of the lines in the year of totals.
    private mutating func addAlternative() -> Double {
        let pupils = costs.england.last("state alternative pupils")
        let usual =
            costs.national.besides.alternativeState / pupils.amount * costs.national.levels.state
        let spent =
            prices.besides.alternativeState * prices.levels.state
            + prices.besides.alternativeIndependent * prices.levels.independent
        let count = children(years.level)[["AP"]]
        let price = count > 0 ? min(usual, spent / count) : usual
        let others = max(spent - price * count, 0)
        add(
            "Alternative provision", ["AP"], price, uncertainty: 0.2, year: years.level, index: "state special",
            tag: "other",
            source: "England's top-ups of state alternative provision \(name(years.detail)) for "
                + "\(Numerals.grouped(pupils.amount)) pupils with and without plans, at prices of \(name(years.level)); "
                + pupils.source, quality: .red)
        add(
            "Alternative provision, children without a plan", ["AP"], others, unit: .year, uncertainty: 0.1,
            year: years.level, index: "state special", tag: "other",
            source: "top-ups of alternative provision \(pounds(spent)) at prices of \(name(years.level)), less "
                + "\(Numerals.grouped(count)) children with a plan at \(pounds(price))", quality: .amber)
        let after = (price * children(years.total)[["AP"]] + others) * step("state special")
        return after
    }

    private mutating func addElsewhere() {
        let figure = costs.england.last("elsewhere")
        add(
            "Education otherwise than at school", ["EOT"], figure.amount, uncertainty: 0.5, year: figure.year,
            index: "state special", tag: "other", source: figure.source + "; no line of section 251 is of it alone",
            quality: .red)
    }

    /// What is left of the total, whatever it is for: services, hospitals, therapies, less income.
    private mutating func addServices(after others: Double) {
        let figure = costs.england.last("elsewhere")
        let elsewhere =
            figure.amount * children(years.total)[["EOT"]]
            * costs.indices.factor("state special", from: figure.year, to: years.total)
        let plans = children(years.total).all
        guard let total = published(.highNeeds, years.total), plans > 0 else {
            let usual = servicesOfEngland * plans
            return add(
                "SEN support, inclusion and therapies", ["MS"], usual, unit: .year, uncertainty: 0.3,
                year: years.total, index: "state special", tag: "other",
                source: "England's of \(name(years.total)) for as many plans: its own total is not published",
                quality: .red)
        }
        let rest = total - others - elsewhere
        let excess = rest < 0 ? "; other lines are \(pounds(-rest)) more than the total" : ""
        add(
            "SEN support, inclusion and therapies", ["MS"], max(rest, 0), unit: .year, uncertainty: 0.1,
            year: years.total, index: "state special", tag: "other",
            source: "section 251 outturn \(name(years.total)): high needs \(pounds(total)), less the lines above at "
                + "that year's prices\(excess)", quality: rest < 0 || isHeld || step.isHeld ? .red : .amber)
        reconciliations.append(
            Reconciliation(
                line: .highNeeds, year: years.total, published: total,
                modelled: others + elsewhere + max(rest, 0), isHeld: isHeld || step.isHeld))
    }

    /// Pounds a plan of what no line holds, in England.
    private var servicesOfEngland: Double {
        if area.isNational { return 0 }
        let england = AuthorityCosts(costs, costs.nationalArea, Self.space(settings))
        let plans = costs.national.children[years.total]?.all ?? 0
        let sum = england.lines.first { $0.name.hasPrefix("SEN support") }?.cost ?? 0
        return plans > 0 ? sum / plans : 0
    }

    private static func space(_ settings: [String]) -> StateSpace {
        StateSpace(
            need: Dimension(name: "need", codes: ["any"]), setting: Dimension(name: "setting", codes: settings))
    }

    private mutating func addUnpaid() {
        add(
            "Home education", ["EHE"], 0, uncertainty: 0, tag: "other",
            source: "parents educate at home at their own cost: the authority pays for no placement", quality: .green)
        add(
            "Not in education", ["NIE"], 0, uncertainty: 0, tag: "other",
            source: "no placement is paid for while a child is in none", quality: .green)
    }

    // MARK: Places and transport

    private mutating func addPlaces() {
        let place = costs.england.last("special place")
        add(
            "State special places", ["SS"], place.amount, unit: .placeYear, uncertainty: 0, tag: "special",
            source: place.source, quality: .green)
        let units = paid(.placesMainstream, .deductedMainstream, years.detail)
        addPlaces(
            "Resourced provision places", ["RP", "SU"], units, years.detail, unit: .placeYear, tag: "mainstream")
        addPlaces(
            "College places", ["FE", "SP"], published(.deductedColleges, years.places) ?? 0, years.places,
            tag: "post-16")
        let all = paid(.places, .deducted, years.detail)
        let special = paid(.placesSpecial, .deductedSpecial, years.detail)
        let rest = all - special - units - (published(.deductedColleges, years.detail) ?? 0)
        add(
            "Alternative provision and hospital places", ["AP"], max(rest, 0), unit: .year, uncertainty: 0.05,
            tag: "other",
            source: "section 251 outturn and deductions from the dedicated schools grant \(name(years.detail)): "
                + "\(pounds(all)) of places, \(pounds(special)) of them in special schools", quality: .amber)
    }

    /// Places that the authority pays, and those that are paid directly.
    private func paid(_ own: FinanceTables.Line, _ direct: FinanceTables.Line, _ year: Int) -> Double {
        (published(own, year) ?? 0) + (published(direct, year) ?? 0)
    }

    private mutating func addPlaces(
        _ line: String, _ codes: [String], _ spent: Double, _ year: Int, unit: PriceUnit = .planYear, tag: String
    ) {
        let counts = prices.children[year] ?? YearChildren.none
        let england = englandPlaces(codes, year)
        let own = counts[codes] > 0 ? spent / counts[codes] : 0
        let isOwn = own > england / 2.5 && own < england * 2.5
        add(
            line, codes, isOwn ? own : england, unit: unit, uncertainty: isOwn ? 0.05 : 0.2, tag: tag,
            source: "places \(name(year)), section 251 outturn and deductions from the grant: \(pounds(spent)) for "
                + "\(Numerals.grouped(counts[codes])) children of the year (\(pounds(own))); England \(pounds(england))"
                + (isOwn ? "" : ", taken because the authority's own is too far from it"),
            quality: isOwn ? .amber : .red)
    }

    private func englandPlaces(_ codes: [String], _ year: Int) -> Double {
        let units = codes.contains("RP")
        let spent =
            units
            ? (costs.amount(.placesMainstream, "", year) ?? 0) + (costs.amount(.deductedMainstream, "", year) ?? 0)
            : costs.amount(.deductedColleges, "", year) ?? 0
        let counts = costs.national.children[year] ?? YearChildren.none
        return counts[codes] > 0 ? spent / counts[codes] : 0
    }

    private mutating func addTransport() {
        let prices = TransportPrices(costs, area, children(years.transport), settings)
        transport = prices.transport
        guard let published = prices.published else { return }
        reconciliations.append(
            Reconciliation(
                line: .transport, year: years.transport, published: published, modelled: prices.modelled,
                isHeld: prices.isHeld))
    }
}
