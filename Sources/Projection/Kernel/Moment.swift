/// A step of a projection: a year, or one of the parts of it.
struct Moment {
    /// The year, from 0.
    let year: Int
    /// The part of the year, from 0.
    let step: Int
    /// Whether the year ends with it.
    let isLast: Bool
    /// The January, or other day of counting, in which the year arrives.
    let january: Int
    /// The number of the step that draws are named by: Januaries where a step is a year.
    let date: Int

    init(_ model: FlowModel, year: Int, step: Int) {
        self.year = year
        self.step = step
        isLast = step == model.space.stepsPerYear - 1
        january = model.base.january + year + 1
        date = (january - 1) * model.space.stepsPerYear + step + 1
    }
}
