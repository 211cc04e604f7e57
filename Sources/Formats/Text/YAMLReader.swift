import Foundation
import Vocabulary
import Yams

/// A mapping of a YAML file that is being read: hands out values by key, and knows the line of each.
///
/// Keys that nobody asked for are findings, so a misspelt key is never silently ignored.
package final class YAMLReader {
    private let path: String
    private let entries: [(key: String, keyNode: Node, value: Node)]
    private var asked: [String] = []
    private var findings: FindingList

    /// The largest file that is read, in bytes: a model's description with every key is a hundredth of it.
    static let largest = 1 << 20

    /// Reads a file whose top level is a mapping; an empty file is an empty mapping.
    package static func read<Value: Sendable>(_ file: SourceFile, _ body: (YAMLReader) -> Value?) -> Checked<Value?> {
        var findings = FindingList(of: file)
        guard file.bytes.count <= largest else {
            findings.add(
                .error, "the file is larger than 1 MiB, the most that is read of YAML",
                remedy: "Put tables into files of their own.")
            return Checked(nil, findings)
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            findings.add(.error, "the file is not UTF-8")
            return Checked(nil, findings)
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                return Checked(body(YAMLReader(path: "", entries: [], findings: findings)), findings)
            }
            guard case .mapping(let mapping) = node else {
                findings.add(.error, line: node.mark?.line, "keys with values were expected, such as 'title: …'")
                return Checked(nil, findings)
            }
            var room = largest
            refuseHidden(in: node, room: &room, &findings)
            guard room > 0 else {
                findings.add(.error, "the file's aliases repeat its parts too often", remedy: "Write them out.")
                return Checked(nil, findings)
            }
            let reader = YAMLReader(path: "", entries: Self.entries(of: mapping), findings: findings)
            let value = body(reader)
            reader.reportUnknownKeys()
            return Checked(value, reader.findings)
        } catch {
            let line = (error as? YamlError)?.line
            let said = "this is not YAML: \(error)".replacingOccurrences(of: "\n", with: " ")
            // Of 20,000,000 within braces YAML makes the key 000 twice.
            findings.add(.error, line: line, said, remedy: said.contains("'000'") ? Self.withoutCommas : "")
            return Checked(nil, findings)
        }
    }

    private init(path: String, entries: [(key: String, keyNode: Node, value: Node)], findings: FindingList) {
        self.path = path
        self.entries = entries
        self.findings = findings
    }

    /// Finds keys and words that have control characters or turn the direction of text.
    /// - Parameter room: how many keys and words may still be looked at; aliases of aliases can mean more than a machine can hold.
    private static func refuseHidden(in node: Node, room: inout Int, _ findings: inout FindingList) {
        room -= 1
        guard room > 0 else { return }
        switch node {
        case .scalar(let scalar):
            guard HiddenCharacters.occur(in: scalar.string) else { return }
            findings.add(.error, line: node.mark?.line, HiddenCharacters.fault, remedy: HiddenCharacters.remedy)
        case .mapping(let mapping):
            for (key, value) in mapping where room > 0 {
                refuseHidden(in: key, room: &room, &findings)
                refuseHidden(in: value, room: &room, &findings)
            }
        case .sequence(let items):
            for item in items where room > 0 { refuseHidden(in: item, room: &room, &findings) }
        case .alias: return
        }
    }

    private static func entries(of mapping: Node.Mapping) -> [(key: String, keyNode: Node, value: Node)] {
        mapping.map { ($0.key.string ?? "", $0.key, $0.value) }
    }

    private func value(_ key: String) -> Node? {
        asked.append(key)
        return entries.first { $0.key == key }?.value
    }

    /// Whether a key is there.
    package func has(_ key: String) -> Bool { value(key) != nil }

    /// A line of text, or `nil` where the key is absent.
    package func text(_ key: String) -> String? {
        guard let node = value(key) else { return nil }
        if let text = node.scalar?.string { return text }
        complain(node, key, "one line of text was expected")
        return nil
    }

    /// A line of text that must be there; empty after a finding.
    package func required(_ key: String) -> String {
        if let text = text(key) { return text }
        findings.add(.error, column: path + key, "this key is missing")
        return ""
    }

    /// One of some words that must be there; empty after a finding.
    package func word(_ key: String, among words: [String]) -> String {
        let word = required(key)
        if word.isEmpty || words.contains(word) { return word }
        findings.add(
            .error, line: value(key)?.mark?.line, column: path + key,
            "'\(word)': one of \(words.joined(separator: ", ")) was expected",
            remedy: suggestion(for: word, among: words, otherwise: ""))
        return ""
    }

    /// A closed choice by its word; `nil` after a finding.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, of choice: Choice.Type
    ) -> Choice? {
        Choice(rawValue: word(key, among: Choice.allCases.map(\.rawValue)))
    }

    /// A closed choice by its word; `nil` where the key is absent or after a finding.
    package func choiceIfAny<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, of type: Choice.Type
    ) -> Choice? {
        text(key).flatMap { _ in choice(key, of: type) }
    }

    /// `yes` or `no`, or `nil` where the key is absent.
    package func yesOrNo(_ key: String) -> Bool? {
        text(key).map { _ in word(key, among: ["yes", "no"]) == "yes" }
    }

    /// A whole number within a range, or `nil` where the key is absent or after a finding.
    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = value(key) else { return nil }
        if let value = node.int, range.contains(value) { return value }
        let written = node.scalar.map { "'\($0.string.prefix(40))': " } ?? ""
        complain(node, key, "\(written)a whole number from \(range.lowerBound) to \(range.upperBound) was expected")
        return nil
    }

    /// A year, or `nil` where the key is absent or after a finding.
    package func year(_ key: String, _ meaning: WrittenYear.Meaning) -> Int? {
        if let node = value(key), let text = node.scalar?.string, node.int == nil,
            let remedy = WrittenYear.remedy(text, meaning, .plans)
        {
            complain(node, key, "'\(text.prefix(40))': a year alone was expected", remedy: remedy)
            return nil
        }
        return integer(key, in: WrittenYear.range)
    }

    /// A month such as 2027-10, with the year to 31 March that it lies in; `nil` where the key has none.
    package func month(_ key: String) -> (month: FinancialMonth, march: Int)? {
        guard let node = value(key), node.int == nil else { return nil }
        return node.scalar.flatMap { WrittenYear.month($0.string) }
    }

    /// A number of a quantity, or `nil` where the key is absent or after a finding.
    package func number(_ key: String, _ quantity: Quantity) -> Double? {
        value(key).flatMap { number($0, key, quantity) }
    }

    private func number(_ node: Node, _ key: String, _ quantity: Quantity) -> Double? {
        let text = node.scalar?.string ?? ""
        switch node.float.map(quantity.read) ?? quantity.read(text) {
        case .number(let number): return number
        case .fault(let expected, let remedy):
            complain(node, key, "'\(text.prefix(40))': \(expected)", remedy: remedy)
            return nil
        }
    }

    /// Numbers of a quantity by whole-number keys within a range; empty where the key is absent.
    package func numbers(_ key: String, keys: ClosedRange<Int>, _ quantity: Quantity) -> [Int: Double] {
        guard let node = value(key) else { return [:] }
        guard case .mapping(let mapping) = node else {
            complain(node, key, "years with weights were expected, such as '2024: 0.5'")
            return [:]
        }
        var numbers: [Int: Double] = [:]
        for (name, value) in mapping {
            guard let place = name.int, keys.contains(place) else {
                complain(name, name.string ?? "", "a key from \(keys.lowerBound) to \(keys.upperBound) was expected")
                continue
            }
            numbers[place] = number(value, "\(key).\(place)", quantity)
        }
        return numbers
    }

    /// Lines of text by keys that are among some; empty where the key is absent.
    package func texts(_ key: String, keys: [String]) -> [String: String] {
        guard let node = value(key) else { return [:] }
        guard case .mapping(let mapping) = node else {
            complain(node, key, "names with values were expected, such as '\(keys.first ?? "name"): …'")
            return [:]
        }
        var texts: [String: String] = [:]
        for (name, value) in mapping {
            let word = name.string ?? ""
            if !keys.contains(word) {
                let remedy = suggestion(for: word, among: keys, otherwise: "They are \(keys.joined(separator: ", ")).")
                complain(name, "\(key).\(word)", "this name is not known", remedy: remedy)
            } else if let text = value.scalar?.string {
                texts[word] = text
            } else {
                complain(value, "\(key).\(word)", "one line of text was expected")
            }
        }
        return texts
    }

    /// A list of mappings, each read by `body`; empty where the key is absent.
    package func list<Value>(_ key: String, _ body: (YAMLReader) -> Value?) -> [Value] {
        guard let node = value(key) else { return [] }
        guard case .sequence(let items) = node else {
            complain(node, key, "a list was expected, each item with keys of its own")
            return []
        }
        return items.enumerated().compactMap { place, item in
            guard case .mapping(let mapping) = item else {
                complain(item, "\(key)[\(place)]", "keys with values were expected")
                return nil
            }
            let reader = YAMLReader(
                path: "\(path)\(key)[\(place)].", entries: Self.entries(of: mapping), findings: findings)
            let value = body(reader)
            reader.reportUnknownKeys()
            findings = reader.findings
            return value
        }
    }

    /// A mapping of its own, read by `body`; `nil` where the key is absent.
    package func mapping<Value>(_ key: String, _ body: (YAMLReader) -> Value?) -> Value? {
        guard let node = value(key) else { return nil }
        guard case .mapping(let mapping) = node else {
            complain(node, key, "keys with values were expected")
            return nil
        }
        let reader = YAMLReader(path: "\(path)\(key).", entries: Self.entries(of: mapping), findings: findings)
        let value = body(reader)
        reader.reportUnknownKeys()
        findings = reader.findings
        return value
    }

    /// One word or a list of words; empty where the key is absent.
    package func words(_ key: String) -> [String] {
        guard let node = value(key) else { return [] }
        if let word = node.scalar?.string { return [word] }
        guard case .sequence(let items) = node, items.allSatisfy({ $0.scalar != nil }) else {
            complain(node, key, "a word or a list of words was expected, such as 'ASD' or '[ASD, SEMH]'")
            return []
        }
        return items.compactMap { $0.scalar?.string }
    }

    /// A number, or three as `{low: …, likely: …, high: …}`; `nil` where the key is absent or is neither.
    package func threeNumbers(_ key: String) -> (low: Double, likely: Double, high: Double)? {
        guard let node = value(key) else { return nil }
        if let number = node.float, number.isFinite { return (number, number, number) }
        if case .mapping(let mapping) = node, mapping.count == 3, let low = mapping["low"]?.float,
            let likely = mapping["likely"]?.float, let high = mapping["high"]?.float, low <= likely, likely <= high,
            low.isFinite, high.isFinite
        {
            return (low, likely, high)
        }
        let (percentages, amounts) = (scalars(node).filter { $0.hasSuffix("%") }, scalars(node).filter(Self.isAmount))
        if let text = percentages.first, let percent = Double(text.filter { !"% ".contains($0) }), percent.isFinite {
            complain(
                node, key, "'\(text.prefix(40))' is a percentage: a plain number was expected",
                remedy:
                    "Write \(Numerals.plain(percent / 100, decimals: 6)) for a share, and a factor such as \(Numerals.plain(1 + percent / 100, decimals: 6)) to multiply by."
            )
        } else if let text = amounts.first, let amount = WrittenAmount.value(text) {
            complain(
                node, key, "'\(text.prefix(40))': a plain number was expected",
                remedy: "Write \(Quantity.plain(amount)).")
        } else if case .mapping(let mapping) = node, mapping.keys.contains(where: { $0.int != nil }) {
            complain(
                node, key, "commas within a number part it from the next", remedy: Self.withoutCommas)
        } else {
            complain(node, key, "a number was expected, or {low: …, likely: …, high: …} in this order")
        }
        return nil
    }

    private static let withoutCommas = "Write numbers without commas: 20000000, not 20,000,000."

    /// Whether a text is a number that YAML does not take for one.
    private static func isAmount(_ text: String) -> Bool { Double(text) == nil && WrittenAmount.value(text) != nil }

    private func scalars(_ node: Node) -> [String] {
        if case .mapping(let mapping) = node { return mapping.values.compactMap { $0.scalar?.string } }
        return [node.scalar?.string].compactMap { $0 }
    }

    /// The line on which the mapping begins.
    package var line: Int? { entries.first?.keyNode.mark?.line }

    /// Notes what is wrong with the mapping as a whole.
    package func complain(_ message: String, remedy: String = "") {
        findings.add(.error, line: line, column: path.isEmpty ? nil : String(path.dropLast()), message, remedy: remedy)
    }

    private func complain(_ node: Node, _ key: String, _ message: String, remedy: String = "") {
        findings.add(.error, line: node.mark?.line, column: path + key, message, remedy: remedy)
    }

    private func reportUnknownKeys() {
        for entry in entries where !asked.contains(entry.key) {
            let remedy = suggestion(
                for: entry.key, among: asked, otherwise: "The keys are \(asked.joined(separator: ", ")).")
            findings.add(
                .error, line: entry.keyNode.mark?.line, column: path + entry.key, "unknown key", remedy: remedy)
        }
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
