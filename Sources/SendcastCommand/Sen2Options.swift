import ArgumentParser
import Foundation
import Intake
import Vocabulary

/// An authority's own returns on plans, and what is needed to read them.
struct Sen2Options: ParsableArguments {
    @Option(
        help:
            "An export of your own return on plans (SEN2), a folder or a zip file; may be given once for each year."
    )
    var sen2: [String] = []
    @Option(
        help:
            "With --sen2, the links between schools (links_edubasealldata…csv), which tell the successors of closed ones."
    )
    var registerLinks: String?
    @Option(help: "With --sen2 or --episodes, your answers to its findings.csv.")
    var corrections: String?
    @Option(
        help: """
            With --sen2, what you pay child by child: a table or a sheet (FILE.xlsx#Sheet) with reference (UPN, ULN or pseudonym), \
            weekly_cost or yearly_cost, and perhaps provision, weeks, payer, band, from, to.
            """)
    var costs: String?
    @Option(
        help:
            "With --sen2 or --episodes, the file of the key of pseudonyms, made where there is none (default: ~/.config/sendcast/pseudonyms.key)."
    )
    var key: String?

    @Option(
        help: """
            With --sen2, a table or a sheet (FILE.xlsx#Sheet) that says in which areas postcodes lie, such as the postcode directory of the \
            Office for National Statistics; a further one may go on from a column of the first, such as lsoa21cd.
            """)
    var postcodes: [String] = []
    @Option(
        help: "With --postcodes, its columns that name areas, such as ward,quadrant: each becomes a set of areas.csv.",
        transform: { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } })
    var areas: [[String]] = []

    /// What is to be read.
    /// - Parameter published: the release of the national statistics that returns are compared with.
    func request(register: String, published: NationalRelease?) -> Sen2Records.Request {
        Sen2Records.Request(
            returns: sen2, register: register, links: registerLinks, corrections: corrections,
            key: keyFile, published: published, ledger: costs,
            postcodes: postcodes, areas: areas.flatMap { $0 })
    }

    /// The file of the key, stated or not.
    var keyFile: String { key ?? Self.usualKey }

    /// - Parameter hasEpisodes: whether returns on children looked after are read instead.
    /// - Throws: a complaint where options lack what they need.
    func validate(register: String?, hasEpisodes: Bool = false) throws {
        if sen2.isEmpty {
            if registerLinks != nil || costs != nil || !postcodes.isEmpty {
                throw ValidationError("--register-links, --costs and --postcodes go with --sen2.")
            }
            if !hasEpisodes && (corrections != nil || key != nil) {
                throw ValidationError("--corrections and --key go with --sen2 or --episodes.")
            }
        } else if register == nil {
            throw ValidationError(
                "--sen2 needs --register: the register of schools (edubasealldata…csv) says which setting a school is.")
        }
        let sets = areas.flatMap { $0 }
        if postcodes.isEmpty != sets.isEmpty {
            throw ValidationError("--postcodes and --areas go together: a lookup, and its columns that name areas.")
        }
        if Set(sets).count < sets.count { throw ValidationError("--areas names a column twice.") }
    }

    private static var usualKey: String {
        let environment = ProcessInfo.processInfo.environment
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = given("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        return "\(given("XDG_CONFIG_HOME") ?? "\(home)/.config")/sendcast/pseudonyms.key"
    }

    /// The words that make the same again, with names of files only.
    var words: [String] {
        func name(_ path: String) -> String {
            let name = URL(fileURLWithPath: path).lastPathComponent
            return name.contains(" ") ? "\"\(name)\"" : name
        }
        var words = sen2.flatMap { ["--sen2", name($0)] }
        if let registerLinks { words += ["--register-links", name(registerLinks)] }
        if let corrections { words += ["--corrections", name(corrections)] }
        if let costs { words += ["--costs", name(costs)] }
        words += postcodes.flatMap { ["--postcodes", name($0)] }
        if !areas.isEmpty { words += ["--areas", areas.flatMap { $0 }.joined(separator: ",")] }
        return words
    }
}
