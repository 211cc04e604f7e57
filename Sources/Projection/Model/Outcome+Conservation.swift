extension Outcome {
    /// Checks every run and year: people = people a year before + joiners and transfers in − leavers and
    /// transfers out, in all, by need, and by setting
    /// with moves in and out; and every breakdown adds up to the total.
    public func checkConservation() -> [ConservationCheck] {
        let words = model.space.service.words
        let (need, setting) = (words.column("need"), words.column("setting"))
        return [
            checkFlows("people = people before + joiners + transfers in − leavers − transfers out", .all),
            checkFlows("the same by \(need), with changes of \(need)", .need),
            checkFlows("the same by \(setting), with moves in and out", .setting),
            checkSteps(), checkRoutes(), checkSums(), checkSigns(), checkFollowing(),
        ].compactMap { $0 }
    }

    /// Whether plans could follow the total that they are to follow: a miss is counted and said, and breaks nothing.
    private func checkFollowing() -> ConservationCheck? {
        guard model.joinerPath.control?.totals != nil else { return nil }
        var missed = 0
        for step in 0..<model.horizon {
            self[.steered].values(step: step, series: Steered.missed.rawValue) {
                missed += $0.reduce(0) { $0 + Int($1) }
            }
        }
        return ConservationCheck(
            name: "plans follow totals.csv", equations: runs.count * model.horizon, broken: 0,
            firstBroken: missed == 0 ? nil : "plans that went on were above the total in \(missed) years of runs")
    }

    private func checkFlows(_ name: String, _ breakdown: Breakdown) -> ConservationCheck? {
        guard let people = stockLayout.series(breakdown), let changes = flowLayout.series(breakdown) else { return nil }
        let flows = Tally.allCases.filter { $0.sign != 0 && self[$0].series > 0 }
        let pairs = Tally.allCases.filter {
            self[$0].series > 0
                && ($0.series == .needPairs && breakdown == .need
                    || $0.series == .settingPairs && breakdown == .setting)
        }
        var count = BalanceCount()
        for step in 0..<model.horizon {
            for index in 0..<people.count {
                var balance = figures(stocks, step, people.lowerBound + index)
                for flow in flows { add(self[flow], step, changes.lowerBound + index, to: &balance, flow.sign) }
                for pair in pairs {
                    for other in 0..<people.count where other != index {
                        add(self[pair], step, index * people.count + other, to: &balance, -1)
                        add(self[pair], step, other * people.count + index, to: &balance, +1)
                    }
                }
                add(stocks, step + 1, people.lowerBound + index, to: &balance, -1)
                count.take(balance) { "January \(model.base.january + step + 1), run \(runs.lowerBound + $0)" }
            }
        }
        return count.check(name)
    }

    /// Every step: people = people before + joiners − leavers, and settings add up to all. Transfers and reviews are by the year.
    private func checkSteps() -> ConservationCheck? {
        let months = self[.months]
        guard months.series > 0 else { return nil }
        var count = BalanceCount()
        let steps = model.space.stepsPerYear
        for step in 0..<months.steps {
            func place(_ run: Int) -> String { "step \(step + 1) after the base, run \(runs.lowerBound + run)" }
            var balance = figures(months, step, StepSeries.before.rawValue)
            for (series, sign) in [(StepSeries.joined, Int32(1)), (.left, -1)] {
                add(months, step, series.rawValue, to: &balance, sign)
                if step % steps > 0 { add(months, step - 1, series.rawValue, to: &balance, -sign) }
            }
            add(months, step, StepSeries.after.rawValue, to: &balance, -1)
            count.take(balance, place: place)
            var settings = figures(months, step, StepSeries.after.rawValue)
            for number in StepSeries.firstSetting..<months.series { add(months, step, number, to: &settings, -1) }
            count.take(settings, place: place)
            guard step > 0 else { continue }
            var handed = figures(months, step, StepSeries.before.rawValue)
            add(months, step - 1, StepSeries.after.rawValue, to: &handed, -1)
            count.take(handed, place: place)
        }
        return count.check("the same in every month")
    }

    /// Leavers by route add up to leavers, setting by setting.
    private func checkRoutes() -> ConservationCheck? {
        let routed = self[.routed]
        guard routed.series > 0, let series = flowLayout.series(.setting) else { return nil }
        var count = BalanceCount()
        let routes = routed.series / series.count
        for step in 0..<model.horizon {
            for index in 0..<series.count {
                var balance = figures(self[.left], step, series.lowerBound + index)
                for route in 0..<routes { add(routed, step, index * routes + route, to: &balance, -1) }
                count.take(balance) { "January \(model.base.january + step + 1), run \(runs.lowerBound + $0)" }
            }
        }
        return count.check("leavers by route add up to leavers")
    }

    private func checkSums() -> ConservationCheck? {
        guard let all = stockLayout.series(.all)?.lowerBound else { return nil }
        var count = BalanceCount()
        for step in 0...model.horizon {
            for breakdown in stockLayout.breakdowns where breakdown != .all {
                guard let series = stockLayout.series(breakdown) else { continue }
                var balance = figures(stocks, step, all)
                for number in series { add(stocks, step, number, to: &balance, -1) }
                count.take(balance) { "January \(model.base.january + step), run \(runs.lowerBound + $0)" }
            }
        }
        return count.check("every breakdown adds up to all people")
    }

    /// People of a need and setting are never fewer than none.
    private func checkSigns() -> ConservationCheck? {
        guard let series = stockLayout.series([.need, .setting]) else { return nil }
        var count = BalanceCount()
        for step in 0...model.horizon {
            for number in series {
                let fewest = stocks.values(step: step, series: number) { values in values.map { min($0, 0) } }
                count.take(fewest) {
                    "January \(model.base.january + step), run \(runs.lowerBound + $0)"
                }
            }
        }
        return count.check("no number of people is negative")
    }

    private func figures(_ totals: RunTotals, _ step: Int, _ series: Int) -> [Int32] {
        totals.values(step: step, series: series) { Array($0) }
    }

    private func add(_ totals: RunTotals, _ step: Int, _ series: Int, to balance: inout [Int32], _ sign: Int32) {
        totals.add(step: step, series: series, times: sign, to: &balance)
    }
}

/// How many equations were checked, and which did not hold.
private struct BalanceCount {
    var equations = 0
    var broken = 0
    var first: String?

    mutating func take(_ balances: [Int32], place: (Int) -> String) {
        equations += balances.count
        // Nearly always: a scan without a branch for each run.
        if balances.reduce(0, |) == 0 { return }
        for (run, balance) in balances.enumerated() where balance != 0 {
            broken += 1
            if first == nil { first = "\(place(run)): off by \(balance)" }
        }
    }

    func check(_ name: String) -> ConservationCheck {
        ConservationCheck(name: name, equations: equations, broken: broken, firstBroken: first)
    }
}
