import Foundation

/// Breaks tables the way that people, spreadsheets and cables do.
struct TableMutator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    /// A number from 0 to one less than a bound.
    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() >> 1) % bound }

    private mutating func pick<Element>(_ all: [Element]) -> Element { all[below(all.count)] }

    private static let cells = [
        "", "x", "c", "low", "no data", "-1", "-1000", "0", "1e9", "1e39", "nan", "inf", "-inf", "1,234", "\"1,234\"",
        "£500", "5 %",
        "3.5", "0.05", "5", "99999999999999999999", "#REF!", "05-Oct", "2030", "200001", "Total", "=1+1", "\"", "é",
    ]

    /// A broken copy of a table.
    mutating func broken(_ text: String) -> Data {
        if below(4) == 0 { return brokenBytes(Data(text.utf8)) }
        var lines = text.components(separatedBy: "\n")
        for _ in 0...below(2) { breakLines(&lines) }
        return Data(lines.joined(separator: "\n").utf8)
    }

    private mutating func brokenBytes(_ text: Data) -> Data {
        var bytes = [UInt8](text)
        for _ in 0...below(4) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] = UInt8(below(256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array(pick(Self.cells).utf8), at: place)
            case 3: bytes = Array(bytes[..<place])
            default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            }
        }
        return Data(bytes)
    }

    private mutating func breakLines(_ lines: inout [String]) {
        guard lines.count > 2 else { return }
        let place = 1 + below(lines.count - 2)
        switch below(9) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: 1 + below(lines.count - 1))
        case 2: lines.swapAt(place, 1 + below(lines.count - 2))
        case 3: lines.insert(pick(["", ",,,", "Title", "Total,1,2,3"]), at: below(lines.count))
        case 4: lines = lines.map { $0.replacingOccurrences(of: ",", with: ";") }
        case 5: change(&lines[0]) { fields, place, cell in fields[place] = cell }
        case 6: change(&lines[place]) { fields, place, _ in fields[place] += "000" }
        case 7: change(&lines[place]) { fields, place, _ in fields.remove(at: place) }
        default: change(&lines[place]) { fields, place, cell in fields[place] = cell }
        }
    }

    private mutating func change(_ line: inout String, _ change: (inout [String], Int, String) -> Void) {
        var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !fields.isEmpty else { return }
        change(&fields, below(fields.count), pick(Self.cells))
        line = fields.joined(separator: ",")
    }
}
