import Formats
import Foundation
import Intake
import Outputs
import Vocabulary

/// Tidy tables of several models, results and inputs, with a dictionary that machines read (Frictionless Data Package): for notebooks.
package struct DataPackage {
    /// A model: its results, and the files that it was made of.
    package struct Model: Sendable {
        let name: String
        let results: ResultTables
        let inputs: [SourceFile]

        /// - Parameters:
        ///   - name: stands in the column `model`.
        ///   - inputs: the files of the model folder.
        package init(_ name: String, _ results: ResultTables, inputs: [SourceFile]) {
            self.name = name
            self.results = results
            self.inputs = inputs
        }
    }

    /// Files of model folders, and what they hold.
    private static let inputs = [
        (name: "cohort.csv", title: "Plans of the base January"),
        (name: "population.csv", title: "People by January and age"), (name: "costs.csv", title: "Prices"),
        (name: "places.csv", title: "Specialist places"),
    ]

    private let models: [Model]
    private let words: Words
    private let fields: [String: (type: String, description: String)]

    /// - Parameter models: in the order of their rows.
    /// - Throws: ``UnusableData`` where models of plans and of care are mixed, whose tables have other columns.
    package init(_ models: [Model]) throws(UnusableData) {
        self.models = models
        let words = models.first?.results.words ?? .plans
        self.words = words
        if let other = models.first(where: { $0.results.words != words }) {
            throw UnusableData(
                file: other.name,
                "its tables are of \(other.results.words.title), and those of the first model are not",
                remedy: "Make one package of models of plans, and another of models of care.")
        }
        let table = try TextTable(SourceFile(name: "fields.csv", bytes: Data(PackageResources.fields_csv)))
        let declared = ResultCatalogue.packaged.flatMap(\.columns).map { ($0.name, ($0.kind.type, $0.about)) }
        fields = Dictionary(
            declared + table.rows.map { ($0[0], ($0[1], $0[2])) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every table, and `datapackage.json`.
    /// - Throws: ``UnusableData`` where a table is damaged.
    package func files() throws(UnusableData) -> [(name: String, data: Data)] {
        var files: [(name: String, data: Data)] = []
        var resources: [JSON] = []
        func add(_ path: String, _ title: String, _ rows: (Model) throws(UnusableData) -> Rows) throws(UnusableData) {
            guard let merged = try merged(rows) else { return }
            files.append((path, merged.csv))
            resources.append(resource(path, title, merged.columns))
        }
        for table in ResultCatalogue.packaged {
            guard let extract = table.packaged else { continue }
            try add("results/\(words.file(table.name))", extract.about) { model throws(UnusableData) in
                named(
                    model.results.header(table), try model.results.rows(table, of: extract).map(\.fields), model)
            }
        }
        for input in Self.inputs {
            try add("inputs/\(input.name)", input.title) { model throws(UnusableData) in
                try inputRows(input.name, model)
            }
        }
        files.append((OutputFolder.Kind.package.mark, package(resources).data))
        return files
    }

    private typealias Rows = (columns: [String], rows: [[String: String]])

    /// The rows of all models, with a column that names the model.
    private func merged(
        _ rowsOf: (Model) throws(UnusableData) -> Rows
    ) throws(UnusableData) -> (csv: Data, columns: [String])? {
        var columns: [String] = []
        var rows: [[String: String]] = []
        for model in models {
            let found = try rowsOf(model)
            for column in found.columns where !columns.contains(column) { columns.append(column) }
            rows += found.rows
        }
        guard !rows.isEmpty else { return nil }
        var csv = CSVWriter(columns: columns)
        for row in rows { csv.append(columns.map { row[$0] ?? "" }) }
        return (csv.data, columns)
    }

    private func inputRows(_ name: String, _ model: Model) throws(UnusableData) -> Rows {
        let file = model.inputs.first { $0.name.split(separator: "/").last.map(String.init) == name }
        guard let file else { return ([], []) }
        let text = try TextTable(file)
        return text.columns.allSatisfy { field($0) != nil } ? named(text.columns, text.rows, model) : ([], [])
    }

    /// What a column holds, by its name in tables of the service.
    private func field(_ column: String) -> (type: String, description: String)? {
        fields[column] ?? fields[words.general(column: column)]
    }

    private func named(_ columns: [String], _ rows: [[String]], _ model: Model) -> Rows {
        if columns.isEmpty { return ([], []) }
        let named = rows.map { row in
            Dictionary(zip(["model"] + columns, [model.name] + row), uniquingKeysWith: { first, _ in first })
        }
        return (["model"] + columns, named)
    }

    private func resource(_ path: String, _ title: String, _ columns: [String]) -> JSON {
        let described: [JSON] = columns.map { column in
            let field = field(column) ?? ("string", "")
            return ["name": .text(column), "type": .text(field.type), "description": .text(field.description)]
        }
        return [
            "name": .text(path.replacingOccurrences(of: "/", with: "-").replacingOccurrences(of: ".csv", with: "")),
            "path": .text(path), "title": .text(title), "profile": "tabular-data-resource", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8",
            "schema": ["fields": .list(described), "missingValues": [""]],
        ]
    }

    private func package(_ resources: [JSON]) -> JSON {
        let names = models.map(\.results.manifest.model).joined(separator: ", ")
        return [
            "profile": "tabular-data-package", "name": "sendcast-models",
            "title": .text("\(Wording.heading(words.title)): results and inputs of the models of \(names)"),
            "description": .text(
                "Made by Sendcast \(models.first?.results.manifest.program.version ?? ""). Contains public sector information licensed "
                    + "under the Open Government Licence v3.0."),
            "resources": .list(resources),
        ]
    }
}

extension Column.Kind {
    /// What a data package calls it.
    fileprivate var type: String {
        switch self {
        case .text: "string"
        case .year: "integer"
        case .people, .pounds, .share, .percent, .number, .measured: "number"
        }
    }
}
