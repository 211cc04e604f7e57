import ArgumentParser
import Calibration
import Foundation
import Intake
import Outputs
import Vocabulary

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Makes the model of an authority from published tables or its own returns.",
        discussion: Help.text(
            """
            Reads the national release "Education, health and care plans" (Department for Education) as downloaded, and population by \
            single year of age (Office for National Statistics). Every rate, count and assumption is written with its source. With --sen2 it \
            makes the model from your own returns on plans, child by child; with --care one of children in care from published tables, with \
            --episodes from your own SSDA903 returns.
            """,
            example: "sendcast new my-leeds --authority Leeds --plans ehcp_2025.zip --population projections.csv",
            next:
                "'sendcast check my-leeds', then 'sendcast run my-leeds'; 'sendcast new --list' shows which authorities can be calibrated."
        ))

    @Argument(help: "The folder to make.")
    var out: String?
    @Option(help: "The authority: its name, ONS code or DfE number; England is one too.")
    var authority: String?
    @OptionGroup var sources: ReleaseOptions
    @Option(help: "Tables on children looked after (folder or zip file): make a model of children in care instead.")
    var care: String?
    @Flag(help: "List authorities, the data that each has, and whether it can be calibrated.")
    var list = false
    @Option(
        help:
            "A folder of returns on children looked after (SSDA903): make a model of children in care from their episodes."
    )
    var episodes: String?
    @Option(
        help:
            "The register of schools (edubasealldata…csv): write places.csv with the area's special schools, bases and units."
    )
    var register: String?
    @Option(
        help:
            "Pupils with SEN support (Special educational needs in England): write support.csv; may be given more than once."
    )
    var senCensus: [String] = []
    @OptionGroup var records: Sen2Options
    @Option(
        name: .customLong("split-area"),
        help: "With --sen2, settings of which those outside the area are told apart, such as SS,IS.",
        transform: { $0.split(separator: ",").map(String.init) })
    var split: [[String]] = []
    /// Settings of which those outside the area are told apart.
    var splitArea: [String] { split.flatMap { $0 } }
    @Option(help: "How many years to project (default: 10, as capital needs; forecasts beyond 5 are untested).")
    var horizon: Int?
    /// The years to project, stated or not.
    var usualHorizon: Int { horizon ?? 10 }
    @Option(help: "The January to start from (default: the last one that the release has by age).")
    var base: Int?
    @Option(help: "The share that moves between provision groups with no net effect, at ages between phases.")
    var turnover = CalibratedAuthority.Choices().turnover
    @Option(help: "England's growth of joiners in the first year, as a factor (default: half the last year's).")
    var joinerGrowth: Double?
    @Option(
        help:
            "How joiners grow: panel (as all plans are forecast to, on average), follow (in every run), damped or none."
    )
    var growth = GrowthChoice.panel
    @Option(help: "What spreads plans over settings: forecast (of shares of all authorities) or flows alone.")
    var mix = ModelDescription.Mix.forecast
    @Option(help: "With --episodes, how many of the last years rates are made from (default: 3).")
    var years: Int?
    @Option(
        help:
            "Section 251 outturn of all authorities as downloaded, in place of the years that Sendcast has: prices and balance."
    )
    var finance: String?
    @Flag(help: "Overwrite an existing model.")
    var force = false

    func validate() throws {
        if let horizon, !(1...30).contains(horizon) { throw ValidationError("--horizon takes 1 to 30.") }
        if let years, !(1...50).contains(years) { throw ValidationError("--years takes 1 to 50.") }
        try records.validate(register: register, hasEpisodes: episodes != nil)
        if !splitArea.isEmpty {
            let known = Classification.standard.settings.map(\.code)
            if records.sen2.isEmpty { throw ValidationError("--split-area goes with --sen2.") }
            if let wrong = splitArea.first(where: { !known.contains($0) }) {
                throw ValidationError("--split-area: '\(wrong)' is none of \(known.joined(separator: ", ")).")
            }
        }
        if !records.sen2.isEmpty {
            if out == nil { throw ValidationError("Name a folder.") }
            if care != nil || episodes != nil || list || finance != nil || !senCensus.isEmpty {
                throw ValidationError(
                    "--sen2 cannot be combined with --care, --episodes, --finance, --sen-census or --list.")
            }
            let ofRelease = optionsOfReleases
            if !ofRelease.isEmpty {
                throw ValidationError(
                    "\(ofRelease.listed(with: "and")) shape rates of published tables; with --sen2 rates are those of the returns: leave "
                        + "\(ofRelease.count == 1 ? "it" : "them") out.")
            }
            return
        }
        if episodes != nil {
            if out == nil { throw ValidationError("Name a folder.") }
            if care != nil || list || !sources.plans.isEmpty || finance != nil {
                throw ValidationError("--episodes cannot be combined with --care, --plans, --finance or --list.")
            }
            return
        }
        if !list && (out == nil || authority == nil) {
            throw ValidationError("Name a folder and an --authority, or ask for a --list.")
        }
        if !list && sources.population.isEmpty {
            throw ValidationError("--population is needed: new plans depend on the number of children.")
        }
        if !(0...0.3).contains(turnover) { throw ValidationError("--turnover takes 0 to 0.3.") }
        if let joinerGrowth, !(0.2...5).contains(joinerGrowth) {
            throw ValidationError("--joiner-growth takes 0.2 to 5.")
        }
    }

    /// Options that are given and say how rates are made from a release.
    private var optionsOfReleases: [String] {
        [
            ("--growth", growth != .panel), ("--mix", mix != .forecast), ("--needs", sources.needs != nil),
            ("--turnover", turnover != CalibratedAuthority.Choices().turnover), ("--base", base != nil),
            ("--joiner-growth", joinerGrowth != nil), ("--years", years != nil),
        ].filter(\.1).map(\.0)
    }

    func run() throws {
        let started = Date()
        try Console.explainingFailures {
            if let out, let register, !records.sen2.isEmpty {
                return try NewSen2(register: register, command: self, out: out).run()
            }
            if let episodes { return try NewCareFromEpisodes(returns: episodes, command: self).run() }
            if let care { return try NewCare(tables: care, horizon: usualHorizon, mayReplace: force).run(self) }
            let loaded = try sources.load()
            var choices = CalibratedAuthority.Choices()
            choices.horizon = usualHorizon
            choices.turnover = turnover
            choices.mix = mix
            choices.nationalGrowth = joinerGrowth.map { log($0) }
            let calibrator = try Calibrator(
                loaded.latest, history: loaded.history, choices: choices, base: base)
            if list {
                Console.report(loaded.findings.filter { $0.severity != .note }, write: Console.printError)
                for line in TerminalRelease.lines(
                    calibrator, sources.population.isEmpty ? nil : loaded.people, style: Console.style)
                { print(line) }
                print("\n\(String(format: "%.1f", Date().timeIntervalSince(started))) s.")
            } else if let out, let authority {
                let read = try finance.map { try FinanceTables.read($0) }
                let tables = read.map { FinanceTables.shipped.updated(by: $0.value) } ?? .shipped
                let area = try loaded.latest.area(authority)
                let noticed =
                    loaded.findings(about: area) + (read?.findings ?? []).filter { $0.severity != .note }
                do {
                    let uses = try make(out, area, calibrator, loaded.people, tables, noticed)
                    print("")
                    Console.report(loaded.uses + (read?.uses ?? []) + uses)
                } catch let problem as UnusableData {
                    throw UnusableData(problem.findings + noticed, uses: problem.uses)
                }
            }
        }
    }

    /// Makes the model.
    /// - Parameter noticed: what is to be said of the files after what is said of the model.
    /// - Returns: what was used of the files that are read for this area alone.
    private func make(
        _ out: String, _ area: NationalRelease.Area, _ calibrator: Calibrator, _ people: PublishedPopulation,
        _ finance: FinanceTables, _ noticed: [Finding]
    ) throws -> [FileUse] {
        let latest = calibrator.panel.release
        let output = try OutputFolder(out, mayReplace: force, kind: .model)
        let model = try calibrator.calibrate(area, population: people)
        let effect = try TurnoverEffect(model, calibrator, population: people)
        let path = growth == .panel ? JoinerFactors(model, history: calibrator.history) : nil
        let totals = growth == .follow ? FollowedTotals(model, history: calibrator.history) : nil
        let costs = UnitCosts(latest, through: model.january, finance: finance)
        let unused = costs.map { AuthorityMoney.unused(finance, in: $0, base: model.january) } ?? []
        let money = costs.map { AuthorityMoney($0, area, model.space, base: model.january) }
        let made = CalibratedModel(
            model, of: latest, history: calibrator.history, turnover: effect, growth: growth.growth, path: path,
            totals: totals, money: money)
        var data = made.data(command: command(area, out))
        data.indicators += people.residents(of: area)
        let places = try places(of: area, data.space, model)
        data.places = places?.value
        let support = try support(of: area, model, people)
        if let support { data.support = support.value }
        let kept = output.keptMoney
        let keptPlaces = output.keptPlaces(hasRegister: register != nil)
        // Prices that stand may pay for journeys already.
        if kept.contains("costs.csv") { data.money.transport = GivenTransport() }
        try output.write(data.files.filter { !keptPlaces.contains($0.name) })
        let ofPlaces = keptPlaces.contains(ModelFile.places.name) ? [] : places?.findings ?? []
        let findings =
            growthFindings(path, totals, area) + mixFindings(model) + unused + moneyFindings(money, kept)
            + ofPlaces + (support?.findings ?? [])
        Console.report(model.findings + findings) { print($0) }
        Console.report(noticed, write: Console.printError)
        for line in TerminalRelease.summary(of: model, effect) { print(line) }
        for line in TerminalMoney.lines(money, kept: kept, style: Console.style) { print(line) }
        if !keptPlaces.isEmpty {
            print(
                "\nPlaces: \(keptPlaces.joined(separator: ", ")) stood in the folder and \(keptPlaces.count == 1 ? "is" : "are") kept."
            )
        }
        print("\nThe model is in \(out); try: sendcast run \(out)")
        return (places?.uses ?? []) + (support?.uses ?? [])
    }

    /// The special schools, bases and units of the register that lie in the area; without one a pool of each kind, and of England none.
    private func places(
        of area: NationalRelease.Area, _ space: StateSpace, _ model: CalibratedAuthority
    ) throws(UnusableData) -> Checked<GivenPlaces>? {
        var children = [Int](repeating: 0, count: space.setting.count)
        for (cell, count) in model.cohort.enumerated() { children[cell % children.count] += Int(count) }
        guard let register else {
            if area.isNational { return nil }
            let pools = GivenPlaces.pools(
                of: Int(area.number), space,
                name: { code in model.settings.first { $0.code == code }?.name ?? code }, children: children,
                base: model.january)
            return pools.value.places.isEmpty ? nil : pools
        }
        let ledger = try SchoolRegister.read(register, codes: area.codes.union([area.code]), number: area.number)
        guard !ledger.findings.containsErrors else { throw UnusableData(ledger.findings, uses: ledger.uses) }
        let places = GivenPlaces(ledger.value, space, children: children, base: model.january)
        return Checked(places, findings: ledger.findings, uses: ledger.uses)
    }

    /// Pupils with SEN support in the area's schools.
    private func support(
        of area: NationalRelease.Area, _ model: CalibratedAuthority, _ published: PublishedPopulation
    ) throws(UnusableData) -> Checked<[SupportRow]>? {
        if senCensus.isEmpty { return nil }
        var read = try SenCensus.read(senCensus)
        let number = area.isNational ? "" : area.number
        let first = read.value.pupils[number]?.keys.min() ?? model.january
        // Of the Januaries before those of the model, the ones that the population reaches back to.
        let past = (first...max(first, model.january)).lazy.compactMap { january in
            try? JanuaryPopulation(published, of: area, januaries: january...model.january)
        }.first
        let people = (past?.people ?? [:]).merging(model.population.people) { $1 }
        let rows = read.value.rows(of: number, through: model.january) { january, ages in
            people[january].map { known in ages.reduce(0) { $0 + known[$1] } }
        }
        if rows.isEmpty {
            read.findings.append(
                Finding(
                    .warning, column: "--sen-census",
                    "no count of SEN support of \(area.name) to January \(model.january): support.csv is not written",
                    remedy: "Give a file that has the authority."))
        }
        return Checked(rows, findings: read.findings, uses: read.uses)
    }

    /// Where money is not the authority's own.
    private func moneyFindings(_ money: AuthorityMoney?, _ kept: [String]) -> [Finding] {
        guard let money else {
            return [
                Finding(
                    .warning,
                    "the release does not have the authorities and years that section 251 outturn is of: costs are other areas' averages",
                    remedy: "Replace costs.csv before using the budget.")
            ]
        }
        return kept.isEmpty ? money.findings : []
    }

    /// Where growth could not be followed.
    private func growthFindings(
        _ path: JoinerFactors?, _ totals: FollowedTotals?, _ area: NationalRelease.Area
    ) -> [Finding] {
        if (growth == .panel && path == nil) || (growth == .follow && totals == nil) {
            return [
                Finding(
                    .warning, "\(area.name) has no growth of plans to go on from, so joiners stay at their level",
                    remedy: "Add an earlier release with another --plans, or choose --growth damped.")
            ]
        }
        guard let path else { return [] }
        if path.missed.isEmpty { return [] }
        let years = path.missed.map(String.init).joined(separator: ", ")
        return [Finding(.warning, "plans that go on are more than the growth forecast in January \(years)")]
    }

    /// Where shares could not be followed.
    private func mixFindings(_ model: CalibratedAuthority) -> [Finding] {
        if mix == .flows || model.mix != nil { return [] }
        return [
            Finding(
                .warning,
                "\(model.area.name) has no shares of settings to go on from, so moves and joiners alone spread plans over settings",
                remedy: "Use a release with placements of all authorities, or say --mix flows.")
        ]
    }

    /// The command line that makes the model again, with names of files only.
    private func command(_ area: NationalRelease.Area, _ out: String) -> String {
        var recipe = Recipe(out)
        recipe.add("--authority", area.name)
        recipe.add("--plans", files: sources.plans)
        recipe.add("--population", files: sources.population)
        recipe.add("--needs", files: sources.needs.map { [$0] } ?? [])
        recipe.add("--finance", files: finance.map { [$0] } ?? [])
        recipe.add("--register", files: register.map { [$0] } ?? [])
        recipe.add("--sen-census", files: senCensus)
        recipe.add("--horizon", horizon)
        recipe.add("--base", base)
        if growth != .panel { recipe.add("--growth", growth.rawValue) }
        if mix != .forecast { recipe.add("--mix", mix.rawValue) }
        if turnover != CalibratedAuthority.Choices().turnover { recipe.add("--turnover", turnover) }
        recipe.add("--joiner-growth", joinerGrowth)
        return recipe.description
    }
}

extension ModelDescription.Mix: ExpressibleByArgument {}

/// How joiners grow after the first year.
enum GrowthChoice: String, ExpressibleByArgument, CaseIterable {
    case panel
    case follow
    case damped
    case none

    /// As `model.yaml` says it.
    var growth: ModelDescription.Growth {
        switch self {
        case .panel: .panel
        case .follow: .follow
        case .damped: .damped
        case .none: .none
        }
    }
}
