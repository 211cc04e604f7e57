import Formats
import Vocabulary

/// What the codes of SSDA903 mean, and in the returns of which years they stand: a data file that ships with Sendcast.
///
/// Years are those of the 31 March that ends a return's year; where none is given, a code stands in the returns of every year. Sources: the
/// Department for Education's guides to the return (supported accommodation, K3, came with that of 2024-25; Z11 to Z14 took the place of P2, H5
/// and Z1 in that of 2025-26), and the rules of Data to Insight's open validator of the return for 2022-23 to 2025-26.
struct CareCodes {
    /// The fields of a row that have codes.
    enum Field: String, CaseIterable {
        case place
        case provider
        case reason
        case ending
        case status

        /// The column of the return.
        var column: String {
            switch self {
            case .place: "PLACE"
            case .provider: "PLACE_PROVIDER"
            case .reason: "CIN"
            case .ending: "REC"
            case .status: "LS"
            }
        }

        /// What becomes of a code that is not known.
        var fallback: String {
            switch self {
            case .place: "the child counts in other placements"
            case .provider: "the placement counts as another's than the authority's own"
            case .reason: "the child counts among other reasons"
            case .ending: "the day counts, the route is unknown"
            case .status: "the row counts as care"
            }
        }
    }

    /// What is read of a row's codes.
    struct Meaning {
        /// The place among ``CareClassification/placements``.
        let placement: Int
        /// The place among ``CareClassification/reasons``.
        let reason: Int
        /// The place among ``CareClassification/routes``; `nil` where the next episode follows or the route is unknown.
        let route: Int?
    }

    private struct Code {
        let meaning: String
        let years: ClosedRange<Int>
    }

    private let codes: [String: Code]
    private let classification = CareClassification.standard
    private let other: (placement: Int, reason: Int)

    static let standard = CareCodes()

    private init() {
        let known = ShippedTable("ssda903-codes.csv", PackageResources.ssda903_codes_csv)
            .rows(["table", "code", "meaning", "first", "last"]) { row, _ in
                let years = (Int(row.text(3)) ?? 0)...(Int(row.text(4)) ?? Int.max)
                return ("\(row.text(0))/\(row.text(1))", Code(meaning: row.text(2), years: years))
            }
        codes = Dictionary(known, uniquingKeysWith: { _, last in last })
        other = (
            classification.placements.firstIndex { $0.code == "OTH" } ?? 0,
            classification.reasons.firstIndex { $0.code == "OTH" } ?? 0
        )
    }

    /// Whether a field may have a code.
    func knows(_ code: String, _ field: Field) -> Bool { codes["\(field.rawValue)/\(code)"] != nil }

    /// What a code says of a placement beside its kind.
    func trait(_ code: String) -> CareTrait? { meaning("trait", code).flatMap(CareTrait.init) }

    /// The meaning of a code that is no field of an episode.
    func meaning(_ table: String, _ code: String) -> String? { codes["\(table)/\(code)"]?.meaning }

    /// Whether a legal status is one of short breaks (V3, V4), which national statistics leave out of children looked after.
    func isShortBreak(_ status: String) -> Bool { codes["status/\(status)"]?.meaning == "short break" }

    /// The meaning of a row's codes. A child is in care whatever they are: one that is not known counts as other or unknown.
    /// - Parameter year: of the return.
    func meaning(_ row: CareReturn.Row, year: Int, faults: inout CareFaults) -> Meaning {
        var code = look(.place, row.place, row.line, year, &faults) ?? "OTH"
        if let status = row.status { _ = look(.status, status, row.line, year, &faults) }
        let needsProvider = code == "IHF" || code == "HOM"
        let provider =
            row.provider.isEmpty && !needsProvider ? nil : look(.provider, row.provider, row.line, year, &faults)
        if code == "IHF" && provider != "own" { code = "AGF" }
        if code == "HOM" && provider == "own" { code = "HIH" }
        let reason = look(.reason, row.reason, row.line, year, &faults)
        let hasEnding = row.end != .open && !row.ending.isEmpty
        let route = hasEnding ? look(.ending, row.ending, row.line, year, &faults) : nil
        return Meaning(
            placement: classification.placements.firstIndex { $0.code == code } ?? other.placement,
            reason: classification.reasons.firstIndex { $0.code == reason } ?? other.reason,
            route: route.flatMap { classification.routes.firstIndex(of: $0) })
    }

    private func look(
        _ field: Field, _ text: String, _ line: Int, _ year: Int, _ faults: inout CareFaults
    ) -> String? {
        guard let code = codes["\(field.rawValue)/\(text)"] else {
            faults.add(.unknownCode(text, field), line)
            return nil
        }
        if !code.years.contains(year) { faults.add(.codeOfOtherYears(text, field, code.years, year: year), line) }
        return code.meaning
    }
}
