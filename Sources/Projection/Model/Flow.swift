/// What a flow counts.
public enum Flow: String, CaseIterable, Sendable {
    /// Plans that began.
    case join
    /// Plans that ended.
    case leave
    /// Plans that changed setting, by the setting departed from.
    case move
    /// Plans that came from another authority, or that nobody recorded as begun.
    case transferIn = "transfer-in"
    /// Plans that went to another authority.
    case transferOut = "transfer-out"
    /// Plans whose primary need changed, by the need before.
    case reclassify
    /// Plans without a place in the setting asked for, which joiners and movers are counted by, by that setting.
    case displace = "displaced"
    /// Plans that got a place they had wished for, by the setting they left.
    case `return` = "returned"
}
