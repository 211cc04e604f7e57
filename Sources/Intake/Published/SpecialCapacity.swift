import Formats
import Foundation
import Vocabulary

/// How many children the state special schools of an authority are built for, whoever pays for their places: a data file that ships
/// with Sendcast. It stands where no register of schools is at hand.
public struct SpecialCapacity: Sendable, Equatable {
    /// The Department for Education's number of the authority.
    public let number: Int
    /// How many state special schools lie there.
    public let schools: Int
    /// How many children they are built for.
    public let capacity: Int
    /// Where the figures are from, with their date.
    public let source: String

    /// Those of all authorities that were found in the register, by number.
    public static let shipped: [Int: SpecialCapacity] = {
        let columns = ["number", "authority", "schools", "capacity", "source", "date", "quality"]
        let found = ShippedTable("special-capacity.csv", PackageResources.special_capacity_csv)
            .rows(columns) { row, findings -> SpecialCapacity? in
                guard let number = row.integer(0, in: 200...999, findings: &findings),
                    let schools = row.integer(2, in: 1...200, findings: &findings),
                    let capacity = row.integer(3, in: 1...20_000, findings: &findings)
                else { return nil }
                return SpecialCapacity(
                    number: number, schools: schools, capacity: capacity, source: "\(row.text(4)), \(row.text(5))")
            }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.number, $0) })
    }()
}
