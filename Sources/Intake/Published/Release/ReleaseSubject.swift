/// What a table of the national release is about, as refusals and the list of known breaks name it.
public enum ReleaseSubject: String, Sendable, CaseIterable {
    /// Plans in force in a January, by age and placement.
    case plans
    /// Their placements.
    case placements
    /// Their primary needs.
    case needs
    /// Plans begun in a calendar year.
    case newPlans = "new-plans"
    /// Plans ended in a calendar year.
    case endings
    /// All that a calendar year's return holds: plans begun and ended, requests, assessments, time taken.
    case flows
    /// Requests for an assessment in a calendar year.
    case requests
    /// Assessments finished in a calendar year.
    case assessments
    /// The time that plans of a calendar year took.
    case timeliness
    /// Plans due to be amended for a move between phases in a calendar year.
    case phaseTransfers = "phase-transfers"
    /// Mediation and appeals to the tribunal in a calendar year.
    case appeals

    /// A table of one January or calendar year.
    public struct Period: Hashable, Sendable {
        /// The table.
        public let table: ReleaseSubject
        /// The January, or the calendar year.
        public let year: Int

        /// Names a table of a year.
        public init(_ table: ReleaseSubject, _ year: Int) {
            self.table = table
            self.year = year
        }
    }

    /// Why figures that a table should have are not used.
    public enum Gap: Sendable, Equatable {
        /// The release says that they are not available (`x`).
        case notAvailable
        /// The release holds them back because they are small (`c`, `low`).
        case heldBack
        /// The return is incomplete, and how that is known.
        case incomplete(String)
    }

    init?(_ kind: ReleaseLayout.Kind, isOfStock: Bool) {
        switch kind {
        case .plans, .bands: self = .plans
        case .placements: self = .placements
        case .newPlans, .newBands: self = .newPlans
        case .needs: self = isOfStock ? .needs : .newPlans
        case .endings: self = .endings
        case .requests, .earlierRequests: self = .requests
        case .assessments: self = .assessments
        case .timeliness: self = .timeliness
        case .phaseTransfers: self = .phaseTransfers
        case .residential, .personalBudgets: return nil
        }
    }

    /// The file of the release that holds it.
    public var file: String {
        switch self {
        case .plans, .placements: "caseload.csv"
        case .needs: "sen_needs_caseload.csv, before 2026 sen_needs_all_plans.csv"
        case .newPlans, .flows: "newplans.csv"
        case .endings: "ceased_plans.csv"
        case .requests: "requests.csv"
        case .assessments, .appeals: "assessments.csv"
        case .timeliness: "timeliness_20_week.csv"
        case .phaseTransfers: "phase_transfers.csv"
        }
    }
}
