/// How children are taken to school; `transport-costs.csv` calls a mode by its raw value.
public enum TransportMode: String, Sendable, CaseIterable {
    /// A pass, a ticket, or an allowance for a journey by public transport.
    case pass
    /// A contracted minibus or coach.
    case minibus
    /// The authority's own vehicles.
    case fleet
    /// A contracted taxi that several children share.
    case sharedTaxi = "shared taxi"
    /// A contracted taxi for one child.
    case soloTaxi = "solo taxi"
}
