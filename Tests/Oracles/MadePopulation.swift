import Foundation

/// People of areas that do not exist, in any of the layouts in which they are published.
public struct MadePopulation {
    /// Codes and names.
    public var areas: [(code: String, name: String)]
    /// Mid-years.
    public var years: ClosedRange<Int>
    /// Single ages; the last is open.
    public var ages = 0...90
    /// Persons of an age in a year: those of age 0 in 2022 are 2,508, fewer with each year and age.
    public var persons: (_ year: Int, _ age: Int) -> Double

    /// People of some areas and years, as many as usual or times a factor.
    public init(
        areas: [(code: String, name: String)] = [("E08000024", "Sunderland")], years: ClosedRange<Int> = 2022...2031,
        scale: Double = 1
    ) {
        (self.areas, self.years) = (areas, years)
        persons = { year, age in (Double(2_508 - 4 * (year - 2_022) - 3 * age) * scale).rounded() }
    }

    private func halves(_ year: Int, _ age: Int) -> (females: Double, males: Double) {
        let females = (persons(year, age) * 0.49).rounded()
        return (females, persons(year, age) - females)
    }

    private func label(_ age: Int) -> String { age == ages.upperBound ? "\(age)+" : String(age) }

    private func lines(_ header: String, _ rows: [String]) -> String {
        ([header] + rows).joined(separator: "\n") + "\n"
    }

    /// Projections: years across, a component, a sex, three decimals.
    public func projection(sexes: [String] = ["persons"], component: String = "Population") -> String {
        let across = years.map { "\"\($0)\"" }.joined(separator: ",")
        var rows: [String] = []
        for (code, name) in areas {
            for sex in sexes {
                for age in ages {
                    let figures = years.map { year in
                        let half = halves(year, age)
                        let figure = sex == "persons" ? persons(year, age) : sex == "males" ? half.males : half.females
                        return String(format: "%.3f", figure)
                    }
                    let last = age == ages.upperBound ? "\(age) and over" : String(age)
                    rows.append("\(code),\(name),\(component),\(sex),\(last),\(figures.joined(separator: ","))")
                }
                rows.append(
                    "\(code),\(name),\(component),\(sex),All ages,\(years.map { _ in "1" }.joined(separator: ","))")
            }
        }
        return lines("\"AREA_CODE\",\"AREA_NAME\",\"COMPONENT\",\"SEX\",\"AGE_GROUP\",\(across)", rows)
    }

    /// The series of estimates: rows of females and males.
    public func series(sexes: [String] = ["F", "M"]) -> String {
        var rows: [String] = []
        for (code, name) in areas {
            for sex in sexes {
                for age in ages {
                    let figures = years.map { year in
                        let half = halves(year, age)
                        return String(Int(["f", "2"].contains(sex.lowercased()) ? half.females : half.males))
                    }
                    rows.append("\(code),\(name),E,\(sex),\(age),\(figures.joined(separator: ","))")
                }
            }
        }
        return lines(
            "ladcode23,laname23,country,sex,age,\(years.map { "population_\($0)" }.joined(separator: ","))", rows)
    }

    /// The estimates of one year as a sheet is saved: titles, thousands separators, blank fields.
    public func sheet(_ year: Int, title: String = "MYE2: Population estimates: Persons, mid-%d") -> String {
        let blank = String(repeating: ",", count: ages.count + 3)
        let number = NumberFormatter()
        number.numberStyle = .decimal
        number.locale = Locale(identifier: "en_GB")
        func written(_ figure: Double) -> String { "\"\(number.string(from: figure as NSNumber) ?? "")\"" }
        let rows = areas.map { code, name in
            let all = ages.reduce(0) { $0 + persons(year, $1) }
            return
                "\(code),\(name),Metropolitan District,\(written(all)),\(ages.map { written(persons(year, $0)) }.joined(separator: ","))"
        }
        return title.replacingOccurrences(of: "%d", with: String(year)) + blank + "\n" + blank + "\n"
            + lines("Code,Name,Geography,All ages,\(ages.map(label).joined(separator: ","))", rows) + blank + "\n"
            + "Source: invented" + blank + "\n"
    }

    /// The plain layout: a row for each area, year and age.
    public func long(sex: String? = nil, header: String = "area_code,area_name,age,year,population") -> String {
        var rows: [String] = []
        for (code, name) in areas {
            for year in years {
                for age in ages {
                    let figure =
                        sex == nil || sex == "persons"
                        ? persons(year, age) : sex == "males" ? halves(year, age).males : halves(year, age).females
                    rows.append("\(code),\(name),\(sex.map { "\($0)," } ?? "")\(age),\(year),\(figure)")
                }
            }
        }
        return lines(sex == nil ? header : "area_code,area_name,sex,age,year,population", rows)
    }
}
