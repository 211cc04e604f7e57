/// Where things lie on the machine that made results, which nobody else needs to know: it can tell who made them.
struct PrivatePlaces {
    /// The folder that the model lies in, with a slash; `nil` where the user named a path that tells nothing.
    private let prefix: String?
    /// Files that lie elsewhere, by paths that tell where, the longest first.
    private let elsewhere: [String]

    /// - Parameters:
    ///   - model: the model as the user named it.
    ///   - files: what was read, some of which may lie elsewhere.
    init(model: String, files: [String]) {
        let parent =
            model.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/"
        let prefix = Self.isPrivate(model) ? parent : nil
        self.prefix = prefix
        elsewhere = files.filter { file in Self.isPrivate(file) && prefix.map { !file.hasPrefix($0) } ?? true }
            .sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Paths from the root or a home are private, and those that go up from where the command was given.
    private static func isPrivate(_ path: String) -> Bool {
        path.hasPrefix("/") || path.hasPrefix("~") || path.hasPrefix("..")
    }

    /// A text in which the model and every file stand alone, without where they lie.
    func without(_ text: String) -> String {
        elsewhere.reduce(prefix.map { text.replacing($0, with: "") } ?? text) { text, file in
            text.replacing(file, with: file.split(separator: "/").last ?? "")
        }
    }

    /// A word of a command: of a private path its last part.
    func word(_ word: String) -> String {
        let (name, path) =
            word.firstIndex(of: "=").map { (word[...$0], word[word.index(after: $0)...]) } ?? ("", word[...])
        guard Self.isPrivate(String(path)) else { return word }
        return "\(name)\(path.split(separator: "/").last ?? "")"
    }
}
