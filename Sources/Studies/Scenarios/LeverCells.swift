import Projection
import Vocabulary

/// The ages, needs and settings that a change of rates names, and the settings or needs that people come to.
struct LeverCells {
    /// A part of a lever's 'where', in the order in which another value of it is near.
    enum Part: CaseIterable {
        case ages, needs, settings, to
    }

    private(set) var selection: CellSelection
    /// Positions of settings moved to, for movers.
    var to: [Int] = []
    /// Whether it is about movers.
    let isOfMovers: Bool
    private let noun: String
    private let space: StateSpace

    init(_ adjustment: RateAdjustment, _ space: StateSpace) {
        selection = adjustment.cells
        self.space = space
        switch adjustment.quantity {
        case .leaving, .leavingBy: noun = "leaver"
        case .moving(let to):
            noun = "mover"
            self.to = to
        case .staying: noun = "stayer"
        case .becoming: noun = "change of \(space.service.words.column("need"))"
        case .joining, .entering, .population: noun = "joiner"
        }
        isOfMovers = noun == "mover"
    }

    /// The same with every value of a part.
    func widened(_ part: Part, _ space: StateSpace) -> LeverCells {
        var wider = self
        switch part {
        case .ages: wider.selection.ages = Array(0..<space.ages)
        case .needs: wider.selection.needs = Array(0..<space.need.count)
        case .settings: wider.selection.settings = Array(0..<space.setting.count)
        case .to: wider.to = to.isEmpty ? [] : Array(0..<space.setting.count)
        }
        return wider
    }

    /// A change like another, of these cells.
    func adjustment(like other: RateAdjustment) -> RateAdjustment {
        RateAdjustment(isOfMovers ? .moving(to: to) : other.quantity, of: selection, other.effect)
    }

    /// The value of a part that a cell has.
    func value(_ part: Part, ofCell cell: Int, _ space: StateSpace) -> Int {
        let place = space.coordinates(of: cell)
        return switch part {
        case .ages: place.age
        case .needs: place.need
        case .settings, .to: place.setting
        }
    }

    /// What they are, such as `mover of ASD from IS to MS at ages 5 to 10`.
    var words: String { words(without: nil) }

    /// The same in the plural where a part is left out, to be named by what it would have to be.
    func words(without part: Part?) -> String {
        let (ages, needs, settings) = (selection.ages, selection.needs, selection.settings)
        var words = [part == nil ? noun : noun.replacing(/^\w+/) { "\($0.output)s" }]
        if part != .needs, needs.count < space.need.count { words.append("with \(codes(needs, space.need))") }
        if part != .settings, settings.count < space.setting.count {
            words.append("\(preposition) \(codes(settings, space.setting))")
        }
        if part != .to, isOfMovers, to.count < space.setting.count { words.append("to \(codes(to, space.setting))") }
        if part != .ages, ages.count < space.ages, let first = ages.first, let last = ages.last {
            let (low, high) = (space.year(ofAge: first), space.year(ofAge: last))
            words.append(low == high ? "at age \(low)" : "at ages \(low) to \(high)")
        }
        return words.joined(separator: " ")
    }

    /// How they stand to their settings.
    var preposition: String { noun == "mover" || noun == "leaver" ? "from" : "in" }

    private func codes(_ positions: [Int], _ dimension: Dimension) -> String {
        positions.prefix(4).map { dimension.codes[$0] }.joined(separator: ", ") + (positions.count > 4 ? ", …" : "")
    }
}
