import ArgumentParser

/// Findings that the user knows to be right.
struct AcceptOptions: ParsableArguments {
    @Option(
        name: .customLong("accept"),
        help: "Accept a finding that stops the model, by the name that it prints; may be given more than once.")
    var names: [String] = []
}
