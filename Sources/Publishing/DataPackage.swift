import Formats
import Foundation
import Intake
import Vocabulary

/// Tidy tables of several models, results and inputs, with a dictionary that machines read (Frictionless Data Package): for notebooks.
public struct DataPackage {
    /// A model: its results, and the files that it was made of.
    public struct Model: Sendable {
        let name: String
        let results: ResultTables
        let inputs: [SourceFile]

        /// - Parameters:
        ///   - name: stands in the column `model`.
        ///   - inputs: the files of the model folder.
        public init(_ name: String, _ results: ResultTables, inputs: [SourceFile]) {
            self.name = name
            self.results = results
            self.inputs = inputs
        }
    }

    private struct Table {
        let name: String
        let title: String
        var conditions: [String: Set<String>] = [:]
        /// How many dimensions may be told apart at once.
        var crossed: Int?
    }

    private static let results: [Table] = [
        Table(
            name: "plans.csv", title: "Plans by January: in all, by band of ages, need and setting, with intervals",
            conditions: ["age": [ReportData.all]], crossed: 1),
        Table(name: "budget.csv", title: "Spend by line, payer and tag; income and balance"),
        Table(name: "sufficiency.csv", title: "Children against places by need and phase"),
        Table(
            name: "assessments.csv", title: "Requests, assessments and plans issued by year",
            conditions: ["age_band": [ReportData.all]]),
        Table(name: "assumptions.csv", title: "Assumptions with source and rating"),
        Table(name: "settings.csv", title: "Settings and what returns call them"),
        Table(name: "needs.csv", title: "Needs and what returns call them"),
    ]

    private static let inputs: [Table] = [
        Table(name: "cohort.csv", title: "Plans of the base January"),
        Table(name: "population.csv", title: "People by January and age"),
        Table(name: "costs.csv", title: "Prices"), Table(name: "places.csv", title: "Specialist places"),
    ]

    private let models: [Model]
    private let fields: [String: (type: String, description: String)]

    /// - Parameter models: in the order of their rows.
    /// - Throws: ``UnusableData`` where the dictionary that ships with Sendcast is damaged.
    public init(_ models: [Model]) throws(UnusableData) {
        self.models = models
        let table = try TextTable(SourceFile(name: "fields.csv", bytes: Data(PackageResources.fields_csv)))
        fields = Dictionary(table.rows.map { ($0[0], ($0[1], $0[2])) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every table, and `datapackage.json`.
    /// - Throws: ``UnusableData`` where a table is damaged.
    public func files() throws(UnusableData) -> [(name: String, data: Data)] {
        var files: [(name: String, data: Data)] = []
        var resources: [JSON] = []
        for (folder, tables) in [("results", Self.results), ("inputs", Self.inputs)] {
            for table in tables {
                guard let merged = try merged(table, isInput: folder == "inputs") else { continue }
                let path = "\(folder)/\(table.name)"
                files.append((path, merged.csv))
                resources.append(resource(path, table.title, merged.columns))
            }
        }
        files.append(("datapackage.json", package(resources).data))
        return files
    }

    /// The rows of all models, with a column that names the model.
    private func merged(_ table: Table, isInput: Bool) throws(UnusableData) -> (csv: Data, columns: [String])? {
        var columns: [String] = []
        var rows: [[String: String]] = []
        for model in models {
            let found = try isInput ? inputRows(table, model) : resultRows(table, model)
            for column in found.columns where !columns.contains(column) { columns.append(column) }
            rows += found.rows
        }
        guard !rows.isEmpty else { return nil }
        var csv = CSVWriter(columns: columns)
        for row in rows { csv.append(columns.map { row[$0] ?? "" }) }
        return (csv.data, columns)
    }

    private func resultRows(_ table: Table, _ model: Model) throws(UnusableData) -> (
        columns: [String], rows: [[String: String]]
    ) {
        let columns = model.results.columns(table.name)
        let dimensions = ["age", "age_band", "need", "setting"].filter(columns.contains)
        let kept = try model.results.rows(table.name, where: table.conditions.filter { columns.contains($0.key) })
            .filter { row in
                table.crossed.map { most in dimensions.count { row[$0] != ReportData.all } <= most } ?? true
            }
        return named(columns, kept.map(\.fields), model)
    }

    private func inputRows(_ table: Table, _ model: Model) throws(UnusableData) -> (
        columns: [String], rows: [[String: String]]
    ) {
        let file = model.inputs.first { $0.name.split(separator: "/").last.map(String.init) == table.name }
        guard let file else { return ([], []) }
        let text = try TextTable(file)
        return text.columns.allSatisfy { fields[$0] != nil } ? named(text.columns, text.rows, model) : ([], [])
    }

    private func named(_ columns: [String], _ rows: [[String]], _ model: Model) -> (
        columns: [String], rows: [[String: String]]
    ) {
        if columns.isEmpty { return ([], []) }
        let named = rows.map { row in
            Dictionary(zip(["model"] + columns, [model.name] + row), uniquingKeysWith: { first, _ in first })
        }
        return (["model"] + columns, named)
    }

    private func resource(_ path: String, _ title: String, _ columns: [String]) -> JSON {
        let described: [JSON] = columns.map { column in
            let field = fields[column] ?? ("string", "")
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
            "title": .text("Education, health and care plans: results and inputs of the models of \(names)"),
            "description": .text(
                "Made by Sendcast \(models.first?.results.manifest.program.version ?? ""). Contains public sector information licensed "
                    + "under the Open Government Licence v3.0."),
            "resources": .list(resources),
        ]
    }
}
