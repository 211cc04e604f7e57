import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bytes that lie in a file: memory has those that were read of late, and the system reads others again.
package final class StoredBytes: @unchecked Sendable {
    // Sendable: nobody writes, and counts are atomic.

    /// All of them.
    package let bytes: UnsafeRawBufferPointer
    /// Whether they lie in memory, where no file could be written.
    private let isInMemory: Bool
    private let read = Atomic<Int>(0)
    /// Where the last reading ended.
    private let last = Atomic<Int>(0)
    /// How many bytes the system maps with one that is asked for.
    private static let surroundings = 64 << 10
    /// How many files there are, which share what memory they take.
    private static let files = Atomic<Int>(0)
    /// The memory that all files together take, about, in bytes.
    private static let room = 64 << 20

    /// Opens a file; `nil` where it is empty or cannot be read.
    package convenience init?(_ path: String) {
        let file = open(path, O_RDONLY)
        if file < 0 { return nil }
        defer { close(file) }
        self.init(file)
    }

    private init?(_ file: Int32) {
        var information = stat()
        guard fstat(file, &information) == 0, information.st_size > 0 else { return nil }
        let count = Int(information.st_size)
        guard let start = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0), start != MAP_FAILED else { return nil }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
        isInMemory = false
        Self.files.wrappingAdd(1, ordering: .relaxed)
    }

    private init(copying write: (_ bytes: (UnsafeRawBufferPointer) -> Void) -> Void) {
        var count = 0
        write { count += $0.count }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        var place = 0
        write { bytes in
            UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: bytes)
            place += bytes.count
        }
        bytes = UnsafeRawBufferPointer(room)
        isInMemory = true
    }

    /// Keeps bytes in a file without a name, or in memory where there can be none.
    /// - Parameters:
    ///   - folder: where.
    ///   - write: hands them over, piece by piece; may be asked again.
    package static func keeping(
        in folder: String = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp",
        _ write: (_ bytes: (UnsafeRawBufferPointer) -> Void) -> Void
    ) -> StoredBytes {
        var name = Array("\(folder)/sendcast-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0, let file = fdopen(descriptor, "w") else { return StoredBytes(copying: write) }
        unlink(name)
        defer { fclose(file) }
        var isWhole = true
        write { isWhole = isWhole && fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard isWhole, fflush(file) == 0, let kept = StoredBytes(descriptor) else { return StoredBytes(copying: write) }
        return kept
    }

    deinit {
        if isInMemory { return bytes.deallocate() }
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        Self.files.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Says that bytes were read, and lets go of all where that has become many.
    /// - Parameter place: where the first lies.
    package func haveRead(_ count: Int, at place: Int) {
        if isInMemory { return }
        // With what is read far from the last the system brings its surroundings.
        let distance = place - last.exchange(place + count, ordering: .relaxed)
        let brought = (0..<Self.surroundings).contains(distance) ? count : count + Self.surroundings
        let sum = read.wrappingAdd(brought, ordering: .relaxed).newValue
        guard sum > Self.room / max(Self.files.load(ordering: .relaxed), 1) else { return }
        read.store(0, ordering: .relaxed)
        // The pages of a shared file: what is still read comes back from it.
        madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
    }
}
