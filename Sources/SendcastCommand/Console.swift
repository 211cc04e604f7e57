import ArgumentParser
import Foundation
import Outputs
import Vocabulary

/// Where messages go and how they look.
enum Console {
    /// How many findings are printed before the rest are counted.
    static let mostFindings = 40

    static var style: TerminalStyle {
        let isPlain = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TerminalStyle(isPlain: isPlain || isatty(STDOUT_FILENO) == 0)
    }

    static func printError(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Does something, and prints what stopped it.
    /// - Throws: an exit status of 1 after findings or a refusal.
    static func explainingFailures(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let problem as UnusableData {
            report(problem.findings, write: printError)
            throw ExitCode(1)
        } catch let refusal as OutputFolder.Refusal {
            printError("error: \(refusal)")
            throw ExitCode(1)
        }
    }

    /// Prints what was used of each input file.
    static func report(_ uses: [FileUse], findings: [Finding] = []) {
        for line in TerminalUses.lines(uses, findings: findings, style: style) { print(line) }
    }

    /// Prints findings on standard error or standard output: errors, then warnings and notes by how many rows they touch, each kind once.
    static func report(_ findings: [Finding], write: (String) -> Void) {
        let lines = TerminalFindings.lines(findings)
        for line in lines.prefix(mostFindings) { write(line) }
        if lines.count > mostFindings { write("… and \(lines.count - mostFindings) more kinds") }
    }
}

/// A line on standard error that says how far a run is; only on a terminal.
final class ProgressLine: @unchecked Sendable {
    // Sendable: the lock guards the only state.
    private let lock = NSLock()
    private var shown = -1
    private let isShown = isatty(STDERR_FILENO) != 0
    private let started = ContinuousClock.now

    func show(_ finished: Int, of total: Int) {
        guard isShown else { return }
        lock.withLock {
            let percent = finished * 100 / max(total, 1)
            guard percent > shown else { return }
            shown = percent
            let elapsed = started.duration(to: .now)
            let left = (elapsed * (total - finished) / max(finished, 1)).components.seconds
            // Before three seconds nobody waits, and the first runs say little of the others.
            let outlook = elapsed > .seconds(3) && left > 0 ? ", about \(left) s left" : ""
            FileHandle.standardError.write(Data("\r\u{1B}[K\(percent) % of the runs\(outlook)".utf8))
        }
    }

    /// Shows what is being done, in place of what was.
    func show(_ text: String) {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    func clear() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
