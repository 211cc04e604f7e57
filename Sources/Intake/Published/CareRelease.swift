import Formats
import Foundation
import Vocabulary

/// The national statistics "Children looked after in England including adoptions" (Department for Education), for every area: children
/// on 31 March, those who started and those who ceased to be looked after in the year to it, and from the local authority interactive tool,
/// where that is beside them, spend, weekly costs and care leavers.
///
/// Tables are known by their columns. Counts below 5, and others from which they could be worked out, are published as `c`.
public struct CareRelease: Sendable {
    /// Figures by code (``CareClassification``); not a number where all that they are made of was held back.
    public typealias Counts = [String: Double]

    /// Everything published of one area and year.
    public struct Year: Sendable, Equatable {
        /// Children on 31 March: by band of ages, `0` to `4` in the order of ``Service/bands``.
        public var byBand: Counts = [:]
        /// By reason.
        public var byReason: Counts = [:]
        /// By kind of placement: `fostering`, `homes`, `supported`, `residential`, `adoption`, `parents`, `other`.
        public var byKind: Counts = [:]
        /// By provider: `own`, `private`, `parents`, `unknown`.
        public var byProvider: Counts = [:]
        /// Started in the year, by band.
        public var startedByBand: Counts = [:]
        /// Started in the year, by reason.
        public var startedByReason: Counts = [:]
        /// Ceased in the year, by band: `4` is age 16, `5` age 17, `6` 18 and over.
        public var ceasedByBand: Counts = [:]
        /// Ceased in the year, by route (``CareClassification/routes``).
        public var ceasedByRoute: Counts = [:]
        /// Of those who ceased at any age, who stayed with their carers at 18: `staying put`.
        public var ceasedTo: Counts = [:]
        /// Children on 31 March, started and ceased.
        public var total = Double.nan
        /// See ``total``.
        public var started = Double.nan
        /// See ``total``.
        public var ceased = Double.nan
        /// Counts of which a part is held back, such as `kind homes`: what is known of them is too low.
        public var heldBack: Set<String> = []
    }

    /// One area.
    public struct Area: PublishedArea {
        /// See ``PublishedArea``.
        public internal(set) var code: String
        /// See ``PublishedArea``.
        public let number: String
        /// See ``PublishedArea``.
        public internal(set) var name: String
        /// See ``PublishedArea``.
        public let isNational: Bool
        /// See ``PublishedArea``.
        public internal(set) var codes: Set<String> = []
        /// See ``PublishedArea``.
        public internal(set) var region = ""
        /// By 31 March.
        public var years: [Int: Year] = [:]
        /// Children on 31 March of earlier years too.
        public var totals: [Int: Double] = [:]
        /// People of 0 to 17, looked after or not, by 31 March.
        public var children: [Int: Double] = [:]
        /// Pounds a child and week by what is paid for (`all`, `fostering`, `homes`) and the April in which the financial year begins.
        public var weekly: [String: [Int: Double]] = [:]
        /// The share of children looked after who have a plan, by 31 March.
        public var withPlan: [Int: Double] = [:]
        /// Pounds of a financial year by what they are spent on (`all` children looked after, and of that `leaving care`) and its April.
        public var spend: [String: [Int: Double]] = [:]
        /// Care leavers of 19 to 21 on their birthdays in the year to 31 March.
        public var careLeavers: [Int: Double] = [:]
        /// Of those of 19 and 20 who left foster care at 18, the share who still live with those carers, by 31 March.
        public var stayingPut: [Int: Double] = [:]
        /// The DfE numbers of its statistical neighbours, the nearest first.
        public var neighbours: [String] = []
        /// Of care leavers of 19 to 21, the share whom the authority is not in touch with, by 31 March.
        public var notInTouch: [Int: Double] = [:]

        /// The share of children who are more than 20 miles from home and outside the authority, by 31 March.
        public var farAway: [Int: Double] = [:]
        /// Unaccompanied asylum-seeking children, by 31 March.
        public var asylum: [Int: Double] = [:]
        /// Places for which the authority's own foster carers are approved, and those of them that are filled, by 31 March.
        public var fosterPlaces: [Int: (approved: Double, filled: Double)] = [:]

        /// What else of the interactive tool areas are compared in, by its name there and year.
        public internal(set) var tool: [String: [Int: Double]] = [:]

        /// England, of which nothing is published.
        static let england = Area(name: "England", code: "E92000001", isNational: true)

        /// An area of which nothing is published.
        public init(name: String, code: String = "", number: String = "", isNational: Bool = false) {
            self.name = name
            self.code = code
            self.number = number
            self.isNational = isNational
            codes = code.isEmpty ? [] : [code]
        }
    }

    /// The folder or file that was read.
    public let path: String
    /// Its tables, with their digests.
    public let sources: [(name: String, digest: String)]
    /// England first, then authorities by name.
    public let areas: [Area]

    /// The last 31 March of which children are known.
    public var last: Int { england?.years.filter { !$0.value.total.isNaN }.keys.max() ?? 0 }
    /// England.
    public var england: Area? { areas.first { $0.isNational } }
    /// Every authority with children on the last 31 March, by name.
    public var authorities: [Area] { areas.filter { !$0.isNational && ($0.years[last]?.total ?? 0) > 0 } }

    /// The area with a name, an ONS code or a DfE number.
    /// - Throws: ``UnusableData`` that suggests the nearest name.
    public func area(_ wanted: String) throws(UnusableData) -> Area {
        let key = NationalRelease.key(wanted)
        if let area = areas.first(where: {
            [NationalRelease.key($0.name), NationalRelease.key($0.code), $0.number].contains(key)
        }) {
            return area
        }
        throw UnusableData(
            file: path, "'\(wanted)' is not an authority of these tables",
            remedy: suggestion(
                for: wanted, among: areas.map(\.name), otherwise: "sendcast new --list --care \(path) lists them."))
    }

    /// Reads the tables: the release's zip file, or a folder with its tables.
    /// - Throws: ``UnusableData`` where there are none on children looked after, or one cannot be read.
    public static func read(_ path: String) throws(UnusableData) -> Checked<CareRelease> {
        let files = try ReleaseTables.open(path)
        var builder = CareBuilder()
        for file in files { builder.read(file) }
        let areas = builder.finished.sorted { ($0.isNational ? 0 : 1, $0.name) < ($1.isNational ? 0 : 1, $1.name) }
        let release = CareRelease(path: path, sources: builder.sources, areas: areas)
        var findings = builder.findings
        if release.last == 0 || release.england?.years[release.last]?.startedByBand.isEmpty != false {
            findings.append(
                Finding(
                    .error, file: path,
                    "there are no tables on children looked after on 31 March, starting and ceasing",
                    remedy: "Add those of 'Children looked after in England including adoptions' by local authority."))
        }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return Checked(release, findings: findings, uses: builder.uses)
    }
}
