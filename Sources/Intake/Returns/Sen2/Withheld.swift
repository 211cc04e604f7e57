/// What tells who a person is. It can be compared within the program; it cannot be encoded, and printing it, looking into it with a mirror or
/// interpolating it gives nothing away.
struct Withheld<Value: Hashable & Sendable>: Hashable, Sendable {
    private let value: Value

    init(_ value: Value) { self.value = value }

    /// What follows from the value. What is returned must not tell it.
    func derive<Result>(_ body: (Value) -> Result) -> Result { body(value) }
}

extension Withheld: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "(withheld)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
