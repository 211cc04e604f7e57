/// What is known of growth before a series is seen: what England's authorities showed.
///
/// Plans in force in England grew from 319,819 in January 2018 to 638,745 in January 2025, a log growth of 0.099 a year; means over these
/// years of authorities with 300 plans or more differ by a standard deviation of 0.024, and single years of one authority from
/// England's by 0.059 (Department for Education, Education, health and care plans, January 2025 and earlier releases). A planner's
/// few series are shrunk towards it; a panel of many areas does not need it, and tests of such panels never see it.
enum NationalPrior {
    /// Log growth a year.
    static let growth = 0.099
    /// The standard deviation between areas of growth over years.
    static let betweenAreas = 0.024
    /// The standard deviation of one year's growth about its area's.
    static let withinArea = 0.054

    /// How much a series' own mean growth counts against the prior: the posterior weight of a normal mean.
    static func weight(years: Int) -> Double {
        let signal = Double(years) * betweenAreas * betweenAreas
        return signal / (signal + withinArea * withinArea)
    }
}
