import Vocabulary

extension CareRelease.Area {
    /// What is read of the interactive tool, by the names that it has there.
    enum Indicator: String {
        case weekOfAll = "LACFinance"
        case weekOfFostering = "FosteringFinance"
        case weekOfHomes = "RescareFinance"
        case children = "LACnum"
        case withPlan = "LAC_SEN_Statement"
        case spend = "TotalLACFinance"
        case spendOnLeavers = "LeaveCareSupServTotExp"
        case careLeavers = "NoCareLeavers"
        case stayingPut = "StayingPut"
        case notInTouch = "CareLeavers_LA_NotInTouch"
        case farAway = "LACDistance"
        case asylum = "Unacc_Asylmn_Seek_Childn"
        case fosterPlaces = "Number_Foster_Places(New)"
        case fosterPlacesFilled = "Number_Foster_Places_Filled(New)"
    }

    mutating func take(_ item: Indicator, year: Int, _ value: Double) {
        switch item {
        case .weekOfAll: weekly["all", default: [:]][year] = value
        case .weekOfFostering: weekly["fostering", default: [:]][year] = value
        case .weekOfHomes: weekly["homes", default: [:]][year] = value
        case .children: totals[year] = value
        case .withPlan: withPlan[year] = value / 100
        case .spend: spend["all", default: [:]][year] = value
        case .spendOnLeavers: spend["leaving care", default: [:]][year] = value
        case .careLeavers: careLeavers[year] = value
        case .stayingPut: stayingPut[year] = value / 100
        case .notInTouch: notInTouch[year] = value / 100
        case .farAway: farAway[year] = value / 100
        case .asylum: asylum[year] = value
        case .fosterPlaces: fosterPlaces[year, default: (0, 0)].approved = value
        case .fosterPlacesFilled: fosterPlaces[year, default: (0, 0)].filled = value
        }
    }
}

extension CareRelease.Year {
    /// The groups of characteristics that are read.
    enum Group: String, CaseIterable {
        case age = "age group"
        case need = "category of need"
        case placement
        case provider = "place providers"
        case ageOnStarting = "age on starting"
        case ageOnCeasing = "age on ceasing"
        case route = "reason episode ceased"

        init?(_ label: String) { self.init(rawValue: CareClassification.key(label)) }
    }

    /// Adds a count; says whether its label is known.
    mutating func take(
        _ count: Double, group: Group, label: String, isStock: Bool, _ classification: CareClassification
    ) -> Bool {
        if CareClassification.key(label) == "total" {
            switch group {
            case .age: total = count
            case .ageOnStarting: started = count
            case .ageOnCeasing: ceased = count
            default: break
            }
            return true
        }
        func add(_ table: String, _ counts: WritableKeyPath<Self, CareRelease.Counts>) -> Bool {
            guard let code = classification.code(of: label, in: table) else { return false }
            // Of several labels of one code what is known counts: what is held back of one is small, and all are scaled to the total later.
            if count.isNaN { heldBack.insert("\(table) \(code)") }
            let before = self[keyPath: counts][code]
            self[keyPath: counts][code] = before.map { $0.isNaN ? count : count.isNaN ? $0 : $0 + count } ?? count
            return true
        }
        switch group {
        case .age: return add("band", \.byBand)
        case .need: return add("reason", isStock ? \.byReason : \.startedByReason)
        case .placement: return add("kind", \.byKind)
        case .provider: return add("provider", \.byProvider)
        case .ageOnStarting: return add("band", \.startedByBand)
        case .ageOnCeasing:
            let isSingle = add("band on ceasing", \.ceasedByBand)
            return add("band", \.ceasedByBand) || isSingle
        case .route:
            _ = add("ceased to", \.ceasedTo)
            return add("route", \.ceasedByRoute)
        }
    }
}
