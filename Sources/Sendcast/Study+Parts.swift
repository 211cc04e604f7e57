import Outputs
import Studies
import Vocabulary

extension Study {
    /// Simulates a share of the runs, and writes it as a part.
    /// - Parameters:
    ///   - number: of the share, from 0.
    ///   - count: how many shares there are; together they have all runs.
    ///   - isWithoutPlaces: whether this study had places, and is used without them.
    /// - Returns: the runs of the share.
    /// - Throws: ``UnusableData`` as ``run(scenarios:runs:seed:threads:baseline:)``, and where a share has no run; ``OutputFolder/Refusal`` where
    ///   the part cannot be written.
    package func part(
        _ number: Int, of count: Int, scenarios names: [String], _ request: Request, isWithoutPlaces: Bool = false,
        to output: OutputFolder, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> Range<Int> {
        let share = RunPart.runs(number, of: count, in: request.runs)
        guard !share.isEmpty else {
            let blocks = (request.runs.count + 15) / 16
            throw UnusableData(
                column: "--part",
                "part \(number + 1) of \(count) has no run: \(request.runs.count) runs are \(blocks) blocks of sixteen",
                remedy: "Make at most \(blocks) parts.")
        }
        let asked = try asked(names, request, share: share)
        try PartFolder.write(question(asked, names, request, isWithoutPlaces), share, to: output) { keep in
            try asked.runs.part(of: asked.scenarios, progress: progress, keep: keep)
        }
        return share
    }

    /// Puts parts together: the results are those of one machine that simulates all runs.
    /// - Throws: ``UnusableData`` where they are not the whole of one question, or the model is no longer what they were made of.
    package func merge(
        _ parts: [PartFolder], paths: [String], threads: Int? = nil,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws(UnusableData) -> Results {
        let whole = try PartFolder.whole(parts, paths: paths)
        let question = parts[0].question
        let request = Request(
            runs: question.runs[0]..<question.runs[1], seed: question.seed, threads: threads,
            uncertainty: question.uncertainty, baseline: question.baseline)
        let asked = try asked(question.scenarios, request)
        let now = self.question(asked, question.scenarios, request, question.isWithoutPlaces)
        if let difference = now.difference(from: question) {
            throw UnusableData(
                file: prepared.folder.path, "the parts were not made of this model as it is now: \(difference)",
                remedy: "Make the parts again, or name the model that they were made of.")
        }
        return try run(scenarios: question.scenarios, request, from: whole, progress: progress)
    }

    /// What a part is of.
    package func question(
        scenarios names: [String], _ request: Request, isWithoutPlaces: Bool
    ) throws(UnusableData) -> PartFolder.Question {
        question(try asked(names, request), names, request, isWithoutPlaces)
    }

    private func question(
        _ asked: Asked, _ names: [String], _ request: Request, _ isWithoutPlaces: Bool
    ) -> PartFolder.Question {
        let study = asked.runs.study
        return PartFolder.Question(
            version: sendcastVersion, model: prepared.folder.path,
            sources: study.folder.sources + asked.read.flatMap(\.sources), scenarios: names, seed: asked.runs.seed,
            runs: request.runs, uncertainty: request.uncertainty, baseline: study.baseline,
            isWithoutPlaces: isWithoutPlaces, accepted: prepared.accepted)
    }
}
