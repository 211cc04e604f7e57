import LinearAlgebra

/// Normal variates with a covariance.
public struct CorrelatedNormal: Sendable {
    private let mean: Vector
    private let factor: Matrix

    /// A distribution.
    /// - Parameters:
    ///   - mean: one element a variate.
    ///   - covariance: symmetric; the lower triangle is read.
    /// - Throws: `LinearAlgebraError.notPositiveDefinite`.
    public init(mean: Vector, covariance: Matrix) throws(LinearAlgebraError) {
        precondition(
            mean.count == covariance.rows, "\(mean.count) means for \(covariance.rows) × \(covariance.columns)")
        self.mean = mean
        factor = try Cholesky(covariance).factor
    }

    /// One draw of all variates.
    public func draw(from stream: inout RandomStream) -> Vector {
        let independent = Vector((0..<mean.count).map { _ in stream.normal() })
        return mean + factor * independent
    }
}
