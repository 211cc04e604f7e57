import Formats
import struct Foundation.Data
import Vocabulary

/// What the columns of a model's tables mean, and which words they take: `model-columns.csv`, which ships with Sendcast.
package struct InputColumns: Sendable {
    /// Words that a column takes.
    package enum Choices: String, CaseIterable, Sendable {
        case need, setting, quality, unit, item, kind, again, flow, deviation, step, indicator
        case yesNo = "yes-no"
        /// Ages or years such as `11-15`, which spreadsheets take for days.
        case band

        /// Whether nothing else can stand there; codes may also be `any`, or several.
        package var isClosed: Bool { ![.need, .setting, .band].contains(self) }

        /// The words, in a model's space.
        package func words(_ space: StateSpace) -> [String] {
            switch self {
            case .need: space.need.codes
            case .setting: space.setting.codes
            case .quality: AssumptionQuality.allCases.map(\.rawValue)
            case .unit: PriceUnit.units(of: space.service).map { space.service.words.unit($0.rawValue) }
            case .item: FundingItem.allCases.map(\.rawValue)
            case .kind: PlacesRow.Kind.allCases.map(\.rawValue)
            case .again: AskingAgain.allCases.map(\.rawValue)
            case .flow: RateTable.transfers.kinds
            case .deviation: RateTable.deviations.kinds
            case .step: RateTable.assessments.kinds
            case .indicator: Indicator.allCases.map(\.rawValue)
            case .yesNo: ["yes", "no"]
            case .band: []
            }
        }
    }

    /// A column.
    package struct Column: Sendable {
        /// What it means in models of plans.
        fileprivate let meaning: String
        /// What it means in models of care, where that is said in other words.
        fileprivate let ofCare: String
        /// The words that it takes; `nil` where it takes any.
        package let choices: Choices?

        /// What it means, in the words of a service.
        package func meaning(_ service: Service) -> String {
            service == .care && !ofCare.isEmpty ? ofCare : meaning
        }
    }

    private struct Row {
        var (file, column, meaning, ofCare) = ("", "", "", "")
        var choices: Choices?
    }

    /// Files and columns, by file and column; `*` stands for every file, and for every file of a folder.
    private let known: [String: [String: Column]]

    /// The table that ships with Sendcast.
    package static let shipped = InputColumns(
        SourceFile(name: "model-columns.csv", bytes: Data(PackageResources.model_columns_csv)))

    private init(_ file: SourceFile) {
        let columns: [TableColumn<Row>] = [
            .name("file", \.file), .text("column", \.column), .choice("choices", \.choices), .name("what", \.meaning),
            .text("care", \.ofCare),
        ]
        let read = TableReader.rows(file, columns, Row())
        precondition(!read.findings.containsErrors, "\(read.findings)")
        known = read.value.reduce(into: [:]) {
            $0[$1.file, default: [:]][$1.column] = Column(
                meaning: $1.meaning, ofCare: $1.ofCare, choices: $1.choices)
        }
    }

    /// What a file holds; `nil` where that is not known.
    /// - Parameter file: by the name that it has in the service.
    package func meaning(of file: String, _ service: Service) -> String? {
        tables(file, service).lazy.compactMap { $0[""]?.meaning(service) }.first
    }

    /// A column of a file, by the names that both have in the service; `nil` where it is not known.
    package func column(_ name: String, of file: String, _ service: Service) -> Column? {
        (tables(file, service) + [known["*"] ?? [:]]).lazy
            .compactMap { $0.first { service.words.column($0.key) == name }?.value }.first
    }

    private func tables(_ file: String, _ service: Service) -> [[String: Column]] {
        let name = ModelFile.allCases.first { service.words.file($0.name) == file }?.name ?? file
        return [known[name], known[Self.pattern(name)]].compactMap { $0 }
    }

    /// `scenarios/*.csv` for a table of schemes.
    private static func pattern(_ file: String) -> String {
        guard let slash = file.firstIndex(of: "/"), let point = file.lastIndex(of: ".") else { return file }
        return "\(file[..<slash])/*\(file[point...])"
    }
}
