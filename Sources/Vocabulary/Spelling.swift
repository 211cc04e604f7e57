/// The known word nearest to one that was mistyped, or `nil` where none is near.
///
/// Nearest by edit distance with transpositions (optimal string alignment), ignoring case; near means at most a third
/// of the longer word, and at least one edit is always near for words of two letters or more. The beginning of one known word, of four
/// letters or more, is near it.
public func nearestSpelling<Words: Sequence<String>>(to word: String, among known: Words) -> String? {
    let typed = Array(word.lowercased().unicodeScalars.prefix(80))
    var best: (word: String, distance: Int)?
    var begun: [String] = []
    for candidate in known {
        let letters = Array(candidate.lowercased().unicodeScalars.prefix(80))
        if typed.count >= 4, letters.starts(with: typed) { begun.append(candidate) }
        let distance = editDistance(typed, letters)
        let limit = max(max(typed.count, letters.count) / 3, min(typed.count, letters.count) > 1 ? 1 : 0)
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word ?? (begun.count == 1 ? begun[0] : nil)
}

/// What to do about a word that is none of the known ones: the nearest of them, where one is near.
/// - Parameter otherwise: what to say where none is; without it the known words are listed, thirty at most.
public func suggestion(for word: String, among known: [String], otherwise: String? = nil) -> String {
    if let near = nearestSpelling(to: word, among: known) { return "Did you mean '\(near)'?" }
    if let otherwise { return otherwise }
    let all = Set(known).sorted()
    let rest = all.count > 30 ? " and \(all.count - 30) more" : ""
    return "They are \(all.prefix(30).joined(separator: ", "))\(rest)."
}

extension [String] {
    /// `a, b or c`.
    public func listed(with conjunction: String) -> String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " \(conjunction) \(self[count - 1])"
    }
}

private func editDistance<Letter: Equatable>(_ one: [Letter], _ other: [Letter]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
        var row = [i + 1]
        row.reserveCapacity(last.count)
        for j in other.indices {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
            if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[other.count]
}
