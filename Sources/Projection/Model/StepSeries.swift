/// What is kept of every step where a year has several; people by setting follow, from ``firstSetting`` on.
public enum StepSeries: Int, CaseIterable, Sendable {
    /// People before the step, and after it.
    case before, after
    /// Those who have joined and left since the year began.
    case joined, left

    /// The number of the first setting's people.
    public static let firstSetting = allCases.count

    static func count(settings: Int) -> Int { firstSetting + settings }
}
