import Dispatch

/// Computes items side by side on all processors, and returns them in order.
/// - Parameters:
///   - count: how many items.
///   - item: makes one from its number.
public func mapInParallel<Item: Sendable>(_ count: Int, _ item: @Sendable (Int) -> Item) -> [Item] {
    guard count > 0 else { return [] }
    let chunks = min(count, 16)
    return [Item](unsafeUninitializedCapacity: count) { buffer, initialized in
        nonisolated(unsafe) let slots = buffer
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            for index in (chunk * count / chunks)..<((chunk + 1) * count / chunks) {
                slots.initializeElement(at: index, to: item(index))
            }
        }
        initialized = count
    }
}
