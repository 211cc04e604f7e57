import Formats
import Foundation
import Studies
import Vocabulary

/// `ways.csv`: what it takes to reach a target by one way alone, year by year.
package enum WaysFile {
    /// What the rows of doing nothing are called.
    package static let asItIs = "as it is"
    /// Measures, besides those of leavers by route.
    package static let (started, left, stay) = ("joined", "left", "months of stay")
    /// The measure of the target.
    package static let wanted = "target"

    /// The file.
    package static func file(_ ways: TargetWays, target: Target, _ service: Service) -> (name: String, data: Data) {
        ResultTable.ways.file(service) { table in
            func append(_ name: String, _ size: Double?, _ years: [TargetWays.Year]) {
                for year in years {
                    table.append(name, size, year.january, service.words.people, ResultFiles.all, year.people)
                    table.append(name, size, year.january, started, ResultFiles.all, year.joined)
                    table.append(name, size, year.january, left, ResultFiles.all, year.left)
                    for (route, count) in zip(ways.routes, year.byRoute) {
                        table.append(name, size, year.january, left, route, count, [Double?](repeating: nil, count: 8))
                    }
                    table.append(name, size, year.january, stay, ResultFiles.all, year.stay)
                }
            }
            append(asItIs, nil, ways.baseline)
            for way in ways.ways {
                if case .size(let trial) = way.answer { append(way.name, trial.size, way.years) }
            }
            table.append(
                wanted, Double?.none, target.quantity.january, target.quantity.text, ResultFiles.all, target.amount,
                [Double?](repeating: nil, count: 8))
        }
    }
}
