import Vocabulary

extension NamedRow {
    /// A number of a quantity, and beside it the least and the most in columns that end in `_low` and `_high`: both of them or neither.
    /// - Returns: `nil` after a finding, and `.some(nil)` where nothing is stated and nothing is usual.
    fileprivate func bracket(
        _ stem: String, _ quantity: Quantity, otherwise: Double?, _ findings: inout FindingList
    ) -> Bracket?? {
        let names = ["\(stem)_low", stem, "\(stem)_high"]
        let ends = [names[0], names[2]].filter { !text($0).isEmpty }
        if ends.isEmpty {
            if text(stem).isEmpty { return .some(otherwise.map { Bracket($0) }) }
            return number(stem, quantity, &findings).map { Bracket($0) }
        }
        let numbers = names.compactMap { name in
            text(name).isEmpty && name != stem
                ? nil : number(name, quantity, &findings, otherwise: name == stem ? otherwise : nil)
        }
        if numbers.count == 3, numbers == numbers.sorted() {
            return Bracket(low: numbers[0], likely: numbers[1], high: numbers[2])
        }
        if numbers.count == 1 + ends.count {
            findings.add(
                .error, line: line, column: names[0],
                "the least, the likeliest and the most are not in this order, or one of the two ends is missing",
                remedy: "Give '\(names[0])', '\(stem)' and '\(names[2])' in order, or '\(stem)' alone.")
        }
        return nil
    }
}

extension Array {
    /// The columns of a table, group by group.
    package static func of<Row>(_ groups: [TableColumn<Row>]...) -> Self where Element == TableColumn<Row> {
        groups.flatMap { $0 }
    }

    /// Three columns of one number: the likeliest, and beside it the least and the most (`_low`, `_high`), which are left empty where it is known.
    /// - Parameter otherwise: what it usually is, so that the columns may be missing.
    package static func bracket<Row>(
        _ stem: String, _ part: WritableKeyPath<Row, Bracket>, _ quantity: Quantity, otherwise: Double? = nil
    ) -> Self where Element == TableColumn<Row> {
        ends(
            stem,
            TableColumn(
                stem, part, otherwise == nil ? .required : .optional,
                read: { cells, findings in
                    if otherwise == nil, cells.text(stem).isEmpty {
                        return cells.number(stem, quantity, &findings).map { Bracket($0) }
                    }
                    return cells.bracket(stem, quantity, otherwise: otherwise, &findings) ?? nil
                }, text: { $0 == otherwise.map { Bracket($0) } ? "" : Numerals.exact($0.likely) })
        ) { $0[keyPath: part] }
    }

    /// Three columns of a number that a row may do without.
    package static func bracket<Row>(
        _ stem: String, _ part: WritableKeyPath<Row, Bracket?>, _ quantity: Quantity
    ) -> Self where Element == TableColumn<Row> {
        ends(
            stem,
            TableColumn(
                stem, part, .optional, read: { $0.bracket(stem, quantity, otherwise: nil, &$1) },
                text: { $0.map { Numerals.exact($0.likely) } ?? "" })
        ) { $0[keyPath: part] }
    }

    /// A column of the likeliest number, which reads all three, and those of its ends.
    private static func ends<Row>(
        _ stem: String, _ likely: TableColumn<Row>, _ bracket: @escaping (Row) -> Bracket?
    ) -> Self where Element == TableColumn<Row> {
        func end(_ name: String, _ number: @escaping (Bracket) -> Double) -> TableColumn<Row> {
            TableColumn(name, readByAnother: { bracket($0).map { $0.isKnown ? "" : Numerals.exact(number($0)) } ?? "" })
        }
        return [likely, end("\(stem)_low", \.low), end("\(stem)_high", \.high)]
    }

    /// The columns of where figures are from.
    package static func origin<Row>(
        _ part: WritableKeyPath<Row, Origin>
    ) -> Self where Element == TableColumn<Row> {
        [
            .text("source", part.appending(path: \.source), .required),
            .text("date", part.appending(path: \.date), .required),
            .quality(part.appending(path: \.quality)).formerly("rating"),
        ]
    }
}
