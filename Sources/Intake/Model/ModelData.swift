import Formats
import struct Foundation.Data
import Vocabulary

/// Everything that a model folder holds but scenarios, as one value: what calibrations make, folders keep, and studies run.
///
/// ```swift
/// let data = try ModelFolder.read("models/demo").value.data
/// for file in data.files { print(file.name, file.data.count) }   // read again, they give the same data
/// ```
public struct ModelData: Sendable, Equatable {
    /// What rates come from.
    public enum Content: Sendable, Equatable {
        /// What plans did: the transitions format.
        case observed(ObservedPlans)
        /// A cohort and rates: `cohort.csv` and `rates/`.
        case given(GivenPlans)
    }

    /// What the model says of itself.
    public var description: ModelDescription
    /// Age by need by setting.
    public let space: StateSpace
    /// What rates come from.
    public var content: Content
    /// People by January and age.
    public var population: PopulationTable
    /// How joiners change, and what becomes of requests: rows by table; a table without a file is missing.
    public var joiners: [RateTable: [RateRow]] = [:]
    /// Who has places, and what becomes of those without; `nil` where the folder does not say.
    public var places: GivenPlaces?
    /// Where children live, where the folder says so.
    public var areas: [AreaRow] = []
    /// Which shares of children are placed outside the area, where the folder says so.
    public var outOfArea: [OutOfAreaRow] = []
    /// Pounds per plan and year.
    public var costs: CostTable
    /// What else the folder says of money.
    public var money: GivenMoney
    /// Pupils with SEN support by January, phase and need, where the folder has them.
    public var support: [SupportRow] = []
    /// What becomes of them in a year; none where the folder leaves it to the rates that ship.
    public var supportRates: [SupportRateRow] = []
    /// Numbers for every 1,000 people or plans, where the folder has them.
    public var prevalence: [PrevalenceRow] = []
    /// What becomes of refusals and disputes; what the folder leaves out is England's, which ships.
    public var law: [LawRow] = []
    /// The way into care, stage by stage, where the folder has it.
    public var frontDoor: [FrontDoorRow] = []
    /// How many children of a placement hold a plan, for care.
    public var overlap: [OverlapRow] = []
    /// Young people who have left care, where the folder has them.
    public var careLeavers = GivenCareLeavers()
    /// Plans of earlier Januaries, where the folder has them.
    public var history: [HistoryRow] = []
    /// Plans counted since the base, where the folder has them.
    public var counted: [CountedRow] = []
    /// Published figures that are kept beside the model, where the folder has them.
    public var indicators: [IndicatorRow] = []

    /// What every model has.
    public init(
        _ description: ModelDescription, _ space: StateSpace, _ content: Content, population: PopulationTable,
        costs: CostTable = CostTable(), money: GivenMoney = GivenMoney()
    ) {
        self.description = description
        self.space = space
        self.content = content
        self.population = population
        self.costs = costs
        self.money = money
    }

    /// Every file of the folder, by name.
    public var files: [(name: String, data: Data)] {
        var files = [(name: ModelFile.description.name, data: description.data)]
        switch content {
        case .observed(let plans):
            files += plans.files(space) + [(ModelFile.population.name, population.data(space.service, isByAge: false))]
        case .given(let plans):
            files += plans.files(space) + [(ModelFile.population.name, population.data(space.service, isByAge: true))]
        }
        for table in RateTable.ofJoiners {
            if let rows = joiners[table] { files.append((table.file, table.data(rows, space))) }
        }
        files += (places?.files(space) ?? []) + money.files(costs, space)
        files.append(areas, space)
        files.append(outOfArea, space)
        files.append(support, space)
        if !supportRates.isEmpty {
            files.append((ModelFile.supportRates.name, TableReader.data(supportRates, SupportRateRow.columns)))
        }
        files.append(prevalence, space)
        if !law.isEmpty { files.append((ModelFile.law.name, TableReader.data(law, LawRow.columns))) }
        files.append(frontDoor, space)
        files.append(overlap, space)
        files.append(careLeavers.ages, space)
        files.append(careLeavers.accommodation, space)
        files.append(history, space)
        files.append(counted, space)
        files.append(indicators, space)
        return files
    }
}

extension ModelData {
    /// The group of each setting.
    public var groups: [String] {
        switch content {
        case .observed(let plans): plans.groupOfSetting.map { plans.groups[$0] }
        case .given(let plans): plans.settings.map(\.group)
        }
    }

    /// Non-maintained and independent special schools: the settings that the DSG management plan counts as such. Of care, placements
    /// outside the area's own provision.
    public var independentSettings: [Int] {
        guard case .given(let plans) = content else { return [] }
        if space.service == .care { return plans.settings.indices.filter { !plans.settings[$0].isInArea } }
        return settings(of: "dsg", called: ["NMSS or independent"])
    }

    /// The settings that a statutory return calls by one of some names.
    /// - Parameter name: a column of `settings.csv`, one of ``Classification/returns``.
    public func settings(of name: String, called names: Set<String>) -> [Int] {
        guard case .given(let plans) = content, space.service == .plans,
            let column = Classification.returns.firstIndex(of: name)
        else { return [] }
        return plans.settings.indices.filter { names.contains(plans.settings[$0].returns[column]) }
    }
}
