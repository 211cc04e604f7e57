import CArchive
import Foundation

/// Packed files that are read.
package enum ArchiveKind {
    case gzip
    case zip
}

/// How the reading of a packed file ended.
package enum ArchiveEnd {
    case whole
    case damaged
    case tooLarge
}

/// Hands out the entries of a packed file, one after the other.
/// - Parameters:
///   - most: how many bytes all entries together may unpack to; never more than ``SourceFile/mostGrowth`` times what is packed, beyond
///     ``SourceFile/smallUnpacked``.
///   - body: takes an entry's name and a function that unpacks it; entries that are not unpacked are passed over.
package func forEachEntry(
    of packed: Data, as kind: ArchiveKind, most: Int = SourceFile.largestUnpacked,
    _ body: (String, () -> (data: Data, end: ArchiveEnd)) -> ArchiveEnd
) -> ArchiveEnd {
    guard let archive = archive_read_new() else { return .damaged }
    defer { archive_read_free(archive) }
    switch kind {
    case .gzip:
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        archive_read_support_format_empty(archive)
    case .zip: archive_read_support_format_zip(archive)
    }
    return packed.withUnsafeBytes { source in
        guard archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK else {
            return .damaged
        }
        // Tables shrink to a tenth, seldom to a fiftieth: what grows far beyond that is made to fill a machine.
        var room = min(most, max(SourceFile.smallUnpacked, packed.count * SourceFile.mostGrowth))
        while true {
            var entry: OpaquePointer?
            switch archive_read_next_header(archive, &entry) {
            case ARCHIVE_OK, ARCHIVE_WARN: break
            case ARCHIVE_EOF: return .whole
            default: return .damaged
            }
            let name = archive_entry_pathname_utf8(entry).map { String(cString: $0) } ?? ""
            let end = body(name) {
                let size = archive_entry_size_is_set(entry) == 0 ? 0 : Int(clamping: archive_entry_size(entry))
                let part = unpackEntry(archive, size: size, most: room)
                room -= part.data.count
                return part
            }
            guard end == .whole else { return end }
        }
    }
}

/// - Parameter size: how many bytes the archive says that there are; it may be wrong.
private func unpackEntry(_ archive: OpaquePointer, size: Int, most: Int) -> (data: Data, end: ArchiveEnd) {
    var text = Data()
    text.reserveCapacity(min(max(size, 0), most, SourceFile.smallUnpacked))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while text.count <= most {
        let count = archive_read_data(archive, &chunk, chunk.count)
        guard count > 0 else { return (text, count == 0 ? .whole : .damaged) }
        text.append(contentsOf: chunk[..<count])
    }
    return (Data(), .tooLarge)
}

/// Packed files that are written.
package enum Archive {
    /// Packs bytes; the same bytes give the same file, for no time stands in it.
    package static func gzipped(_ data: Data) -> Data {
        guard let archive = archive_write_new(), let entry = archive_entry_new() else {
            preconditionFailure("no memory to pack a file")
        }
        defer {
            archive_entry_free(entry)
            archive_write_free(archive)
        }
        archive_write_add_filter_gzip(archive)
        archive_write_set_filter_option(archive, "gzip", "timestamp", nil)
        archive_write_set_format_raw(archive)
        // Room for bytes that cannot be made smaller.
        var packed = Data(count: data.count + data.count / 100 + 4_096)
        var used = 0
        packed.withUnsafeMutableBytes { room in
            archive_write_open_memory(archive, room.baseAddress, room.count, &used)
            archive_entry_set_filetype(entry, 0o100000)
            archive_entry_set_pathname(entry, "data")
            archive_write_header(archive, entry)
            data.withUnsafeBytes { _ = archive_write_data(archive, $0.baseAddress, $0.count) }
            archive_write_close(archive)
        }
        return packed.prefix(used)
    }
}
