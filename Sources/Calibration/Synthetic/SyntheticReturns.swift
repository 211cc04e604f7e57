import Formats
import Foundation
import Intake
import Sampling
import Vocabulary

/// Returns on plans (SEN2) of an authority that does not exist, with the truth beside them.
///
/// ```swift
/// let made = SyntheticReturns(plans: 2_000, years: 4, base: 2026, seed: 1)
/// for file in made.files { print(file.name) }   // 2023/Blade-Export_12-03-2023_sen2.csv …
/// ```
/// The lives behind them are those of ``SyntheticAuthority``; without faults, what is read from the returns is what was drawn, plan by plan.
public struct SyntheticReturns: Sendable {
    /// What a return is made of: its folder, then everything else.
    public let files: [(name: String, data: Data)]
    /// The years of the returns.
    public let years: [Int]
    /// Plans in force at the last census.
    public let plans: Int
    /// How many faults were put in.
    public let faults: Int

    /// Makes returns.
    /// - Parameters:
    ///   - plans: about how many plans are in force at the last census.
    ///   - years: how many returns there are.
    ///   - base: the year of the last.
    ///   - faults: the share of the last return's people who have a fault; 0 for none.
    public init(plans: Int, years: Int, base: Int, seed: UInt64, faults rate: Double = 0) {
        // A January before the first return gives it a year to tell.
        let authority = SyntheticAuthority(plans: plans, years: years, base: base, projected: 12, seed: seed)
        let schools = SyntheticSchools(plans: plans, base: base)
        let lives = SyntheticLives(authority, schools: schools, years: years, seed: seed)
        let first = authority.firstJanuary
        var stream = RandomStream(seed: seed, deciding: .synthesis, state: 400)
        let everyone = Array(0..<lives.lives.count + lives.refusals.count)
        var returns = ((first + 1)...base).map { year in
            SyntheticReturn(year: year, lives, firstJanuary: first, order: everyone.shuffled(using: &stream))
        }
        let injected =
            rate > 0
            ? SyntheticFaults.inject(into: &returns, lives, firstJanuary: first, rate: rate, seed: seed) : []
        let placed = ((first + 1)...base).map(lives.placed)
        var files = returns.flatMap { one in one.files.map { ("\(one.year)/\($0.name)", $0.data) } }
        files += [
            ("register.csv", Self.text(schools.register(placed))), ("register-links.csv", Self.text(schools.links)),
            ("population.csv", Self.population(authority)), ("postcodes.csv", Self.postcodes(returns)),
            ("truth/transitions.csv", Self.transitions(lives, first)), ("truth/rates.csv", Self.rates(lives.rates)),
        ]
        if rate > 0 { files.append(("truth/faults.csv", Self.faults(injected, returns))) }
        self.files = files
        self.years = returns.map(\.year)
        self.faults = injected.count
        self.plans = lives.lives.count { $0.first + $0.states.count > base - first }
    }

    private static func text(_ lines: [String]) -> Data { Data((lines.joined(separator: "\n") + "\n").utf8) }

    /// People in the mid-years before the Januaries of the authority.
    private static func population(_ authority: SyntheticAuthority) -> Data {
        var csv = CSVWriter(columns: ["area_code", "year", "age", "population"])
        for (year, ages) in authority.population.enumerated() {
            for (age, people) in ages.enumerated() {
                csv.append([
                    SyntheticSchools.code, String(authority.firstJanuary + year - 1), String(age),
                    Numerals.exact(people),
                ])
            }
        }
        return csv.data
    }

    /// In which ward and quarter postcodes lie.
    private static func postcodes(_ returns: [SyntheticReturn]) -> Data {
        let postcodes = Set(
            returns.flatMap { one in (0..<one.count("person")).map { one.cell("person", $0, "postcode") } })
        var csv = CSVWriter(columns: ["postcode", "ward", "quarter"])
        for postcode in postcodes.sorted() where !postcode.isEmpty {
            let district = Int(postcode.prefix { $0 != " " }.drop { $0.isLetter }) ?? 0
            let ward = district % 12
            csv.append([postcode, "Ward \(ward + 1)", ["North", "East", "South", "West"][ward / 3]])
        }
        return csv.data
    }

    /// What every plan did from the first return on, as `transitions.csv` has it.
    private static func transitions(_ lives: SyntheticLives, _ firstJanuary: Int) -> Data {
        let outside = ("NONSEND", "NONSEND")
        var rows: [(Int, String, String, Int, String, String)] = []
        for life in lives.lives {
            for index in (life.first - 1)..<(life.first + life.states.count) where index > 0 {
                let january = firstJanuary + index
                func state(_ index: Int) -> (String, String) {
                    let place = index - life.first
                    return life.states.indices.contains(place)
                        ? (life.states[place].setting, life.states[place].need) : outside
                }
                let (before, after) = (state(index), state(index + 1))
                if index == life.first + life.states.count - 1 && life.end == nil { continue }
                let age = life.age(january: january + 1)
                if after == outside ? age <= SchoolAge.all.upperBound + 1 : true {
                    rows.append((january, before.0, before.1, age, after.0, after.1))
                }
            }
        }
        var csv = CSVWriter(columns: [
            "calendar-year", "setting-1", "need-1", "academic-year-1", "setting-2", "need-2", "academic-year-2",
        ])
        for row in rows.sorted(by: <) {
            csv.append([String(row.0), row.1, row.2, String(row.3 - 5), row.4, row.5, String(row.3 - 4)])
        }
        return csv.data
    }

    private static func rates(_ rates: [SyntheticRate]) -> Data {
        var csv = CSVWriter(columns: ["measure", "january", "age", "at_risk", "expected", "drawn"])
        for rate in rates {
            csv.append([
                rate.measure, String(rate.january), rate.age.map(String.init) ?? "", String(rate.atRisk),
                Numerals.plain(rate.expected, decimals: 6), String(rate.drawn),
            ])
        }
        return csv.data
    }

    private static func faults(_ injected: [SyntheticFaults.Injected], _ returns: [SyntheticReturn]) -> Data {
        let days = Dictionary(uniqueKeysWithValues: returns.map { ($0.year, $0.exported) })
        var csv = CSVWriter(columns: ["fault", "return", "file", "row"])
        for one in injected {
            let file = days[one.year].map { Sen2Form.name(one.module, exported: $0) } ?? ""
            csv.append([one.fault.rawValue, String(one.year), file, String(one.line)])
        }
        return csv.data
    }
}
