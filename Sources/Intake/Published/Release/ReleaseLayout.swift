import Vocabulary

/// A table of the national release, known by its columns, and where in it each figure stands.
///
/// Names are compared without case. Only the columns that make a table what it is have to be there: a column that merely
/// subdivides a total may be absent, for releases add, merge and drop them.
struct ReleaseLayout {
    enum Kind: String {
        case plans, newPlans, needs, endings, requests, assessments, timeliness
        case residential, personalBudgets, phaseTransfers
        /// Bands of ages, in releases of 2022 to 2024.
        case bands, newBands
        /// Placements in releases of 2022 to 2024.
        case placements
        /// Requests in releases of 2022 to 2024.
        case earlierRequests
    }

    /// What a row is about.
    enum Topic {
        case all, age, placement, need, source, yearsHeld, other
    }

    /// The columns that say which area and time, in the order in which rows are read.
    static let identity = [
        "time_period", "geographic_level", "new_la_code", "old_la_code", "la_name", "country_code",
    ]

    let kind: Kind
    /// The measures, in the order of ``ReleaseEntry/figures``; those that the table lacks are not numbers.
    private(set) var measures: [String] = []
    /// The setting of each measure but the first, where measures are placements.
    private(set) var settings: [Int] = []
    /// The measure of each of ``NationalRelease/endingReasons``, in a table of endings.
    private(set) var reasons: [Int] = []
    /// Columns between the placements that the classification does not know.
    private(set) var unknownPlacements: [String] = []
    /// Columns of the header that must be there and are not.
    private(set) var missing: [String] = []
    /// How many settings the classification has.
    let placements: Int
    /// How many columns say what a row is about: a topic and a label, a label alone, or none.
    private(set) var breakdowns = 2
    /// Where a column says which rows count, among ``positions``: statements and plans together.
    private(set) var total: Int?
    /// Where in the file each field that is read stands: identity, breakdown, region, then the measures that are there.
    private(set) var positions: [Int] = []
    /// Where the region's name is, among ``positions``; `nil` where the table does not have it.
    private(set) var region: Int?
    /// Which measure each of the last ``positions`` is.
    private(set) var present: [Int] = []

    /// Whether rows by age are expected.
    var hasAges: Bool { [.plans, .newPlans, .needs, .endings, .requests, .assessments].contains(kind) }

    /// Where measures begin among ``positions``.
    var firstMeasure: Int { positions.count - present.count }

    /// Knows a table by its columns; `nil` where it is of no use.
    init?(header: [String], classification: Classification) {
        let columns = ReleaseColumns(header)
        guard let kind = Self.kind(of: columns) else { return nil }
        self.kind = kind
        placements = classification.settings.count
        var names = Names(of: kind, columns, classification)
        if [.plans, .newPlans].contains(kind) {
            for name in columns.names(after: names.required[0]) where !Self.isSumOrShare(name) {
                if let setting = classification.setting(ofPlacement: name) {
                    names.optional.append(name)
                    settings.append(setting)
                } else {
                    unknownPlacements.append(name)
                }
            }
        }
        if names.breakdown.first == Names.total { total = Self.identity.count }
        measures = names.required + names.optional
        reasons = kind == .endings ? NationalRelease.endingReasons.compactMap { measures.firstIndex(of: $0) } : []
        breakdowns = names.breakdown.count
        missing = (Self.identity + names.breakdown + names.required).filter { !columns.has($0) }
        positions = (Self.identity + names.breakdown).compactMap(columns.position)
        if let position = columns.position(of: "region_name") {
            region = positions.count
            positions.append(position)
        }
        for (measure, name) in measures.enumerated() {
            guard let position = columns.position(of: name) else { continue }
            positions.append(position)
            present.append(measure)
        }
    }

    /// The columns that a kind of table is read for.
    private struct Names {
        /// What has to be there.
        let required: [String]
        /// What a row is about.
        var breakdown = ["breakdown_topic", "breakdown"]
        /// What may be there.
        var optional: [String] = []

        /// Statements of special educational needs count with plans, which replaced them from 2014 to 2018.
        static let total = "ehcp_or_statement"

        init(of kind: Kind, _ columns: ReleaseColumns, _ classification: Classification) {
            switch kind {
            case .plans: required = ["ehcplans"]
            case .newPlans: required = ["new_ehc_plans"]
            case .needs:
                required = ["ehc_plans"]
                optional = ["number_need_unknown"] + classification.needs.map { "number_\($0.code.lowercased())" }
            case .endings:
                let transfer = NationalRelease.endingReasons[NationalRelease.transfer]
                required = ["total_ceased", transfer]
                optional = NationalRelease.endingReasons.filter { $0 != transfer }
            case .requests:
                required = ["requests_received_in_year", "requests_decided_not_to_assess"]
                optional = [
                    "mediation_related_request", "tribunal_related_request", "tribunal_after_mediation_request",
                    "requests_decided_to_assess",
                ]
            case .assessments:
                required = ["assess_in_year", "assess_issued"]
                optional = ["number_assess_mediation", "number_assess_tribunal", "number_asssess_mediation_tribunal"]
            case .timeliness:
                required = ["plans_issued_den", "plans_issued_within_20_weeks"]
                optional = ["avg_weeks_issue_plan", "avg_weeks_issue_plan_exc"]
            case .residential:
                required = ["res_tot"]
                optional = ["res_3851", "res_52"]
            case .personalBudgets:
                required = ["personal_budget"]
                optional = ["org_arrangments", "pb_health", "pb_education", "pb_social", "pb_integrated"]
            case .phaseTransfers:
                (required, breakdown) = (["number_plans"], [])
                optional = columns.names.filter { ReleaseColumns.transferYear($0) != nil }
            case .bands, .newBands, .placements:
                let isFirst = !columns.has(Self.total)
                breakdown = [kind == .placements ? "establishment_type" : isFirst ? "characteristic_age" : "age"]
                if isFirst {
                    required = [kind == .newBands ? "total_new_all" : "total_all"]
                } else {
                    required = [kind == .newBands ? "num_new_plans" : "num_caseload"]
                    breakdown.insert(Self.total, at: 0)
                }
            case .earlierRequests:
                (required, breakdown) = (["inreqehc", "assrefusedehc"], [])
            }
        }
    }

    private static func isSumOrShare(_ name: String) -> Bool {
        name.hasSuffix("_pc") || name.hasSuffix("_total") || name == "ed_elsewhere"
    }

    private static func kind(of columns: ReleaseColumns) -> Kind? {
        if columns.has("characteristic_age") || columns.has(Names.total) && columns.has("age") {
            if columns.has("total_ehc") || columns.has("num_caseload") { return .bands }
            return columns.has("total_new_ehc") || columns.has("num_new_plans") ? .newBands : nil
        }
        if columns.has("establishment_type") && columns.has("establishment_group") {
            let isOfStock = columns.has("total_all") || columns.has("num_caseload")
            return isOfStock ? .placements : nil
        }
        if columns.has("inreqehc") && columns.has("assrefusedehc") { return .earlierRequests }
        if columns.has("number_plans") && columns.names.contains(where: { ReleaseColumns.transferYear($0) != nil }) {
            return .phaseTransfers
        }
        guard columns.has("breakdown_topic") else { return nil }
        let signs: [(String, Kind)] = [
            ("total_ceased", .endings), ("requests_received_in_year", .requests), ("assess_issued", .assessments),
            ("plans_issued_within_20_weeks", .timeliness), ("res_tot", .residential),
            ("personal_budget", .personalBudgets),
        ]
        if columns.has("placement_unknown") {
            return columns.has("ehcplans") ? .plans : columns.has("new_ehc_plans") ? .newPlans : nil
        }
        if let sign = signs.first(where: { columns.has($0.0) }) { return sign.1 }
        return columns.has("ehc_plans") && columns.has("number_asd") ? .needs : nil
    }

    /// The meaning of a topic: names change between releases, and a plan in force has two ages.
    func topic(_ text: String) -> Topic {
        let text = text.lowercased()
        if text.hasPrefix("all ") || text == "new ehc plans" { return .all }
        if text == "type of placement" { return .placement }
        if text.contains("type of need") || text == "primary need" { return .need }
        if text.hasPrefix("source of request") { return .source }
        if text.hasPrefix("years") { return .yearsHeld }
        guard text.split(whereSeparator: { !$0.isLetter }).contains("age") else { return .other }
        return kind == .plans || kind == .needs ? (text.contains("when plan started") ? .other : .age) : .age
    }
}

/// The names of a header, compared without case.
struct ReleaseColumns {
    let names: [String]
    private var positions: [String: Int] = [:]

    init(_ header: [String]) {
        names = header.map { $0.lowercased() }
        for (position, name) in names.enumerated().reversed() { positions[name] = position }
        // The releases of 2023 and 2024 write these two in their own way.
        for name in names where ["inreqehc", "assrefusedehc"].contains(name.filter { $0 != "_" }) {
            positions[name.filter { $0 != "_" }] = positions[name]
        }
    }

    func has(_ name: String) -> Bool { positions[name] != nil }

    func position(of name: String) -> Int? { positions[name] }

    func names(after name: String) -> [String] { Array(names.drop { $0 != name }.dropFirst()) }

    /// The calendar year of a column of phase transfers, such as `due_25` or `final_26`.
    static func transferYear(_ name: String) -> (isDue: Bool, year: Int)? {
        let parts = name.split(separator: "_")
        guard parts.count == 2, ["due", "final"].contains(parts[0]), parts[1].count == 2, let year = Int(parts[1])
        else { return nil }
        return (parts[0] == "due", 2000 + year)
    }
}
