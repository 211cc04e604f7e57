import Formats
import Intake
import Vocabulary

/// What the sizes of levers may be.
extension LeverReader {
    /// What the size of a lever is; `nil` where it has none, or is a number of years.
    private static func quantity(_ lever: ScenarioText.Lever) -> Quantity? {
        let isMore = lever.verb == .add
        switch (lever.verb, lever.target) {
        case (.close, _), (.open, _), (.delay, _): return nil
        case (.multiply, _): return .leverFactor
        case (.move, _): return .leverShare
        case (_, .joiners), (_, .population), (_, .places): return isMore ? .leverMorePeople : .leverPeople
        case (_, .cost): return isMore ? .leverMorePrice : .leverPrice
        case (_, .funding): return isMore ? .leverMoreIncome : .leverIncome
        default: return isMore ? .leverChange : .leverShare
        }
    }

    /// What multiplication leaves where a factor may be meant for a rise or fall of so much.
    private static let smallFactor = 0.2

    /// Whether the sizes are of the kind that the verb and what it acts on ask for.
    mutating func checkSize(_ lever: ScenarioText.Lever) {
        guard let quantity = Self.quantity(lever) else { return }
        for size in Set(lever.size).sorted() {
            if case .fault(let expected, let remedy) = quantity.read(size) {
                return complain(lever, "'by: \(Quantity.plain(size))': \(expected)", remedy)
            }
        }
        if lever.verb == .multiply && lever.size[1] > 0 && lever.size[1] < Self.smallFactor {
            let percent = Quantity.plain(lever.size[1] * 100)
            findings.append(
                Finding(
                    .warning, file: lever.file, line: lever.line, column: lever.name,
                    "'by: \(Quantity.plain(lever.size[1]))' leaves \(percent) % of what there was",
                    remedy: "A rise of \(percent) % is \(Quantity.plain(1 + lever.size[1])), a fall "
                        + "\(Quantity.plain(1 - lever.size[1]))."))
        }
    }
}
