import Algorithms
import Intake
import RealModule
import Vocabulary

/// An authority beside its statistical neighbours, its region and England, indicator by indicator.
public struct Benchmark: Sendable {
    /// What an area is to the one that is compared.
    public enum Role: String, Sendable, CaseIterable {
        case area, neighbour, region
        case england = "England"
    }

    /// A figure of an area, or of several together.
    public struct Figure: Sendable {
        /// Whose it is.
        public let role: Role
        /// The department's number; empty of a region and of England.
        public let number: String
        /// The name.
        public let name: String
        /// The figure, in the indicator's unit.
        public let value: Double
        /// What it is the quotient of.
        public let over: Double
        /// See ``over``.
        public let under: Double
        /// An 80 % interval: of what chance makes of a count of children, or of a forecast; `nil` of other figures.
        public let range: ClosedRange<Double>?
    }

    /// Where a figure stands among others, the highest first.
    public struct Rank: Sendable, Equatable {
        /// One more than the number of figures above it.
        public let place: Int
        /// How many figures there are, its own among them.
        public let of: Int

        /// The quarter that it is in: 1 is the highest.
        public var quarter: Int { min(1 + 4 * (place - 1) / max(of, 1), 4) }

        init?(_ value: Double, among others: [Double]) {
            if others.isEmpty { return nil }
            place = 1 + others.count { $0 > value }
            of = others.count + 1
        }
    }

    /// An indicator in its last period.
    public struct Line: Sendable {
        /// What is compared.
        public let indicator: BenchmarkIndicator
        /// When it is of.
        public let period: String
        /// Whether it is forecast.
        public let isForecast: Bool
        /// The area's figure first, then its neighbours' from the closest on, its region's and England's, as far as they are known.
        public let figures: [Figure]
        /// Among its neighbours; `nil` without any.
        public let amongNeighbours: Rank?
        /// Among all authorities that have it.
        public let amongAll: Rank?
        /// How many authorities of the region its figure is made of.
        public let inRegion: Int
        /// The files that it is from.
        public let source: String

        /// The figure of the area, of the region or of England.
        public func figure(_ role: Role) -> Figure? { figures.first { $0.role == role } }

        /// The neighbours' figures.
        public var neighbours: [Figure] { figures.filter { $0.role == .neighbour } }

        /// The median of the neighbours.
        public var middle: Double? {
            let values = neighbours.map(\.value).sorted()
            if values.isEmpty { return nil }
            return (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        }
    }

    /// The area.
    public let area: BenchmarkPlace
    /// Its neighbours that there are figures of, the closest first.
    public let neighbours: [BenchmarkPlace]
    /// Whether neighbours were given.
    public let knowsNeighbours: Bool
    /// Every indicator that the area has, in order.
    public let lines: [Line]
    /// What is known to be wrong with the area's own tables.
    public let cautions: [String]
    /// Titles of indicators that it does not have, by topic.
    public let absent: [(topic: String, titles: [String])]

    /// What is needed for the standard normal distribution to hold four fifths.
    private static let within80 = 1.2816

    /// Compares an area.
    /// - Parameters:
    ///   - tables: the tables of one service.
    ///   - neighbours: the department's numbers, the closest first; `nil` where they are not known.
    ///   - forecast: what is forecast, to stand after what was counted of the same topic.
    init(_ area: BenchmarkPlace, _ tables: some BenchmarkTables, neighbours numbers: [String]?, forecast: [Line] = []) {
        self.area = area
        knowsNeighbours = numbers != nil
        neighbours = (numbers ?? []).compactMap { number in tables.places.first { $0.number == number } }
        var lines: [Line] = []
        var absent: [(topic: String, title: String)] = []
        let peers = BenchmarkPeers(area, among: tables.places, neighbours: neighbours)
        let indicators = BenchmarkIndicator.all.filter { $0.service == tables.service }.flatMap {
            Self.narrowed($0, tables)
        }
        for indicator in indicators {
            if let line = Self.line(indicator, tables, peers) {
                lines.append(line)
            } else {
                absent.append((indicator.topic, indicator.title))
            }
        }
        for line in forecast {
            let place = lines.lastIndex { $0.indicator.topic == line.indicator.topic }
            lines.insert(line, at: place.map { $0 + 1 } ?? lines.count)
        }
        self.lines = lines
        let known = tables.service == .plans ? ReleaseBreak.known.filter { $0.number == area.number } : []
        cautions = Array(known.map(\.note).uniqued())
        self.absent = absent.map(\.topic).uniqued().map { topic in
            (topic, absent.filter { $0.topic == topic }.map(\.title))
        }
    }

    /// An indicator of anything, once for each thing that there is.
    private static func narrowed(_ indicator: BenchmarkIndicator, _ tables: some BenchmarkTables)
        -> [BenchmarkIndicator]
    {
        guard indicator.over.codes == ["*"] else { return [indicator] }
        let codes = tables.codes(of: indicator.over)
        return codes.isEmpty
            ? [indicator]
            : codes.enumerated().map { place, code in
                indicator.narrowed(
                    to: indicator.over.of([code]), id: "\(indicator.id)-\(place + 1)",
                    title: "from \(code.prefix(1).lowercased())\(code.dropFirst())")
            }
    }

    /// An indicator in the last period in which most authorities that ever have it have it; `nil` where the area has none then.
    private static func line(
        _ indicator: BenchmarkIndicator, _ tables: some BenchmarkTables, _ peers: BenchmarkPeers
    ) -> Line? {
        let clock = tables.clock(indicator.over)
        func parts(_ place: BenchmarkPlace, _ period: Int) -> (over: Double, under: Double)? {
            let base = clock.period(period, of: tables.clock(indicator.under)) - indicator.lag
            guard let under = tables.amount(indicator.under, of: place, in: base), under > 0,
                let over = tables.amount(indicator.over, of: place, in: period)
            else { return nil }
            return (over, under)
        }
        let authorities = tables.places.filter { !$0.isNational }
        let known = tables.periods.map { period in
            (period, authorities.compactMap { place in parts(place, period).map { (place, $0) } })
        }
        let most = known.map(\.1.count).max() ?? 0
        guard let (period, ratios) = known.last(where: { !$0.1.isEmpty && 2 * $0.1.count > most }) else { return nil }
        let base = clock.period(period, of: tables.clock(indicator.under)) - indicator.lag
        let sources = [
            tables.source(indicator.over, in: period), tables.source(indicator.under, in: base),
        ]
        let england = tables.places.first(where: \.isNational).flatMap { parts($0, period) }
        return peers.line(
            indicator, period: clock.text(period),
            source: Array(sources.filter { !$0.isEmpty }.uniqued()).joined(separator: "; "),
            Dictionary(ratios.map { ($0.number, $1) }, uniquingKeysWith: { first, _ in first }), england: england)
    }

    /// What chance makes of a count: an interval of 80 %.
    static func range(_ unit: BenchmarkIndicator.Unit, _ over: Double, _ under: Double) -> ClosedRange<Double>? {
        unit.deviation(over, under).map { deviation in
            let value = unit.figure(over, under)
            return max(value - within80 * deviation, 0)...value + within80 * deviation
        }
    }
}

/// Whom an area is compared with.
struct BenchmarkPeers {
    private let area: BenchmarkPlace
    private let neighbours: [BenchmarkPlace]
    /// The numbers of the authorities of its region.
    private let region: [String]

    init(_ area: BenchmarkPlace, among places: [BenchmarkPlace], neighbours: [BenchmarkPlace]) {
        self.area = area
        self.neighbours = neighbours
        region = area.region.isEmpty ? [] : places.filter { $0.region == area.region }.map(\.number)
    }

    /// A line of what is counted; regions, and England where it is not published, are of their authorities together.
    func line(
        _ indicator: BenchmarkIndicator, period: String, source: String,
        _ parts: [String: (over: Double, under: Double)], england: (over: Double, under: Double)?
    ) -> Benchmark.Line? {
        func figure(_ role: Benchmark.Role, _ number: String, _ name: String, _ part: (over: Double, under: Double))
            -> Benchmark.Figure
        {
            Benchmark.Figure(
                role: role, number: number, name: name, value: indicator.unit.figure(part.over, part.under),
                over: part.over, under: part.under, range: Benchmark.range(indicator.unit, part.over, part.under))
        }
        func together(_ numbers: some Sequence<String>) -> (over: Double, under: Double)? {
            let known = numbers.compactMap { parts[$0] }
            if known.isEmpty { return nil }
            return (known.reduce(0) { $0 + $1.over }, known.reduce(0) { $0 + $1.under })
        }
        guard let own = area.isNational ? england : parts[area.number] else { return nil }
        var figures = [figure(.area, area.number, area.name, own)]
        figures += neighbours.compactMap { place in
            parts[place.number].map { figure(.neighbour, place.number, place.name, $0) }
        }
        if let part = together(region) { figures.append(figure(.region, "", area.region, part)) }
        if !area.isNational, let part = england ?? together(parts.keys.sorted()) {
            figures.append(figure(.england, "", "England", part))
        }
        let others = parts.filter { $0.key != area.number }.map { indicator.unit.figure($1.over, $1.under) }
        return line(
            indicator, period: period, isForecast: false, figures, others: area.isNational ? [] : others,
            inRegion: region.count { parts[$0] != nil }, source: source)
    }

    /// A line of figures that are made elsewhere, the area's first.
    /// - Parameter others: the figures of all other authorities.
    func line(
        _ indicator: BenchmarkIndicator, period: String, isForecast: Bool, _ figures: [Benchmark.Figure],
        others: [Double], inRegion: Int, source: String
    ) -> Benchmark.Line? {
        guard let own = figures.first?.value else { return nil }
        let near = figures.filter { $0.role == .neighbour }.map(\.value)
        return Benchmark.Line(
            indicator: indicator, period: period, isForecast: isForecast, figures: figures,
            amongNeighbours: .init(own, among: near), amongAll: .init(own, among: others), inRegion: inRegion,
            source: source)
    }

    /// Whom figures are made of: the area, each neighbour, the region and England, by the numbers of their authorities.
    func groups(all numbers: [String]) -> [(role: Benchmark.Role, number: String, name: String, of: [String])] {
        if area.isNational { return [(.area, "", area.name, numbers)] }
        return [(.area, area.number, area.name, [area.number])]
            + neighbours.map { (.neighbour, $0.number, $0.name, [$0.number]) }
            + (region.isEmpty ? [] : [(.region, "", area.region, region)]) + [(.england, "", "England", numbers)]
    }
}
