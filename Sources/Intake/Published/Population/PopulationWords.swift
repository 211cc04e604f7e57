import Formats
import Foundation
import Vocabulary

/// What columns of published tables of people are called, and what stands in those that select: data files that ship with Sendcast.
struct PopulationWords: Sendable {
    /// What a column is about.
    enum Role: String {
        case code, name, age, year, sex, component, variant, group, value
    }

    /// All that are known.
    static let known = PopulationWords()

    private var roles: [String: Role] = [:]
    private var meanings: [Role: [String: String]] = [:]

    private init() {
        var (roles, meanings) = ([String: Role](), [Role: [String: String]]())
        Self.forEachRow("population-columns.csv", PackageResources.population_columns_csv, ["role", "word"]) { words in
            roles[words[1]] = Role(rawValue: words[0])
        }
        let columns = ["column", "word", "meaning"]
        Self.forEachRow("population-words.csv", PackageResources.population_words_csv, columns) { words in
            if let role = Role(rawValue: words[0]) { meanings[role, default: [:]][words[1]] = words[2] }
        }
        (self.roles, self.meanings) = (roles, meanings)
    }

    /// What a column with a name is about: letters alone count, so that `ladcode23` and `LADCODE24` are one.
    func role(of column: String) -> Role? {
        roles[String(column.lowercased().unicodeScalars.filter { (0x61...0x7A).contains($0.value) })]
    }

    /// What a word in a column that selects means, or `nil` where it is not known.
    func meaning(of word: String, in role: Role) -> String? {
        meanings[role]?[word.lowercased()]
    }

    static func forEachRow(_ name: String, _ bytes: [UInt8], _ columns: [String], _ body: ([String]) -> Void) {
        for words in ShippedTable(name, bytes).rows(columns, { row, _ in columns.indices.map { row.text($0) } }) {
            body(words)
        }
    }
}

/// What a label says of ages.
enum AgeLabel: Equatable {
    case single(Int)
    /// An age and all above it.
    case open(Int)
    /// Several ages in one figure.
    case group
    case all

    /// The ages of a label such as `5`, `Aged 5 years`, `90+`, `85 and over`, `0 to 4` or `All ages`; `nil` for other words.
    init?(_ label: String) {
        let text = label.lowercased().trimmingCharacters(in: .whitespaces)
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.map(String.init)
        let words = Set(text.split { !$0.isLetter }.map(String.init))
        guard words.isSubset(of: Self.words), numbers.allSatisfy({ $0.count <= 3 }) else { return nil }
        let ages = numbers.compactMap { Int($0) }
        switch ages.count {
        case 0 where !words.isDisjoint(with: ["all", "total"]): self = .all
        case 1 where ages[0] > 130: return nil
        case 1 where text.hasSuffix("+") || !words.isDisjoint(with: ["over", "older", "above"]): self = .open(ages[0])
        case 1 where words.contains("under"): self = ages[0] == 1 ? .single(0) : .group
        case 1 where text.contains("-") || text.contains("."): return nil
        case 1: self = .single(ages[0])
        case 2: self = .group
        default: return nil
        }
    }

    private static let words: Set<String> = [
        "age", "ages", "aged", "year", "years", "of", "old", "and", "over", "older", "above", "under", "to", "all",
        "total",
        "persons", "people",
    ]
}

/// Years that words speak of.
enum MidYear {
    /// The years that are believed.
    static let range = 1971...2200

    /// The year of a column such as `2024`, `population_2024` or `Mid-2024`; `nil` where it is not of people in one year.
    static func ofColumn(_ name: String) -> Int? {
        let parts = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let words = parts.filter { Int($0) == nil }
        let known: Set = [
            "population", "pop", "mid", "midyear", "year", "estimate", "estimates", "projection", "persons",
        ]
        guard Set(words).isSubset(of: known), parts.count - words.count == 1 else { return nil }
        return parts.lazy.compactMap { Int($0) }.first.flatMap { range.contains($0) ? $0 : nil }
    }

    /// The year of a field: `2024`, `mid-2024`, `30 June 2024`, `2024-06-30`.
    static func ofField(_ text: String) -> Int? {
        let text = text.lowercased()
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        let years = numbers.filter(range.contains)
        let words = text.split { !$0.isLetter }
        guard years.count == 1, words.allSatisfy({ ["mid", "year", "june", "jun", "midyear"].contains($0) }) else {
            return nil
        }
        return numbers.allSatisfy { $0 == years[0] || $0 == 30 || $0 == 6 } ? years[0] : nil
    }

    /// The years that titles speak of: those of a mid-year (`mid-2024`, `30 June 2024`) where there are any, else all.
    static func ofTitles(_ titles: [String]) -> Set<Int> {
        var (midYears, all) = (Set<Int>(), Set<Int>())
        for title in titles {
            let parts = title.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
            for (place, part) in parts.enumerated() {
                guard part.count == 4, let year = Int(part), range.contains(year) else { continue }
                if place + 1 < parts.count && parts[place + 1] == "based" { continue }
                all.insert(year)
                let before = parts[max(0, place - 2)..<place]
                if !Set(before).isDisjoint(with: ["mid", "midyear", "june"]) { midYears.insert(year) }
            }
        }
        return midYears.isEmpty ? all : midYears
    }

    /// The year on which titles say that a projection is based: `2022-based`.
    static func base(_ titles: [String]) -> Int? {
        let bases = titles.flatMap { title in
            let parts = title.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
            return zip(parts, parts.dropFirst()).compactMap { $1 == "based" ? Int($0) : nil }
        }
        return bases.filter(range.contains).max()
    }
}
