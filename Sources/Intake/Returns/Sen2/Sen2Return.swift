import Formats
import Foundation
import Vocabulary

/// One return on plans (SEN2), its rows hung on each other.
struct Sen2Return {
    /// The folder or file, as the user named it.
    let name: String
    let tables: Sen2Tables
    let sources: [SourceFile]
    let requestsOf: Sen2Children
    let assessmentsOf: Sen2Children
    let namedOf: Sen2Children
    let detailsOf: Sen2Children
    let activeOf: Sen2Children
    let placementsOf: Sen2Children
    let needsOf: Sen2Children
    private let files: [Sen2Module: SourceFile]

    var year: Int { tables.year }
    /// The day of its stock.
    var census: CalendarDay { tables.census ?? .census(year) }

    /// The file of a module, as messages print it.
    func file(_ module: Sen2Module) -> String { files[module]?.name ?? name }

    /// Reads a return: a folder or a zip file with one export.
    /// - Throws: ``UnusableData`` where it is not one whole export.
    static func read(_ path: String) throws(UnusableData) -> Checked<Sen2Return> {
        let found = try Sen2Export.files(path)
        let tables = Sen2Tables(found.files)
        var findings = found.findings + tables.lists.flatMap(\.findings)
        if !findings.containsErrors {
            let header = found.files[.sen2]?.name ?? path
            if !years.contains(tables.year) {
                findings.append(
                    Finding(
                        .error, file: header, column: "year",
                        "the return does not say its year, from \(years.lowerBound) to \(years.upperBound)",
                        remedy: "Export it again; returns before 2023 were not made child by child."))
            }
            if tables.persons.isEmpty {
                findings.append(Finding(.error, file: header, "the return has no people"))
            }
        }
        guard !findings.containsErrors else { throw UnusableData(findings, uses: tables.lists.map(\.use)) }
        let one = Sen2Return(path, tables, found.files)
        return Checked(one, findings: findings, uses: tables.lists.map(\.use))
    }

    private static let years = 2023...2100

    private init(_ path: String, _ tables: Sen2Tables, _ files: [Sen2Module: SourceFile]) {
        name = path
        self.tables = tables
        self.files = files
        let named = Sen2Module.allCases.compactMap { files[$0] }
        sources = named.first.map { first in named.allSatisfy { $0.name == first.name } ? [first] : named } ?? []
        requestsOf = Sen2Children(tables.requests.map(\.person), of: tables.persons.count)
        let requests = tables.requests.count
        assessmentsOf = Sen2Children(tables.assessments.map(\.request), of: requests)
        namedOf = Sen2Children(tables.named.map(\.request), of: requests)
        detailsOf = Sen2Children(tables.details.map(\.plan), of: tables.named.count)
        activeOf = Sen2Children(tables.active.map(\.request), of: requests)
        placementsOf = Sen2Children(tables.placements.map(\.request), of: requests)
        needsOf = Sen2Children(tables.needs.map(\.request), of: requests)
    }

    /// The line of a row.
    func line(_ module: Sen2Module, _ row: Int) -> Int {
        switch module {
        case .sen2: 2
        case .person: tables.persons[row].line
        case .requests: tables.requests[row].line
        case .assessment: tables.assessments[row].line
        case .namedplan: tables.named[row].line
        case .plandetail: tables.details[row].line
        case .activeplans: tables.active[row].line
        case .placementdetail: tables.placements[row].line
        case .senneed: tables.needs[row].line
        }
    }

    /// The person and the request that a row belongs to.
    func owner(_ module: Sen2Module, _ row: Int) -> (person: Int?, request: Int?) {
        func of(_ request: Int) -> (Int?, Int?) { (tables.requests[request].person, request) }
        switch module {
        case .sen2: return (nil, nil)
        case .person: return (row, nil)
        case .requests: return of(row)
        case .assessment: return of(tables.assessments[row].request)
        case .namedplan: return of(tables.named[row].request)
        case .plandetail: return of(tables.named[tables.details[row].plan].request)
        case .activeplans: return of(tables.active[row].request)
        case .placementdetail: return of(tables.placements[row].request)
        case .senneed: return of(tables.needs[row].request)
        }
    }
}

/// The nine files of one export.
enum Sen2Export {
    /// - Throws: ``UnusableData`` where the folder or zip file cannot be opened.
    static func files(_ path: String) throws(UnusableData) -> (files: [Sen2Module: SourceFile], findings: [Finding]) {
        let all = try ReleaseTables.open(path, endings: [".csv", ".xml"])
        if let document = all.first(where: Sen2Document.isOne) {
            return try files(in: document, besides: all.count - 1)
        }
        var files: [Sen2Module: SourceFile] = [:]
        var findings: [Finding] = []
        for file in all {
            guard let module = module(file.name) else {
                findings.append(Finding(.note, file: file.name, "this is none of the nine files of a return: not read"))
                continue
            }
            if let before = files[module] {
                findings.append(
                    Finding(
                        .error, file: file.name, "\(before.name) is the same part of a return: there are two exports",
                        remedy: "Give each export a folder or zip file of its own, and name each with --sen2."))
            }
            files[module] = file
        }
        let missing = Sen2Module.allCases.filter { files[$0] == nil }
        if missing.count == Sen2Module.allCases.count {
            throw UnusableData(
                file: path, "this is not an export of the return on plans (SEN2)",
                remedy: "Name a folder or zip file with the nine files of one export, …_person.csv to …_senneed.csv.")
        }
        for module in missing {
            findings.append(
                Finding(
                    .error, file: path, "there is no file …_\(module.rawValue).csv in it",
                    remedy: "Export all nine files of the return together."))
        }
        return (files, findings)
    }

    /// The files of a return in XML.
    private static func files(
        in document: SourceFile, besides others: Int
    ) throws(UnusableData) -> (files: [Sen2Module: SourceFile], findings: [Finding]) {
        guard others == 0 else {
            throw UnusableData(
                file: document.name, "there are \(others) other files beside the XML of the return",
                remedy: "Name the file itself, or give it a folder of its own.")
        }
        guard let files = Sen2Document.files(document) else {
            throw UnusableData(
                file: document.name, "this is not the XML of a return on plans (SEN2), or not the whole of it",
                remedy: "Save it again: a Message with Header and Persons.")
        }
        return (files, [])
    }

    /// `Blade-Export_07-03-2025_namedplan.csv` is the file of named plans.
    private static func module(_ path: String) -> Sen2Module? {
        let name = path.split(separator: "/").last ?? ""
        let stem = name.lowercased().split(separator: ".").first ?? ""
        return stem.split(whereSeparator: { "_ -".contains($0) }).last.flatMap { Sen2Module(rawValue: String($0)) }
    }
}
