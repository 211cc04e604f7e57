/// A figure of every run: in memory, or put aside where there are very many.
package struct RunFigures: Sendable {
    private enum Place {
        case here([Double])
        case aside(RunColumns, column: Int)
    }

    private let place: Place

    /// Keeps figures in memory.
    package init(_ values: [Double]) { place = .here(values) }

    /// Finds figures that were put aside.
    package init(_ column: Int, of columns: RunColumns) { place = .aside(columns, column: column) }

    /// Run by run.
    package var values: [Double] {
        switch place {
        case .here(let values): values
        case .aside(let columns, let column): columns.values(of: column)
        }
    }
}
