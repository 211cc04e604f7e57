import Intake
import Studies
import Vocabulary

/// How many rows of a file of a model are rated red: the first to replace with figures of one's own.
package struct RedRatings: Sendable {
    /// The file's name within the model.
    package let file: String
    /// Rows rated red, and all that are rated.
    package let red: Int
    package let rated: Int
}

extension PreparedStudy {
    /// Files with rows that are rated red, those with most of them first.
    package var redRatings: [RedRatings] {
        var files: [RedRatings] = []
        func count(_ file: ModelFile, _ ratings: [AssumptionQuality?]) {
            let red = ratings.count { $0 == .red }
            if red > 0 { files.append(RedRatings(file: file.name, red: red, rated: ratings.count)) }
        }
        if case .given(let plans) = folder.content { count(.assumptions, plans.assumptions.entries.map(\.quality)) }
        count(.costs, folder.money.lines.map(\.quality))
        count(.transport, folder.money.transport.rows.map(\.quality))
        count(.funding, folder.money.funding.map(\.quality))
        if let places = folder.places {
            count(.places, places.places.map(\.quality))
            count(.overflow, places.overflow.map(\.quality))
            count(.latent, places.latent.map(\.quality))
            count(.carers, places.carers.map(\.quality))
        }
        count(.areas, folder.areas.map(\.quality))
        count(.outOfArea, folder.outOfArea.map(\.quality))
        count(.supportRates, folder.supportRates.map(\.quality))
        count(.prevalence, folder.prevalence.map(\.quality))
        count(.law, folder.law.map(\.quality))
        count(.careLeavers, folder.careLeavers.ages.map(\.quality))
        count(.accommodation, folder.careLeavers.accommodation.map(\.quality))
        return files.sorted { $0.red > $1.red }
    }
}
