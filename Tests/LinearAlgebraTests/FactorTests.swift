import Foundation
import LinearAlgebra
import Oracles
import Testing

@Suite struct FactorTests {
    /// Numbers without a pattern, the same every time.
    private func matrix(_ rows: Int, _ columns: Int, seed: Double = 0) -> Matrix {
        let elements = (0..<rows * columns).map { sin(Double($0 * $0) * 0.7 + Double($0) * 1.3 + seed) }
        return Matrix(rows: rows, columns: columns, elements: elements)
    }

    private func largest(_ one: Matrix, _ other: Matrix) -> Double {
        zip(one.elements, other.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    private func plain(_ a: Matrix, _ b: Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.columns)
        for i in 0..<a.rows {
            for j in 0..<b.columns { result[i, j] = (0..<a.columns).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
        }
        return result
    }

    @Test(arguments: [(1, 1, 1), (3, 5, 2), (17, 40, 23), (60, 1, 60)]) func products(m: Int, k: Int, n: Int) {
        let (a, b) = (matrix(m, k), matrix(k, n, seed: 2))
        #expect(largest(a * b, plain(a, b)) < 1e-12)
        #expect(largest(a.transposed.times(b, transposed: true), plain(a, b)) < 1e-12)
        #expect(largest(a.times(b.transposed, otherTransposed: true), plain(a, b)) < 1e-12)
        #expect(largest(a.gram, plain(a.transposed, a)) < 1e-12)
        let product = a * b.column(0)
        #expect(zip(product.elements, plain(a, b).column(0).elements).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(product.norm * product.norm - product.dot(product)) < 1e-9)
    }

    @Test func choleskySolvesAndMeasures() throws {
        let a = matrix(30, 12).gram + Matrix.diagonal(Vector(Array(repeating: 0.5, count: 12)))
        let factor = try Cholesky(a)
        #expect(largest(factor.factor.times(factor.factor, otherTransposed: true), a) < 1e-12)
        let b = matrix(12, 3, seed: 5)
        #expect(largest(a * factor.solve(b), b) < 1e-11)
        let lu = try LU(a)
        #expect(abs(factor.logDeterminant - lu.logDeterminant.magnitude) < 1e-10 && lu.logDeterminant.sign == 1)
        let inverse = factor.solve(.identity(12))
        let exact = a.norm1 * inverse.norm1
        #expect(factor.condition <= exact * 1.0001 && factor.condition > exact / 3)
    }

    @Test func failuresAreNamed() {
        var a = Matrix.identity(4)
        a[2, 2] = -1
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 3)) { try Cholesky(a) }
        a[2, 2] = 0
        #expect(throws: LinearAlgebraError.singular(pivot: 3)) { try LU(a) }
        let twice = Matrix(rows: [[1, 2, 1], [2, 4, 0], [3, 6, 1], [4, 8, 0]])
        #expect(throws: LinearAlgebraError.rankDeficient(rank: 2, columns: 3)) {
            try LeastSquares(twice, Vector([1, 2, 3, 4]))
        }
    }

    @Test func luSolvesBothWays() throws {
        let a = matrix(9, 9)
        let b = matrix(9, 2, seed: 1)
        let factors = try LU(a)
        let tolerance = 1e-14 * factors.condition
        #expect(largest(a * factors.solve(b), b) < tolerance)
        #expect(largest(a.transposed * factors.solve(b, transposed: true), b) < tolerance)
        var exchanged = Matrix.identity(2)
        (exchanged[0, 0], exchanged[1, 1], exchanged[0, 1], exchanged[1, 0]) = (0, 0, 2, 3)
        let determinant = try LU(exchanged).logDeterminant
        #expect(determinant.sign == -1 && abs(determinant.magnitude - log(6)) < 1e-15)
    }

    @Test func qrRotatesAndOrders() {
        let a = matrix(12, 5)
        let factors = QR(a)
        #expect(factors.rank == 5)
        let product = (0..<5).map { place -> Vector in
            factors.rotate(Vector(factors.triangle.column(place).elements + Array(repeating: 0, count: 7)), back: true)
        }
        for place in 0..<5 {
            let difference = product[place] - a.column(factors.order[place])
            #expect(difference.norm < 1e-12)
        }
        let diagonal = (0..<5).map { abs(factors.triangle[$0, $0]) }
        #expect(diagonal == diagonal.sorted(by: >))
    }

    @Test func leastSquaresOfAnyRank() throws {
        let a = matrix(20, 4)
        let b = Vector((0..<20).map { cos(Double($0)) })
        let fit = try LeastSquares(a, b)
        #expect(a.times(fit.residuals, transposed: true).norm < 1e-12)
        var dependent = Matrix(rows: 20, columns: 5)
        for row in 0..<20 {
            for column in 0..<4 { dependent[row, column] = a[row, column] }
            dependent[row, 4] = a[row, 0] - 2 * a[row, 1]
        }
        let basic = LeastSquares(basic: dependent, b)
        #expect(basic.rank == 4)
        #expect(abs(basic.residualSumOfSquares - fit.residualSumOfSquares) < 1e-10)
    }

    /// Against `scipy.optimize.nnls`, and the conditions of Karush, Kuhn and Tucker.
    @Test func nonNegativeLeastSquaresAreThoseOfSciPy() throws {
        let rows = try Oracles.rows("nnls")
        for name in Set(rows.map { $0["problem"] ?? "" }) {
            let problem = rows.filter { $0["problem"] == name }
            func numbers(_ kind: String) -> [Double] {
                problem.filter { $0["kind"] == kind }.compactMap { Double($0["value"] ?? "") }
            }
            let (b, x) = (numbers("b"), numbers("x"))
            let a = Matrix(rows: b.count, columns: x.count, elements: numbers("a"))
            let fit = try NonNegativeLeastSquares(a, Vector(b))
            for (found, expected) in zip(fit.coefficients.elements, x) {
                #expect(found >= 0 && abs(found - expected) < 1e-9 * max(1, abs(expected)), "problem \(name)")
            }
            let gradient = a.times(fit.residuals, transposed: true)
            #expect(gradient.elements.allSatisfy { $0 < 1e-8 })
        }
        #expect(rows.count > 100)
    }

    @Test func emptyMatricesAreAllowed() throws {
        let nothing = Matrix(rows: 0, columns: 0)
        #expect((nothing * nothing).elements.isEmpty)
        #expect(try Cholesky(nothing).logDeterminant == 0)
        #expect(Matrix(rows: 0, columns: 3).transposed.rows == 3)
    }
}
