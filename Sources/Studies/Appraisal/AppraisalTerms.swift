import Finance
import Intake

extension ModelDescription {
    /// The yearly factor by which spend at the prices of each year is brought to those of the first: the Bank of England's inflation
    /// target of 2 %, a judgement.
    private static let usualDeflator = 1.02

    /// How money of different years is compared: as `model.yaml` says, else as usual.
    /// - Parameter isInflated: whether spend is at the prices of each year, which a deflator must take out before a real rate discounts it.
    func appraisalTerms(isInflated: Bool) -> CapitalAppraisal.Terms {
        var terms = CapitalAppraisal.Terms()
        terms.rate = appraisal.rate ?? terms.rate
        terms.years = appraisal.years ?? terms.years
        terms.persistence = appraisal.persistence ?? terms.persistence
        terms.deflator = appraisal.deflator ?? (isInflated ? Self.usualDeflator : terms.deflator)
        terms.optimismBias = appraisal.optimismBias
        terms.borrowing = appraisal.borrowing
        terms.provisionYears = appraisal.provisionYears ?? terms.provisionYears
        return terms
    }
}

extension PreparedStudy {
    /// How money of different years is compared.
    package var appraisalTerms: CapitalAppraisal.Terms {
        folder.description.appraisalTerms(isInflated: accounts.lines.contains { $0.index != nil })
    }
}
