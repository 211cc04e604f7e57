import Formats
import Foundation
import Vocabulary

/// The settings and needs that published tables are read into: data files that ship with Sendcast.
public struct Classification: Sendable {
    /// A setting and what statutory returns call it.
    public struct Setting: Sendable, Equatable {
        /// The code.
        public let code: String
        /// In words.
        public let name: String
        /// The provision group that it is pooled and scored with.
        public let group: String
        /// The ages at which a plan may be in it.
        public let ages: ClosedRange<Int>
        /// Whether it lies in the authority's area.
        public let isInArea: Bool
        /// Its name in each return (``Classification/returns``); empty where it is not part of one.
        public let returns: [String]
    }

    /// A need and what statutory returns call it.
    public struct Need: Sendable, Equatable {
        /// The code.
        public let code: String
        /// In words.
        public let name: String
        /// Its name in the DSG management plan and the local SEND reform plan.
        public let returns: [String]
    }

    /// The returns that settings are mapped to, by column of `settings.csv`.
    public static let returns = ["scap", "dsg", "reform"]

    /// The settings, in the order of tables.
    public let settings: [Setting]
    /// The needs, in the order of tables.
    public let needs: [Need]
    /// The setting of each column and label of the national release, in lower case.
    private let settingOfPlacement: [String: Int]

    /// The code of the setting for plans whose placement is not recorded.
    public static let notRecorded = "NR"

    /// The classification that ships with Sendcast.
    public static let standard: Classification = {
        let settings = ShippedTable("settings.csv", PackageResources.settings_csv).sound(Setting.read)
        let needs = ShippedTable("needs.csv", PackageResources.needs_csv).sound(Need.read)
        let placements = ShippedTable("release-placements.csv", PackageResources.release_placements_csv)
            .rows(["name", "setting"]) { row, _ in
                settings.firstIndex { $0.code == row.text(1) }.map { (row.text(0).lowercased(), $0) }
            }
        return Classification(
            settings: settings, needs: needs,
            settingOfPlacement: Dictionary(placements, uniquingKeysWith: { _, last in last }))
    }()

    /// What the code of a setting outside the area ends in, where it is told apart.
    public static let outside = "-OUT"

    /// What the code of a need stands for; the code itself where it is none of these.
    public func name(ofNeed code: String) -> String { needs.first { $0.code == code }?.name ?? code }

    /// What the code of a setting stands for; the code itself where it is none of these.
    public func name(ofSetting code: String) -> String {
        let isOutside = code.hasSuffix(Self.outside)
        let plain = isOutside ? String(code.dropLast(Self.outside.count)) : code
        guard let name = settings.first(where: { $0.code == plain })?.name else { return code }
        return isOutside ? "\(name), outside the area" : name
    }

    /// The setting of a column or label of the national release, which are compared without case.
    func setting(ofPlacement name: String) -> Int? { settingOfPlacement[name.lowercased()] }

    /// The place of plans whose placement is not recorded, among ``settings``.
    var notRecordedSetting: Int? { settings.firstIndex { $0.code == Self.notRecorded } }
}

extension Classification.Setting {
    /// The columns of the file; the returns are those of plans.
    static func columns(_ service: Service) -> [String] {
        ["setting", "name", "group", "min_age", "max_age", "in_area"]
            + (service == .plans ? Classification.returns : [])
    }

    static func data(_ settings: [Classification.Setting], _ service: Service) -> Data {
        var csv = CSVWriter(columns: columns(service).map(service.words.column))
        for setting in settings {
            csv.append(
                [
                    setting.code, setting.name, setting.group, String(setting.ages.lowerBound),
                    String(setting.ages.upperBound), setting.isInArea ? "yes" : "no",
                ] + setting.returns)
        }
        return csv.data
    }

    /// Reads `settings.csv`.
    static func read(_ file: SourceFile) -> Checked<[Classification.Setting]> {
        var findings = FindingList(of: file)
        var settings: [Classification.Setting] = []
        let columns = columns(file.service)
        let ages = file.service.years
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            let code = row.code(0, taken: settings.map(\.code), findings: &findings)
            let first = row.integer(3, in: ages, findings: &findings)
            let last = row.integer(4, in: ages, findings: &findings)
            let isInArea = row.choice(5, among: ["yes", "no"], findings: &findings)
            guard let code, let first, let last, let isInArea else { return }
            guard first <= last else {
                return findings.add(.error, line: row.line, column: "min_age", "\(first) is above max_age, \(last)")
            }
            settings.append(
                Classification.Setting(
                    code: code, name: row.text(1), group: row.text(2), ages: first...last,
                    isInArea: isInArea == "yes", returns: (6..<columns.count).map { row.text($0) }))
        }
        if settings.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file lists no setting") }
        return Checked(settings, findings)
    }
}

extension Classification.Need {
    /// The columns of the file; the returns are those of plans.
    static func columns(_ service: Service) -> [String] {
        ["need", "name"] + (service == .plans ? ["dsg", "reform"] : [])
    }

    static func data(_ needs: [Classification.Need], _ service: Service) -> Data {
        var csv = CSVWriter(columns: columns(service).map(service.words.column))
        for need in needs { csv.append([need.code, need.name] + need.returns) }
        return csv.data
    }

    /// Reads `needs.csv`.
    static func read(_ file: SourceFile) -> Checked<[Classification.Need]> {
        var findings = FindingList(of: file)
        var needs: [Classification.Need] = []
        let columns = columns(file.service)
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            guard let code = row.code(0, taken: needs.map(\.code), findings: &findings) else { return }
            needs.append(.init(code: code, name: row.text(1), returns: (2..<columns.count).map { row.text($0) }))
        }
        if needs.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file lists no need") }
        return Checked(needs, findings)
    }
}

extension CSVRow {
    /// The most needs, or settings, that a model has.
    static var mostCodes: Int { 250 }

    /// A new code, or `nil` after a finding.
    func code(_ column: Int, taken: [String], findings: inout FindingList) -> String? {
        guard taken.count < Self.mostCodes else {
            findings.add(
                .error, sharing: "many", line: line, column: name(of: column),
                "a model has at most \(Self.mostCodes) codes", remedy: "Put rare ones together as 'other'.")
            return nil
        }
        let code = text(column)
        if taken.contains(code) {
            findings.add(.error, line: line, column: name(of: column), "'\(code)' has a row already")
            return nil
        }
        if code != "any" && code != "all" && PlainName.isCode(code) { return code }
        findings.add(
            .error, line: line, column: name(of: column), "'\(self[column].excerpt)' cannot be a code",
            remedy: PlainName.remedyOfCode)
        return nil
    }

    /// One of some words, or `nil` after a finding.
    func choice(_ column: Int, among words: [String], findings: inout FindingList) -> String? {
        let word = text(column)
        if words.contains(word) { return word }
        let expected = "'\(self[column].excerpt)': one of \(words.joined(separator: ", ")) was expected"
        findings.add(
            .error, line: line, column: name(of: column), expected,
            remedy: suggestion(for: word, among: words, otherwise: ""))
        return nil
    }
}
