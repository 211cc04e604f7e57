import CCbc
import Synchronization

/// A linear programme of which some variables are whole numbers: the largest value of a sum within bounds.
///
/// Solved by branch and cut (COIN-OR CBC); the only code that calls it.
public struct MixedIntegerProgramme: Sendable {
    /// The best values found.
    public struct Solution: Sendable {
        /// The value of each variable, in the order in which they were added.
        public let values: [Double]
        /// The largest sum.
        public let objective: Double
        /// Whether no better one exists, or time ran out before that was known.
        public let isProven: Bool
    }

    /// The solver keeps state of its own between calls: one programme at a time.
    private static let isSolving = Mutex(())

    private var objective: [Double] = []
    private var upper: [Double] = []
    private var isWhole: [Bool] = []
    private var rows: [(terms: [(variable: Int, coefficient: Double)], limit: Double, isExact: Bool)] = []

    /// A programme without variables.
    public init() {}

    /// Adds a variable from 0 to a bound.
    /// - Parameter value: what one unit adds to the sum.
    /// - Returns: its number.
    public mutating func addVariable(worth value: Double, upTo bound: Double, isWhole: Bool = false) -> Int {
        objective.append(value)
        upper.append(bound)
        self.isWhole.append(isWhole)
        return objective.count - 1
    }

    /// Holds a sum of variables at or below a limit.
    /// - Precondition: every variable has been added.
    public mutating func limit(_ terms: [(variable: Int, coefficient: Double)], to limit: Double) {
        precondition(terms.allSatisfy { objective.indices.contains($0.variable) }, "a variable that was not added")
        rows.append((terms, limit, false))
    }

    /// Holds a sum of variables at a value.
    /// - Precondition: every variable has been added.
    public mutating func hold(_ terms: [(variable: Int, coefficient: Double)], at value: Double) {
        precondition(terms.allSatisfy { objective.indices.contains($0.variable) }, "a variable that was not added")
        rows.append((terms, value, true))
    }

    /// The same limits with another sum to make largest.
    /// - Parameter worth: what one unit of each variable adds, by number; others add nothing.
    public func valuing(_ worth: [Int: Double]) -> MixedIntegerProgramme {
        var programme = self
        programme.objective = objective.indices.map { worth[$0] ?? 0 }
        return programme
    }

    /// Solves it.
    /// - Parameter seconds: after which the best values so far are taken.
    /// - Returns: `nil` where no values keep all limits.
    public func largest(seconds: Double = 60) -> Solution? {
        Self.isSolving.withLock { _ in solve(seconds: seconds) }
    }

    private func solve(seconds: Double) -> Solution? {
        guard let model = Cbc_newModel() else { preconditionFailure("no memory for the solver") }
        defer { Cbc_deleteModel(model) }
        Cbc_setLogLevel(model, 0)
        Cbc_setParameter(model, "log", "0")
        for variable in objective.indices {
            Cbc_addCol(
                model, "x\(variable)", 0, upper[variable], objective[variable], isWhole[variable] ? 1 : 0, 0, nil, nil)
        }
        for (number, row) in rows.enumerated() {
            Cbc_addRow(
                model, "r\(number)", Int32(row.terms.count), row.terms.map { Int32($0.variable) },
                row.terms.map(\.coefficient), CChar(row.isExact ? UInt8(ascii: "E") : UInt8(ascii: "L")), row.limit)
        }
        Cbc_setObjSense(model, -1)
        Cbc_setMaximumSeconds(model, seconds)
        Cbc_solve(model)
        // Without whole variables there is nothing to branch on, and the solution is that of the relaxation.
        let isContinuous = !isWhole.contains(true) && Cbc_isProvenOptimal(model) == 1
        let found: UnsafePointer<Double>? =
            isContinuous
            ? Cbc_getColSolution(model) : UnsafePointer(Cbc_bestSolution(model))
        guard let best = found else { return nil }
        let values = objective.indices.map { isWhole[$0] ? best[$0].rounded() : best[$0] }
        return Solution(
            values: values, objective: zip(values, objective).reduce(0) { $0 + $1.0 * $1.1 },
            isProven: Cbc_isProvenOptimal(model) == 1)
    }
}
