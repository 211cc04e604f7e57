import Assembly
import Intake
import Projection
import Vocabulary

/// Turns `areas.csv` into sets of areas, finds the area of each provision, and notes what does not fit together.
struct AreasAssembly {
    /// The sets, in the order of the file.
    private(set) var sets: [AreaSet] = []
    /// The locality of each provision that lies in an area, by its name.
    private(set) var localities: [String: Int] = [:]
    private let folder: ModelFolder
    private let space: StateSpace
    private let base: Cohort
    private var notes: AssemblyNotes

    var findings: [Finding] { notes.findings }

    init(_ folder: ModelFolder, base: Cohort) {
        self.folder = folder
        self.base = base
        space = folder.space
        notes = AssemblyNotes(folder)
        if folder.areas.isEmpty {
            if !folder.outlines.isEmpty {
                note(.warning, "areas.geojson", "the file is of no use without areas.csv", "Add it.")
            }
            if let row = folder.prevalence.first(where: { !$0.areas.isEmpty }) {
                note(
                    .error, "prevalence.csv", column: "area", "'\(row.name)' has areas, and there is no areas.csv",
                    "Add it, or leave the cell empty.")
            }
            return
        }
        for name in folder.areas.map(\.set).inOrder {
            let rows = folder.areas.filter { $0.set == name }
            var reader = AreaSetReader(name, rows, space, base, bands: space.service.bands)
            let set = reader.set()
            for finding in reader.findings {
                notes.add(
                    finding.severity, "areas.csv", line: finding.line, column: finding.column, finding.message,
                    remedy: finding.remedy)
            }
            if let set { sets.append(set) }
        }
        locate()
        checkPrevalence()
        checkOutlines()
    }

    private mutating func note(
        _ severity: Finding.Severity, _ file: String, line: Int? = nil, column: String? = nil, _ message: String,
        _ remedy: String
    ) {
        notes.add(severity, file, line: line, column: column, message, remedy: remedy)
    }

    /// Finds the areas that each provision lies in; provisions of the same areas are one locality.
    private mutating func locate() {
        let known = folder.areas.map(\.area).inOrder
        var places: [String: [String: Int]] = [:]
        var (nowhere, first) = ([String](), Int?.none)
        for row in (folder.places?.places ?? []).sorted(by: { $0.line < $1.line }) {
            var areas = places[row.provision] ?? [:]
            // The authority as a whole is no area.
            for area in row.areas where area != folder.description.title {
                let mine = sets.indices.filter { sets[$0].areas.contains(area) }
                if mine.isEmpty && !sets.isEmpty && !known.contains(area) {
                    note(
                        .error, "places.csv", line: row.line, column: "area", "'\(area)' is no area of areas.csv",
                        suggestion(
                            for: area, among: known,
                            otherwise: "Write one of its areas, or leave the cell empty where the places lie all over.")
                    )
                }
                for set in mine {
                    let place = sets[set].areas.firstIndex(of: area) ?? 0
                    if let other = areas.updateValue(place, forKey: sets[set].name), other != place {
                        note(
                            .error, "places.csv", line: row.line, column: "area",
                            "'\(row.provision)' lies in two areas of the set '\(sets[set].name)', \(sets[set].areas[other]) and \(area)",
                            "Name one area of each set, or make two provisions of it.")
                    }
                }
            }
            places[row.provision] = areas
            if areas.count < sets.count && !nowhere.contains(row.provision) {
                nowhere.append(row.provision)
                first = first ?? row.line
            }
        }
        if let first {
            note(
                .note, "places.csv", line: first, column: "area",
                "\(nowhere.count) \(nowhere.count == 1 ? "provision lies" : "provisions lie") in no area of some set "
                    + "(\(notes.list(nowhere))): gaps of its areas are not shown, for nobody knows where these places are",
                "Name an area of each set, separated by ';'; tell the schools of a pool apart.")
        }
        number(places)
    }

    private mutating func number(_ places: [String: [String: Int]]) {
        var numbers: [[Int?]: Int] = [:]
        for (provision, areas) in places.sorted(by: { $0.key < $1.key }) where !areas.isEmpty {
            let key = sets.map { areas[$0.name] }
            let number = numbers[key] ?? numbers.count
            if numbers.updateValue(number, forKey: key) == nil {
                for (set, area) in key.enumerated() {
                    if let area { sets[set].localities[area].append(number) }
                }
            }
            localities[provision] = number
        }
    }

    /// Rates of people of some areas name areas of one set.
    private mutating func checkPrevalence() {
        let known = folder.areas.map(\.area).inOrder
        for row in folder.prevalence
        where !row.areas.isEmpty && !sets.contains(where: { Set(row.areas).isSubset(of: $0.areas) }) {
            let unknown = row.areas.first { !known.contains($0) }
            note(
                .error, "prevalence.csv", column: "area",
                unknown.map { "'\($0)' of '\(row.name)' is no area of areas.csv" }
                    ?? "'\(row.name)' has areas of several sets, in which people would count twice",
                unknown.map {
                    suggestion(for: $0, among: known, otherwise: "Write one of its areas, or leave the cell empty.")
                }
                    ?? "Name areas of one set, separated by ';'.")
        }
    }

    private mutating func checkOutlines() {
        guard !folder.outlines.isEmpty else { return }
        for set in sets {
            let drawn = folder.outlines.filter { $0.set == set.name }.map(\.area)
            let missing = set.areas.filter { !drawn.contains($0) }
            if !drawn.isEmpty && !missing.isEmpty {
                note(
                    .warning, "areas.geojson",
                    "\(missing.count) of the \(set.areas.count) areas of '\(set.name)' have no outline (\(notes.list(missing))), so they "
                        + "are missing on its map", "Add features with these names, or correct the names.")
            }
            let unknown = drawn.filter { !set.areas.contains($0) }
            if !unknown.isEmpty {
                note(
                    .warning, "areas.geojson",
                    "\(unknown.count) outlines are of no area of '\(set.name)' (\(notes.list(unknown)))",
                    "Correct their names, or take them out.")
            }
        }
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order of appearance.
    var inOrder: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
