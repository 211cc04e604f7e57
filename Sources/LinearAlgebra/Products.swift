import COpenBLAS

extension Matrix {
    /// The product of two matrices (`dgemm`).
    /// - Precondition: the inner sizes agree.
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        left.times(right)
    }

    /// `self · other`, either transposed first.
    public func times(_ other: Matrix, transposed: Bool = false, otherTransposed: Bool = false) -> Matrix {
        let (m, k) = transposed ? (columns, rows) : (rows, columns)
        let (inner, n) = otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(k == inner, "a product of \(m) × \(k) and \(inner) × \(n)")
        var result = Matrix(rows: m, columns: n)
        if m == 0 || n == 0 || k == 0 { return result }
        _ = BLASBuild.isOneThread
        cblas_dgemm(
            CblasColMajor, transposed ? CblasTrans : CblasNoTrans, otherTransposed ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), 1, elements, blasint(rows), other.elements, blasint(other.rows), 0,
            &result.storage, blasint(m))
        return result
    }

    /// The product with a vector (`dgemv`).
    public static func * (left: Matrix, right: Vector) -> Vector {
        left.times(right)
    }

    /// `self · vector`, self transposed first where wanted.
    public func times(_ vector: Vector, transposed: Bool = false) -> Vector {
        let (m, n) = transposed ? (columns, rows) : (rows, columns)
        precondition(n == vector.count, "a product of \(m) × \(n) and \(vector.count)")
        var result = Vector(Array(repeating: 0, count: m))
        if m == 0 || n == 0 { return result }
        _ = BLASBuild.isOneThread
        cblas_dgemv(
            CblasColMajor, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), 1, elements,
            blasint(rows), vector.elements, 1, 0, &result.storage, 1)
        return result
    }

    /// `selfᵀ · self`, of which half is computed (`dsyrk`).
    public var gram: Matrix {
        var result = Matrix(rows: columns, columns: columns)
        if rows == 0 || columns == 0 { return result }
        _ = BLASBuild.isOneThread
        cblas_dsyrk(
            CblasColMajor, CblasUpper, CblasTrans, blasint(columns), blasint(rows), 1, elements, blasint(rows), 0,
            &result.storage, blasint(columns))
        for column in 0..<columns {
            for row in 0..<column { result[column, row] = result[row, column] }
        }
        return result
    }

    /// The sum of two matrices.
    public static func + (left: Matrix, right: Matrix) -> Matrix {
        precondition(
            left.rows == right.rows && left.columns == right.columns,
            "a sum of \(left.rows) × \(left.columns) and \(right.rows) × \(right.columns)")
        let sum = zip(left.elements, right.elements).map { $0 + $1 }
        return Matrix(rows: left.rows, columns: left.columns, elements: sum)
    }
}

extension Vector {
    /// The sum of products of elements (`ddot`).
    public func dot(_ other: Vector) -> Double {
        precondition(count == other.count, "a product of \(count) and \(other.count) elements")
        _ = BLASBuild.isOneThread
        return cblas_ddot(blasint(count), elements, 1, other.elements, 1)
    }

    /// The root of the sum of squares (`dnrm2`).
    public var norm: Double { cblas_dnrm2(blasint(count), elements, 1) }

    /// Element by element.
    public static func + (left: Vector, right: Vector) -> Vector {
        precondition(left.count == right.count, "a sum of \(left.count) and \(right.count) elements")
        return Vector(zip(left.elements, right.elements).map { $0 + $1 })
    }

    /// Element by element.
    public static func - (left: Vector, right: Vector) -> Vector {
        precondition(left.count == right.count, "a difference of \(left.count) and \(right.count) elements")
        return Vector(zip(left.elements, right.elements).map { $0 - $1 })
    }
}
