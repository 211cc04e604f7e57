/// Where things lie on the machine that made results, which nobody else needs to know: it can tell who made them.
struct PrivatePlaces {
    /// The folder that the model lies in, with a slash; `nil` where the user named a path that tells nothing.
    private let prefix: String?

    /// - Parameter model: the model as the user named it.
    init(model: String) {
        let parent =
            model.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/"
        prefix = Self.isPrivate(model) ? parent : nil
    }

    /// Paths from the root or a home are private, and those that go up from where the command was given.
    private static func isPrivate(_ path: String) -> Bool {
        path.hasPrefix("/") || path.hasPrefix("~") || path.hasPrefix("..")
    }

    /// A text in which the model stands alone, without where it lies.
    func without(_ text: String) -> String { prefix.map { text.replacing($0, with: "") } ?? text }

    /// A word of a command: of a private path its last part.
    func word(_ word: String) -> String {
        let (name, path) =
            word.firstIndex(of: "=").map { (word[...$0], word[word.index(after: $0)...]) } ?? ("", word[...])
        guard Self.isPrivate(String(path)) else { return word }
        return "\(name)\(path.split(separator: "/").last ?? "")"
    }
}
