import Formats
import Foundation
import Vocabulary

/// JSON Schemas of `model.yaml` and of scenarios, for editors that check and complete as you type.
///
/// They are made from the words that the readers know, so that they cannot disagree with them.
public enum ModelSchemas {
    /// The schemas by name: `model` and `scenario`.
    public static let names = ["model", "scenario"]

    /// A schema as a document (JSON Schema 2020-12).
    /// - Returns: `nil` for a name that is none of ``names``.
    public static func data(_ name: String) -> Data? {
        switch name {
        case "model": model.data
        case "scenario": scenario.data
        default: nil
        }
    }

    private static func document(_ title: String, _ properties: [String: JSON], required: [String]) -> JSON {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .text(title), "type": "object",
            "additionalProperties": false, "required": .list(required.map { .text($0) }),
            "properties": .object(properties),
        ]
    }

    private static func text(_ description: String) -> JSON { ["type": "string", "description": .text(description)] }

    private static func integer(_ range: ClosedRange<Int>, _ description: String) -> JSON {
        [
            "type": "integer", "minimum": .number(Double(range.lowerBound)),
            "maximum": .number(Double(range.upperBound)), "description": .text(description),
        ]
    }

    private static func number(_ quantity: Quantity, _ description: String) -> JSON {
        [
            "type": "number", "minimum": .number(quantity.range.lowerBound),
            "maximum": .number(quantity.range.upperBound), "description": .text(description),
        ]
    }

    /// One word or number, or a list of them.
    private static func list(_ description: String) -> JSON {
        [
            "description": .text(description),
            "oneOf": [
                ["type": ["string", "integer"]], ["type": "array", "items": ["type": ["string", "integer"]]],
            ],
        ]
    }

    private static func words(_ words: [String], _ description: String) -> JSON {
        ["enum": .list(words.map { .text($0) }), "description": .text(description)]
    }

    private static var model: JSON {
        document(
            "A model of Sendcast: model.yaml",
            [
                "service": words(
                    Service.allCases.map(\.rawValue), "What is projected: plans, or children in care by the month."),
                "title": text("The model's name in outputs."), "for": text("Who it is for."),
                "purpose": text("What it may be used for."), "not_for": text("What it must not be used for."),
                "area": text("The ONS code of the area."),
                "growth": words(
                    ModelDescription.Growth.allCases.map(\.rawValue),
                    "How joiner rates change over the projected years."),
                "mix": words(
                    ModelDescription.Mix.allCases.map(\.rawValue),
                    "What decides how plans are spread over settings: moves and joiners alone, or the shares of mix.csv."
                ),
                "ceiling": number(.prevalence, "The most plans that there can be per person of 0 to 25."),
                "waiting": integer(
                    0...1_000_000, "Assessments agreed and not finished at the base; needs capacity.csv."),
                "places": [
                    "type": "object", "additionalProperties": false, "description": "Whom places go to first.",
                    "properties": [
                        "phase_ages": [
                            "description": "Ages at which children pass to another phase; 4, 11 and 16 where not said.",
                            "type": "array", "items": ["type": ["string", "integer"]],
                        ],
                        "phase_first": words(
                            ["yes", "no"], "Whether those are served before others; yes if not said."),
                        "first_needs": [
                            "description": "Needs that are served first, in order.", "type": "array",
                            "items": ["type": "string"],
                        ],
                        "returning": number(
                            .share, "The share of those elsewhere who ask again at the age of a phase; 1 if not said."),
                        "flexibility": number(
                            .share,
                            "The share of a provision's places that may go to another need or phase than they are kept for; 0.1 if "
                                + "not said, 1 for children in care."),
                        "baseline": words(
                            PlacesBaseline.allCases.map(\.rawValue),
                            "What is taken for granted of places; forecast if not said, committed where a scenario changes places."
                        ),
                        "overfill": number(
                            .share,
                            "The share by which provisions may be over-filled whose row of places.csv does not say; 0.12 if not "
                                + "said, 0 for children in care."),
                    ],
                ],
                "appraisal": [
                    "type": "object", "additionalProperties": false, "description": "How capital is appraised.",
                    "properties": [
                        "rate": number(.discountRate, "The real discount rate; 0.035 if not said."),
                        "years": integer(1...100, "Years over which savings count; 30 if not said."),
                        "persistence": number(
                            .share, "What is left of a year's savings in the next, after the projection; 1 if not said."
                        ),
                        "deflator": number(
                            .deflator,
                            "The yearly factor of the deflator; if not said, 1.02 where costs have an index, else 1."),
                        "borrowing": number(.discountRate, "The rate of interest at which capital is borrowed."),
                        "provision_years": integer(1...100, "Years of minimum revenue provision; 40 if not said."),
                        "base_place": number(
                            .capital,
                            "Pounds of capital for a place in a specialist base, with which special-school schemes are "
                                + "compared; \(Numerals.exact(BaseFirstFigure.shipped(.cost).range[1])) if not said."),
                        "optimism_bias": number(
                            .overrun, "What capital is multiplied by, in place of simulated overruns."),
                    ],
                ],
                "in_year_growth": words(
                    ["yes", "no"], "Whether plans that come after January count for their part of the academic year."),
                "carry_residual": words(
                    ["yes", "no"], "Whether lines of spend are scaled to outturn.csv in all years."),
                "base": integer(WrittenYear.range, "The January of the base cohort."),
                "horizon": integer(1...30, "How many years to project."),
                "runs": integer(1...100_000, "How many runs, where the command line does not say."),
                "seed": integer(0...Int(Int32.max), "The seed, where the command line does not say."),
                "tables": [
                    "type": "object",
                    "description":
                        "Tables that lie elsewhere, by the names of their files: paths, or sheets such as prices.xlsx#Fees.",
                    "additionalProperties": ["type": "string"],
                ],
                "weights": [
                    "type": "object", "description": "How much the transitions of a year count, by January.",
                    "additionalProperties": ["type": "number", "minimum": 0, "maximum": 1],
                ],
            ], required: [])
    }

    private static var scenario: JSON {
        let verbs = ScenarioText.Verb.allCases
        var properties: [String: JSON] = [
            "name": text("What the lever is called in outputs."),
            "to": text("The setting that people go to instead (move, close)."),
            "starts": yearOrMonth(
                "The first January it acts on; for costs, the year in which a financial year begins; of care also a month, 2026-10."
            ),
            "ends": yearOrMonth("The last January it acts on; of care also a month."),
            "schemes": list("The schemes of the table that open; all where none is named."),
            "later": integer(-20...20, "By how many years schemes open later than the table says."),
            "ramp": integer(0...30, "Years to full effect."),
            "source": text("Where the size is from."),
            "owner": text("Who answers for it; the scenario's owner if not said."),
            "status": words(ScenarioText.Status.allCases.map(\.rawValue), "How far it is from being done."),
            "confidence": words(
                ScenarioText.Confidence.allCases.map(\.rawValue), "How sure its owner is that it does what it says."),
            "by": [
                "description": "By how much: a number, or three from which each run draws its own.",
                "oneOf": [
                    ["type": "number"],
                    [
                        "type": "object", "additionalProperties": false, "required": ["low", "likely", "high"],
                        "properties": [
                            "low": ["type": "number"], "likely": ["type": "number"], "high": ["type": "number"],
                        ],
                    ],
                ],
            ],
            "where": place,
        ]
        for verb in verbs {
            properties[verb.rawValue] =
                verb.targets.isEmpty
                ? text(verb.description) : words(verb.targets.map(\.rawValue), verb.description)
        }
        let lever: JSON = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "oneOf": .list(verbs.map { ["required": .list([.text($0.rawValue)])] }),
        ]
        return document(
            "A scenario of Sendcast",
            [
                "scenario": text("Its name, as the command line says it."), "title": text("In words."),
                "owner": text("Who answers for it."),
                "levers": ["type": "array", "minItems": 1, "items": lever, "description": "What is done, in order."],
            ], required: ["scenario", "levers"])
    }

    private static func yearOrMonth(_ description: String) -> JSON {
        let range = WrittenYear.range
        return [
            "description": .text(description),
            "oneOf": [
                [
                    "type": "integer", "minimum": .number(Double(range.lowerBound)),
                    "maximum": .number(Double(range.upperBound)),
                ],
                ["type": "string"],
            ],
        ]
    }

    private static var place: JSON {
        let keys = ScenarioText.Scope.Key.allCases.map { ($0.rawValue, list($0.description)) }
        return [
            "type": "object", "additionalProperties": false,
            "description": "The cells it acts on; all where nothing is said.",
            "properties": .object(Dictionary(uniqueKeysWithValues: keys)),
        ]
    }
}
