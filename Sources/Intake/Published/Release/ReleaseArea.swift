import Vocabulary

extension NationalRelease.Area {
    /// Takes one row of a table, and says whether anything of it is used.
    mutating func take(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ classification: Classification, _ labels: inout UnknownLabels
    ) -> Bool {
        let year = entry.year
        note(entry, layout.kind)
        switch layout.kind {
        case .plans: return plans[year, default: .init()].takePlacements(entry, layout, classification)
        case .newPlans: return newPlans[year, default: .init()].takePlacements(entry, layout, classification)
        case .needs:
            let setting = placement(entry, classification, &labels)
            return entry.isOfStock
                ? plans[year, default: .init()].takeNeeds(entry, layout, setting)
                : newPlans[year, default: .init()].takeNeeds(entry, layout, setting)
        case .endings:
            let setting = placement(entry, classification, &labels)
            let need = need(entry, classification, &labels)
            return endings[year, default: .init()].take(entry, layout, classification, setting: setting, need: need)
        case .requests: return requests[year, default: .init()].takeRequests(entry)
        case .assessments: return requests[year, default: .init()].takeAssessments(entry)
        case .timeliness: return requests[year, default: .init()].takeTimeliness(entry)
        case .residential: return plans[year, default: .init()].take(entry, into: \.residential)
        case .personalBudgets: return plans[year, default: .init()].take(entry, into: \.personalBudgets)
        case .phaseTransfers: return takeTransfers(entry, layout)
        case .bands: return plans[year, default: .init()].takeBand(entry)
        case .newBands: return newPlans[year, default: .init()].takeBand(entry)
        case .placements:
            // Sums of a group, and of all, are called "Total".
            guard entry.label.lowercased() != "total" else { return false }
            guard let setting = classification.setting(ofPlacement: entry.label) else {
                labels.add(entry.label, "a placement", entry.line)
                return false
            }
            return plans[year, default: .init()].takePlacement(entry, setting, of: classification.settings.count)
        case .earlierRequests:
            requests[year, default: .init()].received = entry.known(0)
            requests[year, default: .init()].refused = entry.known(1)
            return true
        }
    }

    /// Keeps what is missing of totals and ages, so that a refusal can say why.
    private mutating func note(_ entry: ReleaseEntry, _ kind: ReleaseLayout.Kind) {
        guard entry.topic == .all || entry.topic == .age, let first = entry.figures.first, first.isNaN,
            let table = ReleaseSubject(kind, isOfStock: entry.isOfStock)
        else { return }
        let isHeldBack = entry.isHeldBack(0)
        gaps[ReleaseSubject.Period(table, entry.year)] = isHeldBack ? .heldBack : .notAvailable
    }

    /// The setting that a placement row is about; sums of settings are passed over.
    private func placement(_ entry: ReleaseEntry, _ classification: Classification, _ labels: inout UnknownLabels)
        -> Int?
    {
        guard entry.topic == .placement, !entry.label.lowercased().hasSuffix("total") else { return nil }
        if let setting = classification.setting(ofPlacement: entry.label) { return setting }
        labels.add(entry.label, "a placement", entry.line)
        return nil
    }

    /// The need that a row is about; one more than the last where it was not reported.
    private func need(_ entry: ReleaseEntry, _ classification: Classification, _ labels: inout UnknownLabels) -> Int? {
        guard entry.topic == .need, let code = NeedHistory.code(entry.label, classification.needs) else {
            if entry.topic == .need { labels.add(entry.label, "a primary need", entry.line) }
            return nil
        }
        return code.isEmpty ? classification.needs.count : classification.needs.firstIndex { $0.code == code }
    }

    private mutating func takeTransfers(_ entry: ReleaseEntry, _ layout: ReleaseLayout) -> Bool {
        var isUsed = false
        for (name, figure) in zip(layout.measures, entry.figures) {
            guard let column = ReleaseColumns.transferYear(name), !figure.isNaN else { continue }
            isUsed = true
            if column.isDue {
                phaseTransfers[column.year, default: .init()].due = figure
            } else {
                phaseTransfers[column.year, default: .init()].finished = figure
            }
        }
        return isUsed
    }
}

extension NationalRelease.Plans {
    fileprivate mutating func takePlacements(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ classification: Classification
    ) -> Bool {
        if entry.topic == .all { total = total ?? entry.known(0) }
        guard let plans = entry.known(0) else { return entry.topic == .all }
        if entry.topic == .yearsHeld {
            byYearsHeld[YearsHeld.category(entry.label), default: 0] += plans
            return true
        }
        guard entry.topic == .all || entry.age != nil else { return false }
        let (figures, spread) = entry.filled(from: 1, to: plans)
        var places = [Double](repeating: 0, count: classification.settings.count)
        for (setting, figure) in zip(layout.settings, figures) where !figure.isNaN { places[setting] += figure }
        // What the placements do not add up to is a placement that was not recorded.
        let rest = plans - places.reduce(0, +)
        if rest > 0, let notRecorded = classification.notRecordedSetting { places[notRecorded] += rest }
        if entry.topic == .all {
            bySetting = places
            heldBack = spread
        } else if let age = entry.age {
            var table = byAge ?? CountTable(rows: SchoolAge.all.count, columns: places.count)
            for (setting, count) in places.enumerated() { table[age, setting] += count }
            byAge = table
        }
        return true
    }

    /// Columns of need tables are all plans, those of a need not recorded, then needs.
    fileprivate mutating func takeNeeds(_ entry: ReleaseEntry, _ layout: ReleaseLayout, _ setting: Int?) -> Bool {
        if entry.topic == .all { total = total ?? entry.known(0) }
        let (needs, spread) = Self.needs(entry, layout)
        if entry.topic == .all && !needs.contains(where: \.isNaN) { (byNeed, needsHeldBack) = (needs, spread) }
        func add(_ row: Int, to table: inout CountTable?, rows: Int) {
            var sum = table ?? CountTable(rows: rows, columns: needs.count)
            for (need, count) in needs.enumerated() { sum[row, need] += count }
            table = sum
        }
        if let age = entry.age { add(age, to: &needByAge, rows: SchoolAge.all.count) }
        if let setting { add(setting, to: &needBySetting, rows: layout.placements) }
        return entry.topic == .all || entry.age != nil || setting != nil
    }

    /// Plans by need, then those whose need is not recorded; and how many were spread over needs that are held back.
    ///
    /// A need that a table does not tell apart counts 0: it has no column, or it is not available while the others make up the
    /// total (Down syndrome before 2026, which was counted with other difficulties).
    private static func needs(_ entry: ReleaseEntry, _ layout: ReleaseLayout) -> ([Double], spread: Double) {
        guard let total = entry.known(0) else { return (Array(repeating: .nan, count: entry.figures.count - 1), 0) }
        let filled = entry.filled(from: 1, to: total)
        var figures = filled.figures
        let isWhole = figures.reduce(0) { $1.isNaN ? $0 : $0 + $1 } == total
        for place in figures.indices where figures[place].isNaN && (isWhole || !layout.present.contains(place + 1)) {
            figures[place] = 0
        }
        return (Array(figures.dropFirst() + [figures[0]]), filled.spread)
    }

    fileprivate mutating func takeBand(_ entry: ReleaseEntry) -> Bool {
        let bands = ["under 5", "age 5 to 10", "age 11 to 15", "age 16 to 19", "age 20 to 25"]
        if entry.label.lowercased() == "total" { total = total ?? entry.known(0) }
        guard let band = bands.firstIndex(of: entry.label.lowercased()) else { return true }
        var counts = byBand ?? Array(repeating: 0, count: bands.count)
        counts[band] += entry.figures[0]
        byBand = counts
        return true
    }

    fileprivate mutating func takePlacement(_ entry: ReleaseEntry, _ setting: Int, of settings: Int) -> Bool {
        var counts = bySetting ?? Array(repeating: 0, count: settings)
        counts[setting] += entry.figures[0]
        bySetting = counts
        return true
    }

    /// Keeps a table's totals, as they are.
    fileprivate mutating func take(_ entry: ReleaseEntry, into path: WritableKeyPath<Self, [Double]>) -> Bool {
        guard entry.topic == .all else { return false }
        self[keyPath: path] = entry.figures
        return true
    }
}

extension NationalRelease.Endings {
    fileprivate mutating func take(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ classification: Classification, setting: Int?, need: Int?
    ) -> Bool {
        let reasons = Self.reasons(entry, layout)
        func add(_ row: Int, to table: inout CountTable?, rows: Int) {
            var sum = table ?? CountTable(rows: rows, columns: reasons.count)
            for (reason, count) in reasons.enumerated() { sum[row, reason] += count }
            table = sum
        }
        if entry.topic == .all && !reasons.contains(where: \.isNaN) { byReason = reasons }
        if let age = entry.age { add(age, to: &byAge, rows: SchoolAge.all.count) }
        if let setting { add(setting, to: &bySetting, rows: classification.settings.count) }
        if let need { add(need, to: &byNeed, rows: classification.needs.count + 1) }
        if entry.topic == .yearsHeld, let all = entry.known(0) {
            byYearsHeld[YearsHeld.category(entry.label), default: 0] += all
            return true
        }
        return entry.topic == .all || entry.age != nil || setting != nil || need != nil
    }

    /// By reason; where the table lacks a reason, or it is not available, what the others leave of the total is put down to other reasons.
    private static func reasons(_ entry: ReleaseEntry, _ layout: ReleaseLayout) -> [Double] {
        let places = layout.reasons
        var reasons = places.map { entry.figures[$0] }
        let isWhole = !reasons.contains(where: \.isNaN)
        guard !isWhole, let total = entry.known(0), !reasons[NationalRelease.transfer].isNaN else { return reasons }
        for reason in reasons.indices where reasons[reason].isNaN { reasons[reason] = 0 }
        reasons[reasons.count - 1] += max(total - reasons.reduce(0, +), 0)
        return reasons
    }
}

extension NationalRelease.Requests {
    fileprivate mutating func takeRequests(_ entry: ReleaseEntry) -> Bool {
        switch entry.topic {
        case .all:
            (received, refused) = (entry.known(0), entry.known(1))
            appeals.requests = Array(entry.figures[2...4])
            agreed = entry.known(5)
        case .source: if let count = entry.known(0) { bySource[entry.label] = count }
        default:
            guard let age = entry.age else { return false }
            receivedByAge.add(entry.figures[0], at: age)
        }
        return true
    }

    fileprivate mutating func takeAssessments(_ entry: ReleaseEntry) -> Bool {
        if entry.topic == .all {
            (assessed, issued) = (entry.known(0), entry.known(1))
            appeals.assessments = Array(entry.figures[2...4])
        } else if let age = entry.age {
            assessedByAge.add(entry.figures[0], at: age)
            issuedByAge.add(entry.figures[1], at: age)
        } else {
            return false
        }
        return true
    }

    fileprivate mutating func takeTimeliness(_ entry: ReleaseEntry) -> Bool {
        guard entry.topic == .all else { return false }
        timedPlans = Array(entry.figures[0...1])
        weeksToIssue = Array(entry.figures[2...3])
        return true
    }
}

extension [Double]? {
    /// Adds a count of an age.
    fileprivate mutating func add(_ count: Double, at age: Int) {
        var counts = self ?? Array(repeating: 0, count: SchoolAge.all.count)
        counts[age] += count
        self = counts
    }
}

/// How long plans have been in force, as releases group it.
enum YearsHeld {
    /// Whole years as `0` to `11` and `12+`; `0-1` where the first two are one group.
    static func category(_ label: String) -> String {
        let text = label.lowercased()
        let number = text.split { !$0.isNumber }.first.map(String.init)
        if text.contains("less than") || text.contains("under") { return "0" }
        if text.contains("or less") { return "0-\(number ?? "1")" }
        if text.contains("or more") || text.contains("and over") { return "\(number ?? "12")+" }
        return number ?? text
    }
}
