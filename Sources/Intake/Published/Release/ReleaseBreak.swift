import Formats

/// A table of the national release that is known to be broken for an authority: a data file that ships with Sendcast.
public struct ReleaseBreak: Sendable, Equatable {
    /// What a break does to figures.
    public enum Effect: String, Sendable, CaseIterable {
        /// Figures stand, with a note.
        case note
        /// Figures are not used: the return is incomplete, or was withheld.
        case incomplete
    }

    /// The Department for Education's number of the authority.
    public let number: String
    /// The January, or the calendar year.
    public let period: Int
    /// Which table.
    public let table: ReleaseSubject
    /// What it does to figures.
    public let effect: Effect
    /// What is known of it.
    public let note: String

    /// All that are known.
    public static let known = ShippedTable("release-breaks.csv", PackageResources.release_breaks_csv)
        .rows(["area", "period", "table", "effect", "note"]) { row, findings -> ReleaseBreak? in
            let period = row.integer(1, in: 2000...2200, findings: &findings)
            let table = row.choice(2, among: ReleaseSubject.allCases.map(\.rawValue), findings: &findings)
            let effect = row.choice(3, among: Effect.allCases.map(\.rawValue), findings: &findings)
            guard let period, let table = table.flatMap(ReleaseSubject.init), let effect = effect.flatMap(Effect.init)
            else { return nil }
            return ReleaseBreak(number: row.text(0), period: period, table: table, effect: effect, note: row.text(4))
        }
}
