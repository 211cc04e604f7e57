import ArgumentParser

/// Findings that are right all the same.
struct AcceptOptions: ParsableArguments {
    @Option(
        name: .customLong("accept"),
        help: "Accept a finding that stops the model, by the name that it gives; may be given more than once.")
    var names: [String] = []
}
