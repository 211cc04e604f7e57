import Vocabulary

extension NationalRelease.Area {
    /// Takes one row of a table.
    mutating func take(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ scheme: PlacementScheme, _ findings: inout FindingList
    ) {
        let year = entry.year
        switch layout.kind {
        case .plans: plans[year, default: .init()].takePlacements(entry, layout, scheme)
        case .newPlans: newPlans[year, default: .init()].takePlacements(entry, layout, scheme)
        case .needs:
            let setting = placement(entry, scheme, &findings)
            if entry.isOfStock {
                plans[year, default: .init()].takeNeeds(entry, layout, scheme, setting)
            } else {
                newPlans[year, default: .init()].takeNeeds(entry, layout, scheme, setting)
            }
        case .endings: endings[year, default: .init()].take(entry, placement(entry, scheme, &findings), scheme)
        case .requests:
            if entry.topic == .all {
                requests[year, default: .init()].received = entry.known(0)
                requests[year, default: .init()].refused = entry.known(1)
            } else if let age = entry.age {
                requests[year, default: .init()].receivedByAge.add(entry.figures[0], at: age)
            }
        case .assessments:
            if entry.topic == .all {
                requests[year, default: .init()].assessed = entry.known(0)
                requests[year, default: .init()].issued = entry.known(1)
            } else if let age = entry.age {
                requests[year, default: .init()].assessedByAge.add(entry.figures[0], at: age)
                requests[year, default: .init()].issuedByAge.add(entry.figures[1], at: age)
            }
        case .timeliness:
            if entry.topic == .all { requests[year, default: .init()].timedPlans = entry.figures }
        case .bands: plans[year, default: .init()].takeBand(entry)
        case .newBands: newPlans[year, default: .init()].takeBand(entry)
        case .earlierRequests:
            requests[year, default: .init()].received = entry.known(0)
            requests[year, default: .init()].refused = entry.known(1)
        }
    }

    /// The setting that a placement row is about; sums of settings are passed over.
    private func placement(_ entry: ReleaseEntry, _ scheme: PlacementScheme, _ findings: inout FindingList) -> Int? {
        guard entry.topic == .placement, !entry.label.lowercased().hasSuffix("total") else { return nil }
        if let setting = scheme.settingOfPlacement[entry.label] { return setting }
        findings.add(
            .warning, line: entry.line, column: "breakdown",
            "'\(entry.label)' is not a placement of Sendcast's scheme; its row is not used")
        return nil
    }
}

extension NationalRelease.Plans {
    fileprivate mutating func takePlacements(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ scheme: PlacementScheme
    ) {
        if entry.topic == .all { total = total ?? entry.known(0) }
        guard entry.topic == .all || entry.age != nil, let plans = entry.known(0) else { return }
        var places = [Double](repeating: 0, count: scheme.settings.count)
        for (setting, figure) in zip(layout.settings, entry.figures.dropFirst()) where !figure.isNaN {
            places[setting] += figure
        }
        // What the placements do not add up to is a placement that was not recorded.
        let rest = plans - places.reduce(0, +)
        if rest > 0, let notRecorded = scheme.settings.firstIndex(where: { $0.code == PlacementScheme.notRecorded }) {
            places[notRecorded] += rest
        }
        if entry.topic == .all {
            bySetting = places
        } else if let age = entry.age {
            var table = byAge ?? CountTable(rows: SchoolAge.all.count, columns: places.count)
            for (setting, count) in places.enumerated() { table[age, setting] += count }
            byAge = table
        }
    }

    /// Columns of need tables are needs, then "not recorded".
    fileprivate mutating func takeNeeds(
        _ entry: ReleaseEntry, _ layout: ReleaseLayout, _ scheme: PlacementScheme, _ setting: Int?
    ) {
        let width = scheme.needs.count + 1
        var needs = [Double](repeating: 0, count: width)
        for (name, figure) in zip(layout.measures, entry.figures).dropFirst() {
            let need = scheme.needs.firstIndex { "number_\($0.code.lowercased())" == name } ?? width - 1
            needs[need] = figure
        }
        if entry.topic == .all {
            total = total ?? entry.known(0)
            if !needs.contains(where: \.isNaN) { byNeed = needs }
        }
        func add(_ row: Int, to table: inout CountTable?, rows: Int) {
            var sum = table ?? CountTable(rows: rows, columns: width)
            for (need, count) in needs.enumerated() { sum[row, need] += count }
            table = sum
        }
        if let age = entry.age { add(age, to: &needByAge, rows: SchoolAge.all.count) }
        if let setting { add(setting, to: &needBySetting, rows: scheme.settings.count) }
    }

    fileprivate mutating func takeBand(_ entry: ReleaseEntry) {
        let bands = ["under 5", "age 5 to 10", "age 11 to 15", "age 16 to 19", "age 20 to 25"]
        if entry.label.lowercased() == "total" { total = total ?? entry.known(0) }
        guard let band = bands.firstIndex(of: entry.label.lowercased()) else { return }
        var counts = byBand ?? Array(repeating: 0, count: bands.count)
        counts[band] += entry.figures[0]
        byBand = counts
    }
}

extension NationalRelease.Endings {
    fileprivate mutating func take(_ entry: ReleaseEntry, _ setting: Int?, _ scheme: PlacementScheme) {
        func add(_ row: Int, to table: inout CountTable?, rows: Int) {
            var sum = table ?? CountTable(rows: rows, columns: entry.figures.count)
            for (reason, count) in entry.figures.enumerated() { sum[row, reason] += count }
            table = sum
        }
        if entry.topic == .all && !entry.figures.contains(where: \.isNaN) { byReason = entry.figures }
        if let age = entry.age { add(age, to: &byAge, rows: SchoolAge.all.count) }
        if let setting { add(setting, to: &bySetting, rows: scheme.settings.count) }
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
