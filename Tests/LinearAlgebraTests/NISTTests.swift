import Foundation
import LinearAlgebra
import Oracles
import Sampling
import Testing

/// The certified data sets of the National Institute of Standards and Technology (Statistical Reference Datasets).
@Suite(.enabled(if: Oracles.publicData != nil, "needs a folder of public data: set SENDCAST_DATA"))
struct NISTTests {
    private final class DataSet {
        let certified: [Double]
        let response: [Double]
        let predictors: [[Double]]
        let lines: [String]

        init(_ name: String) throws {
            let folder = try #require(Oracles.publicData).appendingPathComponent("reference/nist-linear")
            let text = try String(contentsOf: folder.appendingPathComponent("\(name).dat"), encoding: .utf8)
            lines = text.components(separatedBy: .newlines)
            certified = lines.compactMap { line in
                let words = line.split(whereSeparator: \.isWhitespace)
                guard let first = words.first, first.first == "B", Int(first.dropFirst()) != nil, words.count == 3
                else {
                    return nil
                }
                return Double(words[1])
            }
            let rows = lines.dropFirst(60).map { $0.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
                .filter { !$0.isEmpty }
            response = rows.map { $0[0] }
            predictors = rows.map { Array($0.dropFirst()) }
        }

        func certifiedValue(_ name: String) -> Double? {
            guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return nil }
            return line.split(separator: ":").last?.split(separator: " ").first.flatMap { Double($0) }
        }
    }

    /// How many significant digits agree, at most 15.
    private func digits(_ found: Double, _ certified: Double) -> Double {
        if found == certified { return 15 }
        let error = certified == 0 ? abs(found) : abs(found - certified) / abs(certified)
        return min(-log10(error), 15)
    }

    @Test(arguments: ["Norris", "Pontius", "NoInt1", "Longley", "Wampler1", "Wampler2", "Wampler3"])
    func regressions(name: String) throws {
        let data = try DataSet(name)
        let rows = data.predictors.map { x -> [Double] in
            switch name {
            case "NoInt1": x
            case "Pontius": [1, x[0], x[0] * x[0]]
            case "Wampler1", "Wampler2", "Wampler3": (0...5).map { pow(x[0], Double($0)) }
            default: [1] + x
            }
        }
        let fit = try LeastSquares(Matrix(rows: rows), Vector(data.response))
        #expect(data.certified.count == fit.coefficients.count)
        let agreed = zip(fit.coefficients.elements, data.certified).map(digits)
        let least = agreed.min() ?? 0
        print("NIST \(name): \(String(format: "%.1f", least)) digits of coefficients")
        #expect(least >= 10, "\(name): \(agreed)")
    }

    @Test(arguments: ["NumAcc1", "NumAcc2", "Lew", "Lottery"]) func univariate(name: String) throws {
        let data = try DataSet(name)
        let summary = Summary(of: data.response)
        let mean = try #require(data.certifiedValue("Sample Mean"))
        let deviation = try #require(data.certifiedValue("Sample Standard Deviation"))
        let least = min(digits(summary.mean, mean), digits(summary.standardDeviation, deviation))
        print("NIST \(name): \(String(format: "%.1f", least)) digits of mean and standard deviation")
        #expect(least >= 10, "\(name)")
    }
}
