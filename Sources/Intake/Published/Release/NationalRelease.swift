import Formats
import Foundation
import Vocabulary

/// The national statistics release "Education, health and care plans" (Department for Education), for every area in it.
///
/// Releases differ from year to year: files are known by their columns, ages and placements by the meaning of their
/// topics. Settings are those of ``Classification``.
public struct NationalRelease: Sendable {
    /// Plans counted in one January, or begun in one calendar year.
    public struct Plans: Sendable, Equatable {
        /// All of them.
        public var total: Double?
        /// By setting.
        public var bySetting: [Double]?
        /// Ages × settings.
        public var byAge: CountTable?
        /// By need.
        public var byNeed: [Double]?
        /// Ages × needs.
        public var needByAge: CountTable?
        /// Settings × needs.
        public var needBySetting: CountTable?
        /// Five statutory bands of age (``AgeBand/statutory``), in releases of 2022 to 2024.
        public var byBand: [Double]?
        /// How many plans have a placement that is held back because few share it; they are spread evenly over the placements
        /// held back.
        public var heldBack = 0.0
        /// By whole years in force: `0` to `11` and `12+`, or `0-1` where the first two are one group.
        public var byYearsHeld: [String: Double] = [:]
        /// In residential places: all, 38 to 51 weeks, 52 weeks; empty where unknown.
        public var residential: [Double] = []
        /// With a personal budget: all, with organised arrangements, then of health, education, social care and several; empty
        /// where unknown.
        public var personalBudgets: [Double] = []
        /// How many plans have a need that is held back, spread likewise.
        public var needsHeldBack = 0.0

        /// Nothing known yet.
        public init() {}
    }

    /// Plans that ended in one calendar year.
    public struct Endings: Sendable, Equatable {
        /// By reason (``NationalRelease/endingReasons``).
        public var byReason: [Double]?
        /// Ages × reasons.
        public var byAge: CountTable?
        /// Settings × reasons.
        public var bySetting: CountTable?
        /// Needs × reasons; the last row is of those not reported.
        public var byNeed: CountTable?
        /// By whole years in force, as in ``Plans/byYearsHeld``.
        public var byYearsHeld: [String: Double] = [:]
    }

    /// Mediations, appeals to the tribunal, and those of the appeals that followed mediation; empty or not a number where unknown.
    public struct Appeals: Sendable, Equatable {
        /// About decisions on requests.
        public var requests: [Double] = []
        /// About assessments.
        public var assessments: [Double] = []
    }

    /// Plans to be amended for a move between phases of education in one calendar year.
    public struct PhaseTransfers: Sendable, Equatable {
        /// Reviews that were due.
        public var due: Double?
        /// Final plans issued by the time of the return.
        public var finished: Double?
    }

    /// Requests for assessment, and what became of them, in one calendar year.
    public struct Requests: Sendable, Equatable {
        /// Received.
        public var received: Double?
        /// Refused.
        public var refused: Double?
        /// Agreed to be assessed.
        public var agreed: Double?
        /// Assessments that were finished.
        public var assessed: Double?
        /// Assessments that ended in a plan.
        public var issued: Double?
        /// Plans issued that count for timeliness, and those of them that came within 20 weeks.
        public var timed: (all: Double, inTime: Double)? {
            guard let all = timedPlans.first, let inTime = timedPlans.last, all > 0, !inTime.isNaN else { return nil }
            return (all, inTime)
        }
        /// See ``timed``.
        var timedPlans: [Double] = []
        /// Received, by age; the last is 20 and over.
        public var receivedByAge: [Double]?
        /// Assessments that were finished, by age.
        public var assessedByAge: [Double]?
        /// Assessments that ended in a plan, by age.
        public var issuedByAge: [Double]?
        /// Received, by who asked.
        public var bySource: [String: Double] = [:]
        /// What became of decisions that were disputed.
        public var appeals = Appeals()
        /// Average weeks from request to plan, of all plans and of those without a lawful exception; empty where unknown.
        public var weeksToIssue: [Double] = []
    }

    /// Everything published of one area.
    public struct Area: Sendable {
        /// The code of the Office for National Statistics, such as E08000035.
        public internal(set) var code: String
        /// The Department for Education's number, such as 383; empty for England.
        public let number: String
        /// The name.
        public internal(set) var name: String
        /// Whether it is England.
        public let isNational: Bool
        /// Every code that rows give it; a release may mix codes before and after a change of boundaries.
        public internal(set) var codes: Set<String> = []
        /// The region that it lies in; empty where rows do not say it.
        public internal(set) var region = ""
        /// The latest year that rows speak of.
        var lastYear = 0
        /// Plans in force, by January.
        public var plans: [Int: Plans] = [:]
        /// Plans begun, by calendar year.
        public var newPlans: [Int: Plans] = [:]
        /// Plans ended, by calendar year.
        public var endings: [Int: Endings] = [:]
        /// Requests, by calendar year.
        public var requests: [Int: Requests] = [:]
        /// Moves between phases of education, by calendar year.
        public var phaseTransfers: [Int: PhaseTransfers] = [:]
        /// Appeals that the tribunal registered, by calendar year; none of England.
        public internal(set) var registeredAppeals: [Int: Double] = [:]
        /// Figures that should be there and are not, and why.
        public internal(set) var gaps: [ReleaseSubject.Period: ReleaseSubject.Gap] = [:]
    }

    /// Why plans end, by column of the release; ``transfer`` is one of them.
    public static let endingReasons = [
        "max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "not_rec",
        "other",
    ]
    /// The place of transfers to another authority among ``endingReasons``.
    public static let transfer = 4

    /// The file or folder that was read.
    public let path: String
    /// Its tables, with their digests.
    public let sources: [(name: String, digest: String)]
    /// The settings and needs that the tables are in.
    public let classification: Classification
    /// England first, then authorities by name.
    public let areas: [Area]
    /// What was used of each table.
    public let uses: [FileUse]

    /// The last January with plans in force.
    public var lastJanuary: Int { england?.plans.keys.max() ?? 0 }

    /// Every authority that there is today, by name.
    public var authorities: [Area] { areas.filter { !$0.isNational && $0.lastYear == lastYear } }

    private var lastYear: Int { areas.map(\.lastYear).max() ?? 0 }

    /// England.
    public var england: Area? { areas.first { $0.isNational } }

    /// The area with a name, an ONS code or a DfE number.
    /// - Throws: ``UnusableData`` that suggests the nearest name.
    public func area(_ wanted: String) throws(UnusableData) -> Area {
        let key = Self.key(wanted)
        if let area = areas.first(where: { [Self.key($0.name), Self.key($0.code), $0.number].contains(key) }) {
            return area
        }
        // As in 'Devon County Council'.
        func words(_ name: String) -> String {
            " \(name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")) "
        }
        let within = areas.map(\.name).filter { words(wanted).contains(words($0)) }.max { $0.count < $1.count }
        throw UnusableData(
            file: path, "'\(wanted)' is not an authority of this release",
            remedy: within.map { "Did you mean '\($0)'?" }
                ?? suggestion(
                    for: wanted, among: areas.map(\.name), otherwise: "sendcast new --list --plans \(path) lists them.")
        )
    }

    /// Plans of a need in a January; `nil` where they are not published, or where the release did not yet tell the need apart from
    /// others, so that the figure would not compare (Down syndrome and other difficulties before 2026).
    public func plans(of need: String, in area: Area, january: Int) -> Double? {
        guard let place = classification.needs.firstIndex(where: { $0.code == need }),
            let counts = area.plans[january]?.byNeed, let national = england?.plans[january]?.byNeed
        else { return nil }
        let latest = england?.plans.filter { $0.value.byNeed != nil }.max { $0.key < $1.key }?.value.byNeed ?? national
        let merged = classification.needs.indices.filter { national[$0] == 0 && latest[$0] > 0 }
        let isBlurred = merged.contains(place) || (need == "OTH" && !merged.isEmpty)
        return isBlurred ? nil : counts[place]
    }

    /// The same release with other figures of its areas.
    package func with(areas: [Area]) -> NationalRelease {
        NationalRelease(path: path, sources: sources, classification: classification, areas: areas, uses: uses)
    }

    /// Letters and digits of a name, in lower case.
    static func key(_ name: String) -> String {
        String(
            name.lowercased().replacingOccurrences(of: "&", with: "and").unicodeScalars.filter {
                CharacterSet.alphanumerics.contains($0)
            })
    }

    /// Reads a release: the zip file as it is downloaded, or the folder that it unpacks to.
    /// - Throws: ``UnusableData`` where no table of a release is found, or one cannot be read.
    public static func read(_ path: String) throws(UnusableData) -> Checked<NationalRelease> {
        let tables = try ReleaseTables.open(path)
        var builder = ReleaseBuilder(classification: .standard)
        for file in tables { builder.read(file) }
        guard !builder.areas.isEmpty, !builder.findings.containsErrors else {
            let none = Finding(
                .error, file: path, "no table of the national release on plans is in it",
                remedy:
                    "Download the release's zip file, which holds caseload.csv, or sen2_age_caseload.csv before 2025.")
            throw UnusableData(builder.findings.containsErrors ? builder.findings : builder.findings + [none])
        }
        builder.settle()
        let areas = builder.areas.values.sorted { ($0.isNational ? 0 : 1, $0.name) < ($1.isNational ? 0 : 1, $1.name) }
        let release = NationalRelease(
            path: path, sources: tables.map { ($0.name, $0.digest) }, classification: .standard, areas: areas,
            uses: builder.uses)
        let scale = release.faultsOfScale
        guard scale.isEmpty else { throw UnusableData(builder.findings + scale) }
        return Checked(release, findings: builder.findings + release.unreconciled, uses: builder.uses)
    }
}

/// The tables of a release, wherever they lie.
enum ReleaseTables {
    /// - Parameter endings: of files within a folder or zip file.
    static func open(_ path: String, endings: [String] = [".csv"]) throws(UnusableData) -> [SourceFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw UnusableData(file: path, "there is no such file or folder")
        }
        return isFolder.boolValue ? try folder(path, endings) : try zip(path, endings)
    }

    private static func folder(_ path: String, _ endings: [String]) throws(UnusableData) -> [SourceFile] {
        // A link to a folder is followed, which an enumerator does not do by itself.
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let names = FileManager.default.enumerator(atPath: real)?.compactMap { $0 as? String } ?? []
        var files: [SourceFile] = []
        for name in names.sorted()
        where endings.contains(where: { name.lowercased().hasSuffix($0) || name.lowercased().hasSuffix("\($0).gz") }) {
            files.append(try SourceFile("\(path)/\(name)"))
        }
        return files
    }

    private static func zip(_ path: String, _ endings: [String]) throws(UnusableData) -> [SourceFile] {
        let packed: SourceFile
        packed = try SourceFile(path)
        guard packed.bytes.starts(with: [0x50, 0x4B]) else {
            return [packed]
        }
        var files: [SourceFile] = []
        let end = forEachEntry(of: packed.bytes, as: .zip) { name, read in
            guard endings.contains(where: name.lowercased().hasSuffix) else { return .whole }
            let part = read()
            if part.end == .whole { files.append(SourceFile(name: "\(path)/\(name)", bytes: part.data)) }
            return part.end
        }
        switch end {
        case .whole: return files
        case .damaged:
            throw UnusableData(file: path, "the zip file is damaged or cut short", remedy: "Download it again.")
        case .tooLarge: throw UnusableData(file: path, "the zip file \(SourceFile.tooLarge)")
        }
    }
}
