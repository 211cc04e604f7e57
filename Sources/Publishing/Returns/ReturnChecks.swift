import Formats

extension Returns {
    /// Whether a scenario's tables agree with one another and with the forecast.
    func checks(_ filled: [Filled], _ scenario: String) -> [Check] {
        let own = filled.filter { $0.scenario == scenario }
        let checks = reformChecks(own, scenario) + planChecks(own, scenario) + placeChecks(own, scenario)
        return checks.map { Check(scenario: scenario, name: $0.name, passes: $0.passes, detail: $0.detail) }
    }

    private typealias Finding = (name: String, passes: Bool, detail: String)

    private func januaries(_ table: Filled) -> [Int] {
        table.table.januaries(base: data.manifest.base, last: data.manifest.last)
    }

    private func list(_ figures: [Int]) -> String { figures.map(String.init).joined(separator: ", ") }

    /// The tables of all plans have one total, which is the rounded forecast, and those by provision hold no more.
    private func reformChecks(_ own: [Filled], _ scenario: String) -> [Finding] {
        let tables = own.filter { $0.table.of == "reform" }
        let whole = tables.filter { ["5.1", "6", "7"].contains($0.table.id) }
        guard let first = whole.first else { return [] }
        let agree = whole.allSatisfy { $0.totals == first.totals }
        var checks: [Finding] = [("reform plan: tables 5.1, 6 and 7 have one total", agree, list(first.totals))]
        for (column, january) in januaries(first).enumerated() {
            let mean = counts[scenario]?.totals[january] ?? 0
            let passes = mean > 0 && abs(Double(first.totals[column]) - mean) <= 0.51
            checks.append(
                ("January \(january): the total is the rounded forecast", passes, Numerals.fixed(mean, decimals: 1)))
        }
        let placed = tables.filter { $0.table.id.hasPrefix("7.") }
        let without = first.totals.indices.map { column in
            first.totals[column] - placed.reduce(0) { $0 + $1.totals[column] }
        }
        checks.append(
            (
                "reform plan: tables 7.1 to 7.7 hold no more than all plans", without.allSatisfy { $0 >= 0 },
                "plans in none of them (home educated, otherwise, or not in education): \(list(without))"
            ))
        return checks
    }

    /// The placement sheets hold all plans.
    private func planChecks(_ own: [Filled], _ scenario: String) -> [Finding] {
        let sheets = own.filter { $0.table.of == "dsg" && $0.table.count == .plans }
        guard let first = sheets.first else { return [] }
        let bands = layout.categories("age group", of: "dsg").count
        return januaries(first).enumerated().map { place, january in
            let columns = place * bands..<(place + 1) * bands
            let sum = sheets.reduce(0) { $0 + $1.totals[columns].reduce(0, +) }
            let all = counts[scenario]?.plans(january) ?? 0
            return (
                "management plan: the seven placement sheets hold all plans of January \(january)", sum == all,
                "\(sum) of \(all)"
            )
        }
    }

    /// Single years of age have the total of bands, and every setting has a place in a return.
    private func placeChecks(_ own: [Filled], _ scenario: String) -> [Finding] {
        guard let counts = counts[scenario] else { return [] }
        let (base, last) = (data.manifest.base, data.manifest.last)
        let differ = (base...last).first { counts.plansOfAges($0) != counts.plans($0) }
        let ages: Finding = (
            "school capacity survey: single years of age have the same total", differ == nil,
            differ.map { "not in January \($0)" } ?? "in every January"
        )
        let survey = own.filter { $0.table.of == "scap" && $0.table.count == .plans }.flatMap(januaries).max()
        return [ages, demandCheck(scenario, survey ?? last)]
            + ["dsg", "reform"].map { name in
                let without = settings.filter { $0[name].isEmpty }.map { $0["setting"] }
                let missing = counts.plans(base, settings: Set(without))
                return (
                    "\(ReturnLayout.titles[name] ?? name): every setting has a place", missing == 0,
                    "\(missing) plans of January \(base) are in settings without a place in it"
                )
            }
    }

    /// The survey asks for the places that children will need: where places bind, children who lack one are counted where they would be.
    private func demandCheck(_ scenario: String, _ last: Int) -> Finding {
        let name = "school capacity survey: the forecast is of demand"
        guard isBinding else { return (name, true, "nobody is held back by places") }
        let settings = Set(settings.filter { !$0["scap"].isEmpty }.map { $0["setting"] })
        let heldBack = demand.heldBack(from: settings, scenario, last)
        let isKnown = !demand.provisions.isEmpty
        return (
            name, isKnown,
            isKnown
                ? "by the ledger of places \(Numerals.grouped(heldBack)) children of January \(last) are counted in the settings where they would "
                    + "have a place, and not where they are"
                : "the results do not say which places there are: run with --baseline forecast"
        )
    }
}
