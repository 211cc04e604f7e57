/// When a child who is elsewhere for want of a place asks again.
public enum AskingAgain: String, Sendable, CaseIterable {
    /// The child stays where it is.
    case never
    /// At the age at which the next phase of education begins.
    case phase
    /// In every step: every year, for care every month.
    case yearly
}
