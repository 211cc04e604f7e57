import Finance
import Intake

extension ModelDescription {
    /// How money of different years is compared: as `model.yaml` says, else as usual.
    var appraisalTerms: CapitalAppraisal.Terms {
        var terms = CapitalAppraisal.Terms()
        terms.rate = appraisal.rate ?? terms.rate
        terms.years = appraisal.years ?? terms.years
        terms.persistence = appraisal.persistence ?? terms.persistence
        terms.deflator = appraisal.deflator ?? terms.deflator
        terms.optimismBias = appraisal.optimismBias
        terms.borrowing = appraisal.borrowing
        terms.provisionYears = appraisal.provisionYears ?? terms.provisionYears
        return terms
    }
}
