import Algorithms
import Intake
import Projection
import Vocabulary

/// Turns the shares of `mix.csv` into what settings follow, and notes what does not fit together.
struct MixAssembly {
    private let folder: ModelFolder
    private let base: Int
    private let years: Int
    private var notes: AssemblyNotes
    private(set) var mix: SettingMix?

    /// What was noticed.
    var findings: [Finding] { notes.findings }

    private var rows: [RateRow] { folder.joiners[.mix] ?? [] }
    private static let file = RateTable.mix.file
    /// By how much shares of a January may miss 1 before that is said.
    private static let rounding = 0.002

    init(_ folder: ModelFolder, _ parts: ModelParts) {
        self.folder = folder
        base = parts.base.january
        years = parts.population.count
        notes = AssemblyNotes(folder)
        let follows = folder.description.mix == .forecast
        if !follows && !rows.isEmpty {
            notes.add(
                .warning, Self.file,
                "model.yaml \(folder.description.mix == nil ? "does not say 'mix'" : "says 'mix: flows'"), so the file is not used",
                remedy: "Say 'mix: forecast', or delete the file.")
        }
        if !follows || years == 0 { return }
        if folder.space.service == .care {
            notes.add(
                .error, "model.yaml", column: "mix", "placements of care follow their flows, month by month",
                remedy: "Say 'mix: flows', or leave it out.")
        } else if rows.isEmpty {
            notes.add(
                .error, Self.file, "'mix: forecast' in model.yaml asks for it, and it has no rows",
                remedy: "Add its rows, or say 'mix: flows'.")
        } else {
            mix = stated()
        }
    }

    /// The settings that a name stands for: a setting by its code, or those of a group that no row names by their code.
    private func settings(of name: String, apart: Set<Int>) -> [Int] {
        if let setting = folder.space.setting.position(of: name) { return [setting] }
        return folder.groups.indices.filter { folder.groups[$0] == name && !apart.contains($0) }
    }

    private mutating func stated() -> SettingMix? {
        let names = Array(rows.compactMap { $0.words.count > 1 ? $0.words[1] : nil }.uniqued())
        let codes = folder.space.setting
        let apart = Set(names.compactMap { codes.position(of: $0) })
        let known = Array(folder.groups.uniqued()) + codes.codes
        for name in names where !known.contains(name) {
            notes.add(
                .error, Self.file, column: "group", "'\(name)' is neither a group nor a setting of this model",
                remedy: suggestion(for: name, among: known, otherwise: "Name one of the model's."))
        }
        var shares: [[Double]] = []
        var missing: [Int] = []
        let last = min(rows.compactMap { $0.words.first.flatMap { Int($0) } }.max() ?? base, base + years)
        for january in base + 1..<max(last, base) + 1 {
            let stated = names.map { name in rows.first { $0.words == [String(january), name] }?.figure }
            if stated.contains(where: { $0 == nil }) { missing.append(january) }
            shares.append(stated.map { $0 ?? 0 })
        }
        if !missing.isEmpty {
            notes.add(
                .error, Self.file, "January \(notes.list(missing)) does not have a share of every group",
                remedy: "State the same groups in every January from \(base + 1) on.")
        } else if shares.isEmpty {
            notes.add(
                .error, Self.file, "no row is of a projected January, \(base + 1) to \(base + years)",
                remedy: "Add rows, or say 'mix: flows'.")
        }
        let groups = names.map { settings(of: $0, apart: apart) }
        let isWhole = groups.joined().count == codes.count
        for (year, sum) in shares.map({ $0.reduce(0, +) }).enumerated() where missing.isEmpty {
            guard sum > 1 + Self.rounding || isWhole && sum < 1 - Self.rounding else { continue }
            notes.add(
                sum > 1.05 || sum < 0.95 ? .error : .warning, Self.file, column: "share",
                "shares of January \(base + 1 + year) sum to \((sum * 1000).rounded() / 1000), not to 1",
                remedy: "Correct them; small differences are scaled away.")
        }
        if notes.findings.containsErrors { return nil }
        let kept = groups.indices.filter { !groups[$0].isEmpty }
        return SettingMix(groups: kept.map { groups[$0] }, shares: shares.map { all in kept.map { all[$0] } })
    }
}
