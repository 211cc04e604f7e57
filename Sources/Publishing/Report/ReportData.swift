import Formats
import Intake
import Outputs
import Vocabulary

/// The figures of a run that reports show, found by what they count.
struct ReportData: Sendable {
    /// People: a need, setting and band, or `all`.
    struct Who: Hashable {
        var need = ResultFiles.all
        var setting = ResultFiles.all
        var band = ResultFiles.all
    }

    /// A setting as returns and charts name it.
    struct Setting: Sendable {
        let code: String
        let name: String
        let group: String
    }

    /// What is left of a total beside parts that are held back.
    static let others = "others, not shown apart"

    let tables: ResultTables
    var manifest: Manifest { tables.manifest }
    /// What its service calls what is counted.
    var words: Words { tables.words }
    /// What is counted, after the number of children: `plans`, or `in care`.
    var counted: String { words == .care ? "in care" : words.people }
    /// Who is counted: `plans`, or `children in care`.
    var who: String { words == .care ? words.title : words.people }
    let settings: [Setting]
    let needs: [(code: String, name: String)]
    let bands: [String]
    let budget: [ResultRow]
    /// The assumptions that are rated red, by kind.
    private let red: [String: [String]]
    private let plans: [Who: [(x: String, interval: Interval)]]
    /// Those whose figures are held back.
    private let heldBack: Set<Who>

    init(_ tables: ResultTables) throws(UnusableData) {
        self.tables = tables
        settings = try tables.rows(.settings).map {
            Setting(code: $0["setting"], name: $0["name"], group: $0["group"])
        }
        needs = try tables.rows(.needs).map { ($0["need"], $0["name"]) }
        budget = try tables.rows(.budget)
        red = Dictionary(
            grouping: try tables.rows(.assumptions, where: ["quality": [AssumptionQuality.red.rawValue]]),
            by: { Self.ofMoney.contains($0["id"]) ? "price" : $0["kind"] }
        ).mapValues { rows in rows.map { $0["id"].replacing("-", with: $0["kind"] == "model" ? " " : "-") }.unique }
        var plans: [Who: [(x: String, interval: Interval)]] = [:]
        var bands: [String] = []
        var heldBack: Set<Who> = []
        let conditions: [String: Set<String>] = ["age": [ResultFiles.all], "scenario": [ResultFiles.baseline]]
        for row in try tables.rows(.plans, where: conditions) {
            let who = Who(need: row["need"], setting: row["setting"], band: row["age_band"])
            if who.band != ResultFiles.all && !bands.contains(who.band) { bands.append(who.band) }
            if row["mean"] == DisclosureControl.mark { heldBack.insert(who) }
            if let interval = row.interval { plans[who, default: []].append((row["january"], interval)) }
        }
        self.plans = plans
        self.heldBack = heldBack
        self.bands = bands
    }

    /// The scenarios besides the baseline.
    var scenarios: [String] { manifest.scenarios.filter { $0 != ResultFiles.baseline } }

    /// The Januaries, as outputs write them.
    var januaries: [String] { (manifest.base...manifest.last).map(String.init) }

    /// The baseline's plans by January; rows that are zero in every run may be missing.
    func plans(_ who: Who = Who()) -> [(x: String, interval: Interval)] { plans[who] ?? [] }

    /// Whether figures are held back.
    func isHeldBack(_ who: Who) -> Bool { heldBack.contains(who) }

    /// The baseline's plans of one January; `nil` where none are written.
    func plans(_ who: Who = Who(), in january: Int) -> Interval? {
        plans(who).first { $0.x == String(january) }?.interval
    }

    /// The groups of settings, in the order of settings.
    var groups: [String] {
        settings.map(\.group).unique
    }

    /// Mean plans by January of each group of settings that has some. Groups of which a part is held back are one, as what is left of
    /// the total.
    func plansByGroup() -> [(name: String, figures: [Double])] {
        parts(
            groups.map { group in
                (group, settings.filter { $0.group == group }.map { Who(setting: $0.code) })
            })
    }

    /// Mean plans by January of each band of ages, likewise.
    func plansByBand() -> [(name: String, figures: [Double])] { parts(bands.map { ($0, [Who(band: $0)]) }) }

    private func parts(_ parts: [(name: String, members: [Who])]) -> [(name: String, figures: [Double])] {
        let total = figures(Who())
        let known = parts.filter { $0.members.allSatisfy { !heldBack.contains($0) } }.map { part in
            let members = part.members.map(figures)
            return (name: part.name, figures: januaries.indices.map { place in members.reduce(0) { $0 + $1[place] } })
        }
        let rest = januaries.indices.map { place in total[place] - known.reduce(0) { $0 + $1.figures[place] } }
        let isWhole = known.count == parts.count
        return (isWhole ? known : known + [(Self.others, rest)]).filter {
            $0.figures.contains { $0 >= 0.5 }
        }
    }

    private func figures(_ who: Who) -> [Double] {
        januaries.map { january in plans(who).first { $0.x == january }?.interval.mean ?? 0 }
    }

    /// The financial years of the budget.
    var years: [String] {
        budget.filter { $0["scenario"] == ResultFiles.baseline && isSpend($0) }.map { $0["financial_year"] }
    }

    /// All spend by financial year.
    func spend(of scenario: String = ResultFiles.baseline) -> [(x: String, interval: Interval)] {
        amounts(scenario) { isSpend($0) }
    }

    /// Amounts of `income`, `in-year` and `balance` by financial year.
    func amounts(_ line: String, of scenario: String = ResultFiles.baseline) -> [(x: String, interval: Interval)] {
        amounts(scenario) { $0["line"] == line }
    }

    /// The worst rating among rows of the budget.
    func quality(_ line: String, _ scenario: String = ResultFiles.baseline) -> String {
        let ratings = Set(budget.filter { $0["scenario"] == scenario && $0["line"] == line }.map { $0["quality"] })
        return ["red", "amber", "green"].first { ratings.contains($0) } ?? ""
    }

    /// Entries of the log that spend rests on, and children do not.
    private static let ofMoney: Set = [AssumptionLog.unitCosts, "transport"]

    /// How many assumptions of a kind a sentence names; a table below has all of them.
    private static let mostNamed = 4

    /// What children who find no place do, as a sentence names it.
    private static let overflow = "where children go who find no place"

    /// Which assumptions of some kinds are rated red (`model`, `price`, `income`), as the end of a sentence; empty where none is. Where children
    /// go who find no place is of account only where places bind.
    func resting(on kinds: [String]) -> String {
        let binds = manifest.baseline != .forecast && red["overflow"] != nil && !kinds.allSatisfy { $0 == "model" }
        let names = kinds.map { red[$0] ?? [] } + (binds ? [[Self.overflow]] : [])
        let named = names.flatMap { $0.prefix(Self.mostNamed) }
        let rest = names.reduce(0) { $0 + $1.count } - named.count
        let more = rest > 0 ? "; and \(rest) more" : ""
        return named.isEmpty ? "" : "; it rests on what is rated red: \(named.joined(separator: "; "))\(more)"
    }

    /// What spend is for: tags, or lines where there are no tags.
    func spendParts() -> [(name: String, figures: [Double])] {
        let rows = budget.filter { $0["scenario"] == ResultFiles.baseline }
        let tagged = rows.filter {
            $0["line"] == "spend" && $0["payer"] == ResultFiles.all && $0["tag"] != ResultFiles.all
        }
        let isTagged = Set(tagged.map { $0["tag"] }).count > 1
        let parts = isTagged ? tagged : rows.filter { $0.number("units") != nil }
        if parts.isEmpty { return [("all spend", spend().map(\.interval.mean))] }
        let column = isTagged ? "tag" : "line"
        let names = parts.map { $0[column] }.unique
        return names.map { name in
            let own = parts.filter { $0[column] == name }
            let figures = years.map { year in own.first { $0["financial_year"] == year }?.number("mean") ?? 0 }
            return (name.isEmpty ? "no tag" : name, figures)
        }
    }

    private func isSpend(_ row: ResultRow) -> Bool {
        row["line"] == "spend" && row["payer"] == ResultFiles.all && row["tag"] == ResultFiles.all
    }

    private func amounts(_ scenario: String, _ isWanted: (ResultRow) -> Bool) -> [(x: String, interval: Interval)] {
        budget.filter { $0["scenario"] == scenario && isWanted($0) }.compactMap { row in
            row.interval.map { (row["financial_year"], $0) }
        }
    }
}

/// A part of a report.
struct ReportSection: Sendable {
    /// A short name for links.
    let id: String
    let title: String
    /// What to know of some of its figures, beside each chart and below tables whose text asks for it.
    var caution: (text: String, isFor: @Sendable (String) -> Bool)?
    /// What it says in words.
    var words: [Markup] = []
    var charts: [Chart] = []
    /// Tables that are shown as they are.
    var tables: [Markup] = []
    /// Tables and words behind a heading that opens.
    var details: [(title: String, content: Markup)] = []
}

/// Words for figures.
enum Wording {
    /// `80 % prediction interval £1.2m to £3.4m`.
    static func interval(_ interval: Interval, _ format: FigureFormat) -> String {
        "80 % prediction interval \(format.range(interval))"
    }

    /// `1,000 runs`.
    static func runs(_ manifest: Manifest) -> String {
        let count = manifest.runs[1] - manifest.runs[0]
        return count == 1 ? "1 run" : "\(Numerals.grouped(Double(count))) runs"
    }

    /// A finding without its severity and the folder of its file.
    static func finding(_ text: String) -> String {
        let words = ["warning: ", "note: "].reduce(text) { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 }
        guard let file = words.firstRange(of: ": ") else { return words }
        let name = words[..<file.lowerBound].split(separator: "/").last ?? words[...]
        return words[..<file.lowerBound].contains(" ") ? words : "\(name)\(words[file.lowerBound...])"
    }

    /// A name as a heading.
    static func heading(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}
