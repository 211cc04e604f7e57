import Foundation

/// Reference values that independent software computed, with the scripts that made them in `scripts`.
public enum Oracles {}
