import Foundation
import Projection
import Rates
import Testing
import Vocabulary

@Suite struct ExactTests {
    /// Against the test's own matrices, for every breakdown.
    @Test(arguments: [false, true]) func momentsAreThoseOfTheTransitionMatrix(hasFurtherFlows: Bool) {
        let world = hasFurtherFlows ? SmallWorld(scale: 3).withFurtherFlows() : SmallWorld(scale: 3)
        let exact = ExactProjection(world.model)
        let layout = SeriesLayout(space: world.space, breakdowns: Simulation.standardStocks)
        for label in layout.labels where label.band == nil {
            for years in 0...4 {
                let expected = world.moments(years: years) { cell in
                    let coordinates = world.space.coordinates(of: cell)
                    return (label.age ?? coordinates.age) == coordinates.age
                        && (label.need ?? coordinates.need) == coordinates.need
                        && (label.setting ?? coordinates.setting) == coordinates.setting
                }
                let found = exact.moments(january: 2020 + years, label)
                #expect(abs(found.mean - expected.mean) < 1e-9 * max(1, expected.mean))
                #expect(abs(found.variance - expected.variance) < 1e-9 * max(1, expected.variance))
            }
        }
    }

    /// One pass backwards against central differences of the whole projection, for every rate.
    @Test(arguments: [false, true]) func gradientsAreThoseOfFiniteDifferences(hasFurtherFlows: Bool) {
        let world = hasFurtherFlows ? SmallWorld().withFurtherFlows() : SmallWorld()
        let model = world.model
        let exact = ExactProjection(model)
        let weights = (0..<world.space.count).map { Double(($0 * 5) % 7) - 2 }
        let gradient = exact.gradient(january: 2023, weights: weights)
        func figure(_ change: (inout ExpectedRates) -> Void) -> Double {
            var rates = exact.rates
            change(&rates)
            return zip(ExactProjection(model, rates: rates).means[3], weights).reduce(0) { $0 + $1.0 * $1.1 }
        }
        func check(_ name: String, _ values: [Double], _ rate: WritableKeyPath<ExpectedRates, [Double]>) {
            var largest = 0.0
            for index in values.indices {
                let h = 1e-5
                let slope =
                    (figure { $0[keyPath: rate][index] += h } - figure { $0[keyPath: rate][index] -= h }) / (2 * h)
                #expect(abs(slope - values[index]) < 1e-5 * max(1, abs(slope)), "\(name) \(index)")
                largest = max(largest, abs(slope))
            }
            #expect(largest > 1, "\(name) matters")
        }
        check("leaving", gradient.leaving, \.leaving)
        check("moving", gradient.moving, \.moving)
        check("destination", gradient.destination, \.destination)
        check("joining", gradient.joining, \.joining)
        if hasFurtherFlows { check("reclassifying", gradient.reclassifying, \.reclassifying) }
    }
}
