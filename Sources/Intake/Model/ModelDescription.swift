import Formats
import Foundation
import Vocabulary

/// What `model.yaml` says of a model; every key may be left out.
public struct ModelDescription: Sendable, Equatable {
    /// How the model came to be, in lines of text: the comments at the head of the file.
    public var provenance: [String] = []
    /// What is projected.
    public var service = Service.plans
    /// The model's name in outputs.
    public var title: String?
    /// Who it is for.
    public var audience: String?
    /// What it may be used for.
    public var purpose: String?
    /// What it must not be used for.
    public var notFor: String?
    /// The ONS code of the area, where the model is of one.
    public var area: String?
    /// How joiner rates change over the projected years, where the model states it.
    public enum Growth: String, Sendable, CaseIterable {
        /// They stay.
        case none
        /// England's growth, damped, as Sendcast ships it.
        case damped
        /// As `growth.csv` says, from a source of the user's.
        case given
        /// As `growth.csv` says, made by `sendcast new` from the growth of all authorities.
        case panel
        /// So that plans follow `totals.csv` run by run.
        case follow
    }

    /// How joiner rates change.
    public var growth: Growth?
    /// What decides how plans are spread over settings, where the model states it.
    public enum Mix: String, Sendable, CaseIterable {
        /// Moves and joiners alone.
        case flows
        /// The shares of `mix.csv`, which moves and joiners are tilted to meet.
        case forecast
    }

    /// What decides how plans are spread over settings.
    public var mix: Mix?
    /// The most plans that there can be per person of 0 to 25.
    public var ceiling: Double?
    /// Assessments agreed and not finished at the base, where `capacity.csv` limits them.
    public var waiting: Int?
    /// Whom places go to first, as the model states it; the usual where a key is missing.
    public struct Places: Sendable, Equatable {
        /// Ages at which children pass to another phase.
        public var phaseAges: [Int]?
        /// Whether those are served before others.
        public var servesPhaseFirst: Bool?
        /// Needs that are served first, in order.
        public var firstNeeds: [String] = []
        /// The share of those with an unmet wish who ask again at the age of a phase.
        public var returning: Double?
        /// The share of a provision's places that may go to children of another need or phase than they are kept for.
        public var flexibility: Double?
        /// What is taken for granted of places.
        public var baseline: PlacesBaseline?
        /// The share by which provisions may be over-filled whose row does not say.
        public var overfill: Double?
    }

    /// Whom places go to first.
    public var places = Places()
    /// How capital is appraised, as the model states it; the usual where a key is missing.
    public struct Appraisal: Sendable, Equatable {
        /// The real discount rate.
        public var rate: Double?
        /// Years over which savings count.
        public var years: Int?
        /// What is left of a year's savings in the next, after the projection.
        public var persistence: Double?
        /// The yearly factor of the deflator.
        public var deflator: Double?
        /// What capital is multiplied by, in place of simulated overruns.
        public var optimismBias: Double?
        /// The rate of interest at which capital is borrowed.
        public var borrowing: Double?
        /// Years of minimum revenue provision.
        public var provisionYears: Int?
        /// Pounds of capital for a place in a specialist base, for the comparison of schemes with bases.
        public var basePlace: Double?
    }

    /// How capital is appraised.
    public var appraisal = Appraisal()
    /// Whether plans that come after January count for their part of the academic year, where the model states it.
    public var countsInYearGrowth: Bool?
    /// Whether lines of spend are scaled to what was spent, where the model states it.
    public var carriesResidual: Bool?
    /// The January of the base cohort.
    public var base: Int?
    /// How many years to project.
    public var horizon: Int?
    /// How many runs, where the command line does not say.
    public var runs: Int?
    /// The seed, where the command line does not say.
    public var seed: Int?
    /// How much the transitions of a year count, by the January from which they start; 1 where absent, 0 leaves out.
    public var weights: [Int: Double] = [:]
    /// Where tables lie that are not in the model's folder under their own names, by these: paths, or sheets such as `prices.xlsx#Fees`. A
    /// model written anew has its tables itself.
    public var tables: [String: String] = [:]

    /// A description that says nothing.
    public init() {}

    /// Reads `model.yaml`.
    public static func read(_ file: SourceFile) -> Checked<ModelDescription> {
        let read = YAMLReader.read(file) { yaml -> ModelDescription? in
            var model = ModelDescription()
            if let service = yaml.choiceIfAny("service", of: Service.self) { model.service = service }
            model.title = yaml.text("title")
            model.audience = yaml.text("for")
            model.purpose = yaml.text("purpose")
            model.notFor = yaml.text("not_for")
            model.area = yaml.text("area")
            model.growth = yaml.choiceIfAny("growth", of: Growth.self)
            model.mix = yaml.choiceIfAny("mix", of: Mix.self)
            model.ceiling = yaml.number("ceiling", .prevalence)
            model.waiting = yaml.integer("waiting", in: 0...1_000_000)
            model.places = yaml.mapping("places", Places.read) ?? Places()
            model.appraisal =
                yaml.mapping("appraisal") { yaml -> Appraisal? in
                    Appraisal(
                        rate: yaml.number("rate", .discountRate), years: yaml.integer("years", in: 1...100),
                        persistence: yaml.number("persistence", .share),
                        deflator: yaml.number("deflator", .deflator),
                        optimismBias: yaml.number("optimism_bias", .overrun),
                        borrowing: yaml.number("borrowing", .discountRate),
                        provisionYears: yaml.integer("provision_years", in: 1...100),
                        basePlace: yaml.number("base_place", .capital))
                } ?? Appraisal()
            model.countsInYearGrowth = yaml.yesOrNo("in_year_growth")
            model.carriesResidual = yaml.yesOrNo("carry_residual")
            model.base = yaml.year("base", .counted)
            model.horizon = yaml.integer("horizon", in: 1...30)
            model.runs = yaml.integer("runs", in: 1...100_000)
            model.seed = yaml.integer("seed", in: 0...Int(Int32.max))
            model.weights = yaml.numbers("weights", keys: WrittenYear.range, .share)
            model.tables = yaml.texts("tables", keys: ModelFile.allCases.map { model.service.words.file($0.name) })
            return model
        }
        var description = read.value ?? ModelDescription()
        description.provenance = provenance(file)
        return Checked(description, findings: read.findings, uses: read.uses)
    }

    private static func provenance(_ file: SourceFile) -> [String] {
        String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).prefix { $0.hasPrefix("#") }
            .map { $0.dropFirst() }.map { String($0.hasPrefix(" ") ? $0.dropFirst() : $0) }
    }

    /// The file.
    var data: Data {
        var lines = provenance.map {
            $0.isEmpty ? "#" : "# \($0.split(whereSeparator: \.isNewline).joined(separator: " "))"
        }
        func add(_ key: String, _ value: String?) {
            if let value { lines.append("\(key): \(value)") }
        }
        func yesOrNo(_ value: Bool?) -> String? { value.map { $0 ? "yes" : "no" } }
        func mapping(_ keys: KeyValuePairs<String, String?>) -> String? {
            let stated = keys.compactMap { key, value in value.map { "\(key): \($0)" } }
            return stated.isEmpty ? nil : "{\(stated.joined(separator: ", "))}"
        }
        if service != .plans { add("service", service.rawValue) }
        let texts = [
            ("title", title), ("area", area), ("for", audience), ("purpose", purpose), ("not_for", notFor),
        ]
        for (key, text) in texts { add(key, text.map(YAMLText.plain)) }
        add("base", base.map(String.init))
        add("horizon", horizon.map(String.init))
        add("growth", growth?.rawValue)
        add("mix", mix?.rawValue)
        add("runs", runs.map(String.init))
        add("seed", seed.map(String.init))
        add("ceiling", ceiling.map(Numerals.exact))
        add("waiting", waiting.map(String.init))
        add("in_year_growth", yesOrNo(countsInYearGrowth))
        add("carry_residual", yesOrNo(carriesResidual))
        let needs = places.firstNeeds.isEmpty ? nil : places.firstNeeds.map(YAMLText.quoted).joined(separator: ", ")
        add(
            "places",
            mapping([
                "phase_ages": places.phaseAges.map { "\($0)" }, "phase_first": yesOrNo(places.servesPhaseFirst),
                "first_needs": needs.map { "[\($0)]" }, "returning": places.returning.map(Numerals.exact),
                "flexibility": places.flexibility.map(Numerals.exact), "baseline": places.baseline?.rawValue,
                "overfill": places.overfill.map(Numerals.exact),
            ]))
        add(
            "appraisal",
            mapping([
                "rate": appraisal.rate.map(Numerals.exact), "years": appraisal.years.map(String.init),
                "persistence": appraisal.persistence.map(Numerals.exact),
                "deflator": appraisal.deflator.map(Numerals.exact),
                "optimism_bias": appraisal.optimismBias.map(Numerals.exact),
                "borrowing": appraisal.borrowing.map(Numerals.exact),
                "provision_years": appraisal.provisionYears.map(String.init),
                "base_place": appraisal.basePlace.map(Numerals.exact),
            ]))
        let years = weights.sorted { $0.key < $1.key }.map { "\($0.key): \(Numerals.exact($0.value))" }
        if !years.isEmpty { add("weights", "{\(years.joined(separator: ", "))}") }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }
}

extension ModelDescription.Places {
    static func read(_ yaml: YAMLReader) -> ModelDescription.Places? {
        var places = ModelDescription.Places()
        let words = yaml.words("phase_ages")
        let ages = words.compactMap { AgeRange.read($0, shift: 0) }
        places.phaseAges = words.isEmpty ? nil : ages.flatMap { $0 }
        if ages.count < words.count {
            yaml.complain("'phase_ages' are ages from 0 to 25", remedy: "Write '[4, 11, 16]'.")
        }
        places.servesPhaseFirst = yaml.yesOrNo("phase_first")
        places.firstNeeds = yaml.words("first_needs")
        places.returning = yaml.number("returning", .share)
        places.flexibility = yaml.number("flexibility", .share)
        places.baseline = yaml.choiceIfAny("baseline", of: PlacesBaseline.self)
        places.overfill = yaml.number("overfill", .share)
        return places
    }
}
