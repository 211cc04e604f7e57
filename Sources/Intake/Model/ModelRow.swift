import Formats
import struct Foundation.Data
import Vocabulary

/// A row of a table that a model may do without: which file it is of, and how that is read and written.
protocol ModelRow: Sendable {
    /// The file.
    static var file: ModelFile { get }
    /// The columns in a model's space.
    static func columns(_ space: StateSpace) -> [TableColumn<Self>]
    /// Reads the file.
    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[Self]>
}

extension ModelRow {
    /// The file with some rows.
    static func written(_ rows: [Self], _ space: StateSpace) -> (name: String, data: Data) {
        (file.name, TableReader.data(rows, columns(space), space.service))
    }
}

extension FolderReading {
    /// The rows of a table; none where the model has no such file.
    mutating func rows<Row: ModelRow>(_ space: StateSpace) -> [Row] {
        optional(Row.file) { Row.read($0, space) } ?? []
    }
}

extension [(name: String, data: Data)] {
    /// Adds the file of some rows, unless there are none.
    mutating func append<Row: ModelRow>(_ rows: [Row], _ space: StateSpace) {
        if !rows.isEmpty { append(Row.written(rows, space)) }
    }
}
