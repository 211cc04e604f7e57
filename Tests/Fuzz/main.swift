import Foundation

/// `Fuzz READER [OPTIONS OF LIBFUZZER] CORPUS…`: gives a reader one of its files spoilt, guided by what of the code is reached.
///
/// An input is the name of a file, a line feed, and what stands in the file; whole files are put before the corpora. A crash, a hang or too much
/// memory ends the program, and the input is kept.

/// A folder with files, in memory where the machine has such a place.
final class Scratch {
    let path: String

    init(_ files: [String: Data]) throws {
        let place = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        path = "\(place)/sendcast-fuzz-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, data) in files { try write(data, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ data: Data, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    /// Everything in it, by name.
    func files() throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        return try names.reduce(into: [:]) { files, name in
            let url = URL(fileURLWithPath: "\(path)/\(name)")
            if !url.hasDirectoryPath { files[name] = try Data(contentsOf: url) }
        }
    }
}

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What says which reader is meant where libFuzzer calls the program again to put corpora together: it knows nothing of the word.
let variable = "SENDCAST_FUZZ_READER"
let words = CommandLine.arguments
let isNamed = words.count > 1 && Reader.all[words[1]] != nil
if isNamed { setenv(variable, words[1], 1) }
guard let name = getenv(variable), let make = Reader.all[String(cString: name)] else {
    print("usage: Fuzz \(Reader.all.keys.sorted().joined(separator: "|")) [OPTIONS] CORPUS…")
    exit(64)
}
nonisolated(unsafe) let reader = try make()
nonisolated(unsafe) let scratch = try Scratch(reader.files)
let whole = try Scratch([:])
for (place, file) in reader.files.sorted(by: { $0.key < $1.key }).enumerated() {
    try whole.write(Data("\(file.key)\n".utf8) + file.value, to: "whole-\(place)")
}

var pointers = ([words[0]] + words.dropFirst(isNamed ? 2 : 1) + [whole.path]).map { strdup($0) }
var count = Int32(pointers.count)
pointers.append(nil)
let status = pointers.withUnsafeMutableBufferPointer { buffer in
    var list = buffer.baseAddress
    return runDriver(&count, &list) { bytes, count in
        let input = UnsafeBufferPointer(start: bytes, count: count)
        guard let end = input.firstIndex(of: 0x0A) else { return -1 }
        let name = String(decoding: input[..<end], as: UTF8.self)
        guard let file = reader.files[name] else { return -1 }
        do {
            try scratch.write(Data(input[(end + 1)...]), to: name)
            try? reader.read(scratch.path, name)
            try scratch.write(file, to: name)
        } catch {
            preconditionFailure("the scratch folder cannot be written: \(error)")
        }
        return 0
    }
}
withExtendedLifetime(whole) {}
exit(status)
