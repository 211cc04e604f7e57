import Formats
import Intake
import Vocabulary

/// Why an authority's tables do not serve for a base January, table by table, and what would.
struct CalibrationGaps {
    private let area: NationalRelease.Area
    private let panel: ReleasePanel

    init(_ area: NationalRelease.Area, _ panel: ReleasePanel) {
        self.area = area
        self.panel = panel
    }

    /// One finding a table; not empty where no flows serve.
    var findings: [Finding] {
        let reasons = stock + (stock.isEmpty ? flows : [])
        return reasons.map { Finding(.error, file: panel.release.path, "\(area.name): \($0)", remedy: remedy) }
    }

    private var stock: [String] {
        let january = panel.january
        if let reason = reason(.plans, january, "plans by age of January \(january)") { return [reason] }
        guard let plans = area.plans[january], let table = plans.byAge, let total = plans.total, table.isComplete else {
            return ["plans by age of January \(january) (\(ReleaseSubject.plans.file)) are not published"]
        }
        if total > 0 && abs(table.total / total - 1) < 0.1 { return [] }
        return [
            "plans by age of January \(january) (\(ReleaseSubject.plans.file)) make \(Numerals.grouped(table.total)), the total is "
                + "\(Numerals.grouped(total))"
        ]
    }

    private var flows: [String] {
        let year = panel.january - 1
        if case .incomplete(let why) = area.gaps[.init(.flows, year)] {
            return ["\(why); \(year - 1), which would stand in, is not published by age either"]
        }
        var reasons: [String] = []
        if area.newPlans[year]?.byAge?.isComplete != true {
            let subject = "plans begun in \(year) by age"
            reasons.append(
                reason(.newPlans, year, subject)
                    ?? "\(subject) (\(ReleaseSubject.newPlans.file)) are not published")
        }
        if area.endings[year]?.byAge?.isComplete != true {
            let subject = "plans ended in \(year) by age"
            reasons.append(
                reason(.endings, year, subject) ?? "\(subject) (\(ReleaseSubject.endings.file)) are not published")
        }
        return reasons
    }

    /// Why a table of a year is not used, where the release says so.
    private func reason(_ table: ReleaseSubject, _ year: Int, _ subject: String) -> String? {
        switch area.gaps[.init(table, year)] {
        case .incomplete(let why): why
        case .notAvailable: "\(subject) (\(table.file)) are not available ('x')"
        case .heldBack: "\(subject) (\(table.file)) are held back because they are few ('c' or 'low')"
        case nil: nil
        }
    }

    /// What would serve: another January of the release, or records of the authority's own.
    private var remedy: String {
        let own = "make the model from records of your own (transitions.csv)"
        let januaries = (panel.january - 3..<panel.january).reversed()
        let serving = januaries.first { january in
            (try? ReleasePanel(panel.release, base: january)).map { $0.flowYear(area) != nil } ?? false
        }
        if let serving { return "Start from January \(serving) with --base \(serving), or \(own)." }
        return "An earlier release may have them: name it alone with --plans. Or \(own)."
    }
}
