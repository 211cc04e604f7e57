/// What the help of a command says below its abstract.
enum Help {
    /// What it does, an example, and the command to try next.
    static func text(_ about: String, example: String, next: String) -> String {
        "\(about)\n\nExample:\n  \(example)\n\nNext: \(next)"
    }
}
