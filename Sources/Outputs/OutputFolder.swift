import Formats
import Foundation
import Intake
import Vocabulary

/// A folder that appears whole or not at all: written beside its final name and renamed.
package struct OutputFolder: Sendable {
    /// Why a folder cannot be written.
    package struct Refusal: Error, CustomStringConvertible {
        /// What is wrong and what to do.
        package let description: String
    }

    /// What a folder holds.
    package enum Kind: Sendable {
        case results, model, backtest, growth, package, queue, funnel, appraisal, part, returns, monitor, ways,
            benchmark,
            national

        /// The file by which it is known.
        package var mark: String {
            switch self {
            case .results: "manifest.json"
            case .model: "model.yaml"
            case .backtest: ResultTable.backtest.name
            case .growth: ResultTable.growthForecast.name
            case .package: "datapackage.json"
            case .queue: ResultTable.queue.name
            case .funnel: ResultTable.funnel.name
            case .appraisal: ResultTable.appraisalOptions.name
            case .part: PartFolder.mark
            case .returns: "register.csv"
            case .monitor: ResultTable.monitor.name
            case .ways: ResultTable.ways.name
            case .benchmark: ResultTable.benchmark.name
            case .national: ResultTable.national.name
            }
        }

        /// Files that commands write, which others may replace.
        var replaceable: Set<String> {
            switch self {
            case .results: ResultCatalogue.ofRuns
            case .model: [RateTable.growth.file, RateTable.totals.file, RateTable.assessments.file, ModelFile.law.name]
            case .backtest, .growth, .package, .queue, .funnel, .appraisal, .part, .returns, .monitor, .ways,
                .benchmark,
                .national:
                []
            }
        }

        /// A folder and files of the user's within, which are carried over.
        var carried: [String] {
            guard self == .model else { return [] }
            return [ModelFile.scenarios] + ModelFile.allCases.filter(\.isUsers).map(\.name)
        }

        var isThere: String {
            [.results, .returns].contains(self)
                ? "\(name) are there already; add --force to replace them"
                : "\(name) is there already; add --force to replace it"
        }

        var name: String {
            switch self {
            case .results: "results"
            case .model: "a model"
            case .backtest: "a backtest"
            case .growth: "a forecast of growth"
            case .package: "a data package"
            case .queue: "a queue"
            case .funnel: "a funnel"
            case .appraisal: "a business case"
            case .part: "a part of a run"
            case .returns: "made-up returns"
            case .monitor: "the monitoring of a year"
            case .ways: "ways to a target"
            case .benchmark: "a comparison"
            case .national: "a forecast of all authorities"
            }
        }
    }

    /// The file by which a folder is known as results of Sendcast.
    package static let mark = Kind.results.mark

    /// The final name.
    package let path: String
    /// The name while it is being written.
    package let partialPath: String
    private let mayReplace: Bool
    private let kind: Kind
    /// Whether the files to be written have the user's own prices, which replace those that stand there.
    private let hasOwnPrices: Bool

    /// Names a folder to be written.
    /// - Parameters:
    ///   - mayReplace: whether results that stand there already may go.
    ///   - hasOwnPrices: whether the files to be written have the user's own prices.
    /// - Throws: ``Refusal`` where something stands there that may not be replaced.
    package init(
        _ path: String, mayReplace: Bool, kind: Kind = .results, hasOwnPrices: Bool = false
    ) throws(Refusal) {
        self.kind = kind
        self.hasOwnPrices = hasOwnPrices
        let url = URL(fileURLWithPath: path).standardizedFileURL
        self.path = path
        self.mayReplace = mayReplace
        let parent = url.deletingLastPathComponent()
        let name = ".\(url.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)"
        partialPath = parent.appendingPathComponent(name).path
        clearLeftovers(in: parent.path, before: ".\(url.lastPathComponent).partial-")
        try refuseWhereInTheWay()
    }

    /// Clears away what killed commands left beside the folder. Where one was killed between setting older results aside and naming its
    /// own, the older ones are put back.
    private func clearLeftovers(in parent: String, before prefix: String) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let parts = name.dropFirst(prefix.count).split(separator: ".")
            guard let process = parts.first.flatMap({ Int32($0) }), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            let leftover = "\(parent)/\(name)"
            if parts.count == 2 && !manager.fileExists(atPath: path) {
                try? manager.moveItem(atPath: leftover, toPath: path)
            } else {
                try? manager.removeItem(atPath: leftover)
            }
        }
    }

    /// Says before a long simulation what ``write(_:)`` would say after it: that a file of the user's would be lost.
    package func refuseToLose() throws(Refusal) { try refuseToLose(kind.replaceable) }

    private func refuseWhereInTheWay() throws(Refusal) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw Refusal(description: "\(path): a file stands there; choose another name.")
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard files.isEmpty || files.contains(kind.mark) else {
            throw Refusal(
                description: "\(path): the folder holds files that are not \(kind.name); choose another name.")
        }
        guard mayReplace || files.isEmpty else {
            throw Refusal(description: "\(path): \(kind.isThere).")
        }
    }

    /// The files that stand there, besides those that are about to be made again.
    /// - Throws: ``Refusal`` where one cannot be read.
    package func present(besides names: [String]) throws(Refusal) -> [(name: String, data: Data)] {
        let present = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        var files: [(name: String, data: Data)] = []
        for name in present.sorted() where !names.contains(name) && !Self.isMade(name) {
            var isFolder: ObjCBool = false
            let whole = "\(path)/\(name)"
            guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            guard let data = FileManager.default.contents(atPath: whole) else {
                throw Refusal(description: "\(whole): this file cannot be read.")
            }
            files.append((name, data))
        }
        return files
    }

    /// Whether Sendcast makes a file of a folder within, again and again; pictures are drawn from such files.
    private static func isMade(_ name: String) -> Bool {
        let isChart = name.hasPrefix("charts/") && [".vl.json", ".svg", ".png"].contains { name.hasSuffix($0) }
        return isChart || ResultCatalogue.ofReturns.contains(name)
    }

    /// Begins a file that is written piece by piece, before ``write(_:beside:isPrivate:)`` gives the folder its name.
    /// - Throws: ``Refusal`` where the disk does not let it.
    func stream(_ name: String) throws(Refusal) -> StreamedFile {
        try? FileManager.default.createDirectory(atPath: partialPath, withIntermediateDirectories: true)
        let refusal = Refusal(description: "\(path): \(name) cannot be written; is the disk full?")
        guard let file = fopen("\(partialPath)/\(name)", "w") else { throw refusal }
        return StreamedFile(file, refusal)
    }

    /// Whether a file of a name lies in the folder, whatever the name is made of.
    private static func isInside(_ name: String) -> Bool {
        !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    }

    /// Writes files and gives the folder its name.
    /// - Parameters:
    ///   - files: contents by name.
    ///   - streamed: files that are there already, by ``stream(_:)``.
    ///   - isPrivate: whether nobody but the user may read a file.
    /// - Throws: ``Refusal`` where the disk does not let it; nothing is left behind.
    package func write(
        _ files: [(name: String, data: Data)], beside streamed: [String] = [],
        isPrivate: (String) -> Bool = { _ in false }
    ) throws(Refusal) {
        let manager = FileManager.default
        precondition(files.allSatisfy { Self.isInside($0.name) }, "a file beside the folder")
        do {
            try manager.createDirectory(atPath: partialPath, withIntermediateDirectories: true)
            let kept = keptMoney
            for file in files where !kept.contains(file.name) {
                let url = URL(fileURLWithPath: partialPath).appendingPathComponent(file.name)
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                if isPrivate(file.name) {
                    let rights: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
                    guard manager.createFile(atPath: url.path, contents: file.data, attributes: rights) else {
                        throw Refusal(description: "\(path): \(file.name) cannot be written.")
                    }
                } else {
                    try file.data.write(to: url)
                }
            }
            try refuseWhereInTheWay()
            try refuseToLose(Set(files.map(\.name) + streamed).union(hasOwnGrowth ? [] : kind.replaceable))
            let made = Set(files.map(\.name)).subtracting(kept)
            for carried in Set(kind.carried + kept)
            where !made.contains(carried) && manager.fileExists(atPath: "\(path)/\(carried)") {
                try manager.copyItem(atPath: "\(path)/\(carried)", toPath: "\(partialPath)/\(carried)")
            }
            let retired = partialPath + ".old"
            if manager.fileExists(atPath: path) { try manager.moveItem(atPath: path, toPath: retired) }
            do {
                try manager.moveItem(atPath: partialPath, toPath: path)
            } catch {
                try? manager.moveItem(atPath: retired, toPath: path)
                throw error
            }
            try? manager.removeItem(atPath: retired)
        } catch {
            discard()
            if let refusal = error as? Refusal { throw refusal }
            throw Refusal(description: "\(path): the results cannot be written (\(error.localizedDescription)).")
        }
    }

    /// The files of money of a model that stands there, which may be the user's: a model made anew keeps them, prices and indices
    /// together.
    package var keptMoney: [String] {
        guard kind == .model, !hasOwnPrices else { return [] }
        let standing = ["costs.csv", "inflation.csv", "funding.csv", "transport.csv", "transport-costs.csv"].filter {
            name in
            FileManager.default.fileExists(atPath: "\(path)/\(name)") && (name != "costs.csv" || hasLines)
        }
        // A price follows an index of its own table.
        return standing.contains("costs.csv") ? standing : standing.filter { $0 == "funding.csv" }
    }

    /// The files of places of a model that stands there, which may be the user's: a model made anew keeps them, but for the list of
    /// schools where a register is given.
    package func keptPlaces(hasRegister: Bool) -> [String] {
        let files = hasRegister ? [ModelFile.overflow] : [.places, .overflow, .carers]
        return files.map(\.name).filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
    }

    /// Whether prices of a model that stands there are by line.
    private var hasLines: Bool {
        guard let file = try? SourceFile("\(path)/costs.csv") else { return false }
        return CSVReader(file: file, knowing: ["line", "setting", "cost"]).header.contains("line")
    }

    /// Whether a model that stands there says that its growth is the user's own.
    private var hasOwnGrowth: Bool {
        guard kind == .model, let file = try? SourceFile("\(path)/\(kind.mark)") else { return false }
        return ModelDescription.read(file).value.growth == .given
    }

    /// Files of the user's in the folder's place are not thrown away.
    private func refuseToLose(_ names: Set<String>) throws(Refusal) {
        let present = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        let others = present.filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            let isCarried = kind.carried.contains { name == $0 || name.hasPrefix($0 + "/") }
            let isMade = kind == .results && Self.isMade(name)
            return exists && !isFolder.boolValue && !names.contains(name) && name != ".DS_Store" && !isCarried
                && !isMade
        }
        if let other = others.min() {
            let more = others.count > 1 ? " and \(others.count - 1) more files" : ""
            throw Refusal(
                description: "\(path): \(other)\(more) would be lost; move it elsewhere, or choose another name.")
        }
    }

    /// Removes what was written so far.
    package func discard() {
        try? FileManager.default.removeItem(atPath: partialPath)
    }
}
