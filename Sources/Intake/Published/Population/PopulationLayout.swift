import Vocabulary

/// Where a published table of people has what: the columns that say whom a row is of, and those with figures.
///
/// Years may stand across (a column for every mid-year), ages may (a column for every age), or neither (a column of figures).
struct PopulationLayout {
    /// Why a row that looks like a header does not serve.
    struct Refusal: Error {
        let message: String
        let remedy: String
    }

    /// A column with figures, and the year and age that its name gives them.
    struct Figures {
        let column: Int
        let year: Int?
        let age: Int?
    }

    /// The names of all columns.
    let header: [String]
    /// The columns of each kind that say whom a row is of.
    let columns: [PopulationWords.Role: [Int]]
    /// The columns with figures.
    let figures: [Figures]
    /// Where ages stand across, the columns of older people, who count in all ages alone.
    let older: [(column: Int, label: AgeLabel)]
    /// Whether the figures are a series with a name for each year, such as `population_2022`, as estimates are published.
    let isSeriesOfEstimates: Bool

    /// The column that says one thing: where there are codes and names of it, the name.
    func column(_ role: PopulationWords.Role) -> Int? {
        let candidates = columns[role] ?? []
        return candidates.first { header[$0].lowercased().contains("name") } ?? candidates.first
    }

    /// The layout of a table whose header a row is; `nil` where it is none.
    /// - Throws: where it is one, and its figures cannot be used.
    init?(header: [String]) throws(Refusal) {
        let words = PopulationWords.known
        var columns: [PopulationWords.Role: [Int]] = [:]
        for (place, name) in header.enumerated() {
            if let role = words.role(of: name) { columns[role, default: []].append(place) }
        }
        if columns[.code] == nil, let place = header.firstIndex(where: Self.mayBeCode) { columns[.code] = [place] }
        guard columns[.code] != nil || columns[.name] != nil else { return nil }
        self.header = header
        self.columns = columns

        let years = header.indices.compactMap { place in
            MidYear.ofColumn(header[place]).map { Figures(column: place, year: $0, age: nil) }
        }
        let labels = header.map { $0.contains(where: \.isNumber) ? AgeLabel($0) : nil }
        let ages = labels.indices.compactMap { place -> Figures? in
            guard case .single(let age) = labels[place], age <= PublishedPopulation.oldest else { return nil }
            return Figures(column: place, year: nil, age: age)
        }
        isSeriesOfEstimates = years.contains { header[$0.column].contains { $0.isLetter } }
        older =
            ages.isEmpty
            ? []
            : labels.enumerated().compactMap { place, label in
                label.flatMap { Everybody.isBeyond($0) ? (place, $0) : nil }
            }
        if Set(ages.map(\.age)).count > PublishedPopulation.oldest {
            guard ages.count == PublishedPopulation.oldest + 1 else {
                throw Refusal(
                    message: "the header has the same ages twice, so that males and females cannot be distinguished",
                    remedy: "Keep the columns of persons.")
            }
            figures = ages
        } else if columns[.age] != nil, !years.isEmpty {
            figures = years
        } else if columns[.age] != nil, let value = columns[.value]?.first {
            figures = [Figures(column: value, year: nil, age: nil)]
        } else if columns[.age] == nil, years.count > 1, isSeriesOfEstimates {
            figures = years
        } else if labels.count(where: { $0 == .group }) > 2 {
            throw Self.groups
        } else {
            return nil
        }
        let repeated = Dictionary(grouping: figures, by: \.year).first { $0.key != nil && $0.value.count > 1 }
        if let year = repeated?.key {
            throw Refusal(message: "the header has \(year) twice", remedy: "Keep the column of persons.")
        }
    }

    /// Why ages in groups do not serve.
    static let groups = Refusal(
        message: "ages are in groups, and single years of age are needed",
        remedy: "Download the table by single year of age.")

    private static func mayBeCode(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.contains("code") && !["country", "region", "old", "postcode"].contains { name.hasPrefix($0) }
    }
}
