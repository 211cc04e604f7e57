import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Figures of very many runs, column by column, that come some runs at a time: they lie in a file without a name, or in memory where none
/// can be written.
package final class RunColumns: Sendable {
    private let runs: Int
    private let file: Int32
    /// Columns that the file has no room for.
    private let inMemory = Mutex<[Int: [Double]]>([:])
    private let kept = Atomic<Int>(0)

    /// - Parameter runs: how many a column has.
    package init(runs: Int, folder: String = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp") {
        self.runs = runs
        var name = Array("\(folder)/sendcast-XXXXXX".utf8CString)
        file = mkstemp(&name)
        if file >= 0 { unlink(name) }
    }

    deinit { if file >= 0 { close(file) } }

    /// Puts figures into a column, whose others are zero until they come.
    /// - Parameter first: the place of the first of them among all runs.
    package func add(_ values: [Double], to column: Int, from first: Int) {
        inMemory.withLock { inMemory in
            if inMemory[column] == nil && write(values, column, first) { return }
            inMemory[column, default: read(column)].replaceSubrange(first..<first + values.count, with: values)
        }
    }

    /// Puts whole columns aside, after those that were.
    package func keep(_ columns: [[Double]]) -> [RunFigures] {
        precondition(columns.allSatisfy { $0.count == runs }, "columns of other runs")
        let first = kept.wrappingAdd(columns.count, ordering: .relaxed).oldValue
        // They lie side by side.
        if !write(Array(columns.joined()), first, 0) {
            for (place, values) in columns.enumerated() { add(values, to: first + place, from: 0) }
        }
        return columns.indices.map { RunFigures(first + $0, of: self) }
    }

    /// Every run's figure.
    package func values(of column: Int) -> [Double] { inMemory.withLock { $0[column] } ?? read(column) }

    private func write(_ values: [Double], _ column: Int, _ first: Int) -> Bool {
        guard file >= 0 else { return false }
        return values.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = pwrite(
                    file, bytes.baseAddress.map { $0 + done }, bytes.count - done, place(column, first) + off_t(done))
                if count <= 0 { return false }
                done += count
            }
            return true
        }
    }

    private func read(_ column: Int) -> [Double] {
        var values = [Double](repeating: 0, count: runs)
        if file < 0 { return values }
        values.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = pread(
                    file, bytes.baseAddress.map { $0 + done }, bytes.count - done, place(column, 0) + off_t(done))
                precondition(count >= 0, "figures that were put aside cannot be read")
                if count == 0 { return }
                done += count
            }
        }
        return values
    }

    private func place(_ column: Int, _ run: Int) -> off_t {
        off_t((column * runs + run) * MemoryLayout<Double>.stride)
    }
}
