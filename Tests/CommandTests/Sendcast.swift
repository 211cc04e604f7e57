import Foundation
import Oracles

/// The executable as a user runs it.
struct Sendcast {
    /// What a command left behind.
    struct Ending {
        let status: Int32
        let output: String
        let errors: String
        let isCrash: Bool
    }

    private static let binary: URL = {
        if let named = ProcessInfo.processInfo.environment["SENDCAST_BINARY"] { return URL(fileURLWithPath: named) }
        return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("sendcast")
    }()

    /// Runs a command to its end.
    @discardableResult
    static func run(
        _ arguments: String..., in folder: URL = Oracles.repository, environment: [String: String] = [:]
    ) throws -> Ending {
        try run(arguments, in: folder, environment: environment)
    }

    /// Runs a command to its end.
    /// - Parameter device: where what it prints goes instead of being kept.
    static func run(
        _ arguments: [String], in folder: URL = Oracles.repository, environment: [String: String] = [:],
        printingTo device: String? = nil
    ) throws -> Ending {
        let process = try start(arguments, in: folder, environment: environment, printingTo: device)
        let output = process.output.fileHandleForReading
        let errors = process.errors.fileHandleForReading
        // Both pipes are drained side by side, so that neither can fill up and stop the command.
        nonisolated(unsafe) var errorText = Data()
        let drained = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            errorText = errors.readDataToEndOfFile()
            drained.signal()
        }
        let outputText = output.readDataToEndOfFile()
        drained.wait()
        process.process.waitUntilExit()
        return Ending(
            status: process.process.terminationStatus, output: String(decoding: outputText, as: UTF8.self),
            errors: String(decoding: errorText, as: UTF8.self),
            isCrash: process.process.terminationReason == .uncaughtSignal)
    }

    /// Starts a command.
    static func start(
        _ arguments: [String], in folder: URL = Oracles.repository, environment: [String: String] = [:],
        printingTo device: String? = nil
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = device.flatMap { FileHandle(forWritingAtPath: $0) } ?? output
        process.standardError = errors
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        try process.run()
        if device != nil { try output.fileHandleForWriting.close() }
        return (process, output, errors)
    }
}
