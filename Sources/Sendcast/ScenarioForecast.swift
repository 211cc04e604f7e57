import Finance
import Projection
import Sampling
import Studies
import Vocabulary

/// What a simulation says of the baseline or of a scenario: people, flows and money of every year.
///
/// Needs, settings and bands of ages are named by the codes of the model's tables; a code that the model does not have is a mistake of the
/// caller, and stops the program with the codes that there are.
///
/// ```swift
/// let baseline = results.baseline
/// print(baseline.plans(need: "ASD", in: 2031).interval(0.8))
/// print(baseline.spend(in: "2030-31").mean)
/// ```
public struct ScenarioForecast: Sendable {
    package let result: StudyResult
    private let compared: ScenarioDifference?
    private let appraised: CapitalAppraisal?

    init(_ result: StudyResult, _ compared: ScenarioDifference? = nil, worth: CapitalAppraisal? = nil) {
        self.result = result
        self.compared = compared
        appraised = worth
    }

    /// Scenario less baseline.
    /// - Precondition: this is a scenario, not the baseline.
    public var difference: DifferenceForecast {
        guard let compared else { fatalError("the baseline differs from nothing") }
        return DifferenceForecast(compared, result.study)
    }

    /// The scenario's name, or `baseline`.
    public var name: String { result.name }
    /// The Januaries that there are figures of, the base first (of children in care: 31 March).
    public var januaries: ClosedRange<Int> { result.study.base.january...result.study.lastJanuary }
    /// The financial years that there is spend of, such as `2030-31`.
    public var financialYears: [String] { result.budget.amounts(.spend).map(\.year.description) }

    /// People with a plan in a January, or in care on 31 March.
    /// - Parameters:
    ///   - need: the code of a need; all without one.
    ///   - setting: the code of a setting or placement; all without one.
    ///   - band: one of ``Study/bands``, such as `11 to 15`; all ages without one.
    ///   - january: one of ``januaries``.
    public func plans(
        need: String? = nil, setting: String? = nil, band: String? = nil, in january: Int
    ) -> Forecast {
        let label = result.study.label(need, setting, band)
        guard let row = result.plans.first(where: { $0.january == january && $0.label == label }) else {
            fatalError("\(january) is not one of the Januaries \(januaries)")
        }
        return Forecast(row.people)
    }

    /// Plans that begin in the year to a January.
    public func newPlans(need: String? = nil, setting: String? = nil, in january: Int) -> Forecast {
        flow(.join, need, setting, january)
    }

    /// Plans that end in the year to a January.
    public func endedPlans(need: String? = nil, setting: String? = nil, in january: Int) -> Forecast {
        flow(.leave, need, setting, january)
    }

    private func flow(_ flow: Flow, _ need: String?, _ setting: String?, _ january: Int) -> Forecast {
        let label = result.study.label(need, setting, nil)
        let row = result.flows.first {
            $0.january == january && $0.flow == flow && $0.label == label && $0.toSetting == nil && $0.toNeed == nil
                && $0.route == nil
        }
        guard let row else {
            fatalError(
                "flows of \(january) by need and setting together are not kept, or it is not after \(januaries.lowerBound)"
            )
        }
        return Forecast(row.people)
    }

    /// Pounds spent in a financial year.
    /// - Parameters:
    ///   - year: one of ``financialYears``, such as `2030-31`.
    ///   - payer: what one payer bears; all of them without one.
    public func spend(in year: String, payer: String? = nil) -> Forecast {
        guard let forecast = amount(payer.map { .payer($0) } ?? .spend, year) else {
            fatalError("there is no spend of '\(payer ?? "all")' in '\(year)'; years are \(financialYears)")
        }
        return forecast
    }

    /// The balance of the dedicated schools grant at the end of a financial year in pounds, a deficit below 0; `nil` where the model does
    /// not say what comes in, and after the statutory override.
    public func balance(in year: String) -> Forecast? { amount(.balance, year) }

    private func amount(_ kind: Budget.Kind, _ year: String) -> Forecast? {
        result.budget.amounts(kind).first { $0.year.description == year }.map { Forecast($0.pounds) }
    }

    /// The share of runs, 0...1, in which the balance at the end of a financial year is a deficit; `nil` as for ``balance(in:)``.
    public func chanceOfDeficit(in year: String) -> Double? {
        result.budget.deficitChances.first { $0.year.description == year && $0.pounds == 0 && !$0.isReserves }?.share
    }

    /// The net present value in pounds of all that a scenario with schemes does, over the period and at the discount rate that the model
    /// states; `nil` where it opens no scheme.
    public var netPresentValue: Forecast? { appraised.map { Forecast($0.overPeriod) } }

    /// The share of runs, 0...1, in which ``netPresentValue`` is above £0.
    public var chanceOfValue: Double? { appraised?.positive }

    /// Children who would have a place in a January beyond the places there are, below 0 where places stand empty; `nil` where the model has
    /// no places.
    /// - Parameters:
    ///   - need: the code of a need; all without one.
    ///   - band: one of ``Study/bands``; all ages without one.
    ///   - january: one of ``januaries``.
    public func gap(need: String? = nil, band: String? = nil, in january: Int) -> Forecast? {
        places(need, band, january).map { Forecast($0[.gap]) }
    }

    /// The share of runs, 0...1, in which more children would have a place than there are places; `nil` as for ``gap(need:band:in:)``.
    public func chanceOfShortage(need: String? = nil, band: String? = nil, in january: Int) -> Double? {
        places(need, band, january)?.shortfall
    }

    /// Children who are elsewhere in a January for want of a place; `nil` where the model has no places.
    public func withoutPlace(need: String? = nil, band: String? = nil, in january: Int) -> Forecast? {
        places(need, band, january).map { Forecast($0[.unmet]) }
    }

    private func places(_ need: String?, _ band: String?, _ january: Int) -> PlacesOutlook.Row? {
        let label = result.study.label(need, nil, band)
        return result.places?.row(.children(need: label.need, band: label.band), january: january)
    }
}

extension PreparedStudy {
    /// The series of codes; those that the model lacks are a mistake of the caller.
    func label(_ need: String?, _ setting: String?, _ band: String?) -> SeriesLayout.Label {
        let space = folder.space
        func position(_ code: String?, _ dimension: Vocabulary.Dimension) -> Int? {
            code.map { code in
                guard let position = dimension.position(of: code) else {
                    fatalError("'\(code)' is not a \(dimension.name); there are \(dimension.codes)")
                }
                return position
            }
        }
        let bands = space.service.bands.map(\.name)
        let numbered = band.map { name in
            guard let position = bands.firstIndex(of: name) else {
                fatalError("'\(name)' is not a band of ages; there are \(bands)")
            }
            return position
        }
        return SeriesLayout.Label(
            band: numbered, need: position(need, space.need), setting: position(setting, space.setting))
    }
}
