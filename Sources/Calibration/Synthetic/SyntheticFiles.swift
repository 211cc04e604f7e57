import Formats
import Foundation
import Vocabulary

/// A synthetic authority as a model folder in the transitions format.
public enum SyntheticFiles {
    private static let outside = "NONSEND"

    /// Every file of the model folder, by name.
    /// - Parameter command: the command line that makes it again.
    public static func files(_ authority: SyntheticAuthority, command: String) -> [(name: String, data: Data)] {
        [
            ("transitions.csv", transitions(authority)), ("population.csv", population(authority)),
            ("valid-states.csv", validStates(authority.frame)), ("costs.csv", costs(authority.frame)),
            ("model.yaml", description(command)),
        ]
    }

    private static func transitions(_ authority: SyntheticAuthority) -> Data {
        let space = authority.frame.space
        var csv = CSVWriter(columns: [
            "calendar-year", "setting-1", "need-1", "academic-year-1", "setting-2", "need-2", "academic-year-2",
        ])
        func codes(_ place: (need: Int, setting: Int)?) -> [String] {
            place.map { [space.setting.codes[$0.setting], space.need.codes[$0.need]] } ?? [outside, outside]
        }
        for step in authority.steps {
            let year = step.age - 4
            csv.append(
                [String(step.january)] + codes(step.before) + [String(year - 1)] + codes(step.after) + [String(year)])
        }
        return csv.data
    }

    private static func population(_ authority: SyntheticAuthority) -> Data {
        var csv = CSVWriter(columns: ["calendar-year", "academic-year", "population"])
        for (year, people) in authority.population.enumerated() {
            for (age, count) in people.enumerated() {
                csv.append([String(authority.firstJanuary + year), String(age - 4), Numerals.plain(count)])
            }
        }
        return csv.data
    }

    private static func validStates(_ frame: SyntheticFrame) -> Data {
        var csv = CSVWriter(columns: [
            "setting", "setting-group", "min-academic-year", "max-academic-year", "needs", "setting->setting",
        ])
        for place in frame.places {
            let others = frame.places.map(\.code).filter { $0 != place.code }
            csv.append([
                place.code, place.group, String(place.ages.lowerBound - 4), String(place.ages.upperBound - 4),
                frame.space.need.codes.joined(separator: ","), others.joined(separator: ","),
            ])
        }
        return csv.data
    }

    private static func costs(_ frame: SyntheticFrame) -> Data {
        var csv = CSVWriter(columns: ["need", "setting", "cost"])
        for need in frame.space.need.codes {
            for place in frame.places { csv.append([need, place.code, Numerals.plain(place.cost)]) }
        }
        return csv.data
    }

    private static func description(_ command: String) -> Data {
        Data(
            """
            # Made by: \(command)
            title: A synthetic authority
            for: people who try Sendcast, and its tests
            purpose: to show what a model folder holds and what a run says
            not_for: any decision; its children do not exist
            horizon: 5
            runs: 1000
            seed: 2026

            """.utf8)
    }
}
