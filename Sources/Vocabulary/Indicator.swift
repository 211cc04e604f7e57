/// A published figure of an authority that no rate is made from: kept beside a model, for reports and comparisons.
///
/// ```swift
/// let indicator = Indicator(rawValue: "weeks-to-issue")
/// print(indicator?.description ?? "")  // average weeks from request to plan
/// ```
public enum Indicator: String, Sendable, CaseIterable, Codable {
    /// By who asked.
    case requestsBySource = "requests-by-source"
    /// By the way the decision was disputed.
    case disputedRequests = "disputed-requests"
    /// By the way the decision was disputed.
    case disputedAssessments = "disputed-assessments"
    /// Of all plans, and of those without a lawful exception.
    case weeksToIssue = "weeks-to-issue"
    /// Reviews due, and final plans issued.
    case phaseTransfers = "phase-transfers"
    /// By need; transfers to other authorities are left out.
    case endingsByNeed = "endings-by-need"
    /// By whole years in force.
    case endingsByYearsHeld = "endings-by-years-held"
    /// By whole years in force.
    case plansByYearsHeld = "plans-by-years-held"
    /// By weeks in the year.
    case residentialPlaces = "residential-places"
    /// By what they pay for.
    case personalBudgets = "personal-budgets"
    /// Of an area, of its statistical neighbours and of England.
    case startersAged0To4 = "starters-0-to-4"
    /// At a mid-year, of all ages and of bands.
    case residents

    /// What it counts, in words.
    public var description: String {
        switch self {
        case .requestsBySource: "requests for an assessment, by who asked"
        case .disputedRequests: "decisions on requests that went to mediation or the tribunal"
        case .disputedAssessments: "decisions after assessments that went to mediation or the tribunal"
        case .weeksToIssue: "average weeks from request to plan"
        case .phaseTransfers: "reviews due for a move between phases, and final plans issued"
        case .endingsByNeed: "plans ended, by primary need"
        case .endingsByYearsHeld: "plans ended, by whole years in force"
        case .plansByYearsHeld: "plans in force, by whole years in force"
        case .residentialPlaces: "plans in residential places, by weeks in the year"
        case .personalBudgets: "plans with a personal budget, by what it pays for"
        case .residents: "people of the area at a mid-year, counted or projected, by age"
        case .startersAged0To4:
            "children who start to be looked after at 0 to 4 in the year to 31 March, for 10,000 children: own, neighbours, England"
        }
    }

    /// What its figures are.
    public var unit: String {
        self == .weeksToIssue ? "weeks" : self == .startersAged0To4 ? "for 10,000 children" : "people"
    }
}
