import Formats
import Foundation
import Vocabulary

/// The codes of the Office for National Statistics that areas have had, and the districts that a county is the sum of: a data file
/// that ships with Sendcast.
struct AreaCodes: Sendable {
    /// All that are known.
    static let known = AreaCodes()

    /// Areas that had more than one code: every code of such an area, by each of them.
    private var aliases: [String: [String]] = [:]
    /// By an area's code of today: sets of districts that make it up.
    private var districts: [String: [[String]]] = [:]
    /// Codes of counties that no area of today is, whatever its name.
    private var ended: Set<String> = []

    private init() {
        var (aliases, districts, ended) = ([String: [String]](), [String: [[String]]](), Set<String>())
        let areas = ShippedTable("area-codes.csv", PackageResources.area_codes_csv)
            .rows(["area", "codes", "note"]) { row, _ in
                (area: row.text(0), codes: row.text(1).split(separator: " ").map(String.init))
            }
        for (area, codes) in areas {
            if area.isEmpty {
                ended.formUnion(codes)
            } else if codes.count == 1 {
                for code in [area] + codes { aliases[code] = [area] + codes }
            } else {
                districts[area, default: []].append(codes)
            }
        }
        (self.aliases, self.districts, self.ended) = (aliases, districts, ended)
    }

    /// Every code of the area that has a code: that code first.
    func codes(of code: String) -> [String] {
        [code] + (aliases[code] ?? []).filter { $0 != code }
    }

    /// The code that an area has today.
    func today(_ code: String) -> String { aliases[code]?.first ?? code }

    /// The sets of districts that an area is the sum of, one for each time that districts changed.
    func districts(of code: String) -> [[String]] {
        codes(of: code).flatMap { districts[$0] ?? [] }
    }

    /// Whether a code is known to be of another area than that of today with its name.
    func isEnded(_ code: String) -> Bool { ended.contains(code) }
}
