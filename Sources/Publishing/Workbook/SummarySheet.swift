import Outputs

/// The first sheet of figures: totals with intervals, settings and spend by part, each with a chart drawn from its cells.
struct SummarySheet {
    let data: ReportData
    let book: Spreadsheet
    let sheet: Spreadsheet.Sheet

    /// Rows of the sheet that a chart takes.
    private static let chartRows = 22
    /// Where charts stand, to the right of figures.
    private static let chartColumn = 7
    /// Columns of usual width that a chart takes, and the width of one and of a character in points, of the widest fonts that programs use.
    private static let (chartColumns, column, character) = (11, 72.0, 7.0)
    /// Blocks of figures with their chart on a printed page.
    private static let blocksOnPage = 2
    /// Where the heights of a fan's shades stand, which nobody reads: hidden, far from what is printed.
    private static let shadesColumn = 40

    func write() {
        let (groups, tags) = (data.plansByGroup(), data.spendParts())
        let widths = [16.0] + Array(repeating: 15, count: max(6, groups.count, tags.count))
        book.widths(widths, of: sheet)
        book.hide(columns: Self.shadesColumn..<Self.shadesColumn + 4, of: sheet)
        book.write([.text("\(data.manifest.model): summary of the baseline", .title)], to: sheet, row: 0)
        if let caution = FewRuns.caution(data.manifest) { book.write([.text(caution)], to: sheet, row: 1) }
        var rows = [2]
        func add(_ block: (Int) -> Int) {
            let next = block(rows[rows.count - 1])
            if next != rows[rows.count - 1] { rows.append(next) }
        }
        add {
            fan(
                "\(Wording.heading(data.words.people)) by \(data.words.day)", data.words.day, data.plans(),
                prefix: "plans", look: .people, row: $0)
        }
        add {
            parts(
                "\(Wording.heading(data.words.people)) by group of \(data.words.column("setting"))s, means",
                data.words.day, data.januaries, groups, look: .people,
                kind: .stackedArea, row: $0)
        }
        add { fan("Spend by financial year", "financial year", data.spend(), prefix: "spend", look: .pounds, row: $0) }
        add {
            parts(
                "Spend by part, means", "financial year", data.years, tags, look: .pounds, kind: .stackedColumns,
                row: $0)
        }
        add {
            fan(
                "Balance of the grant on 31 March", "financial year", data.amounts("balance"), prefix: "balance",
                look: .pounds, row: $0)
        }
        let first = max(Self.chartColumn, groups.count + 2, tags.count + 2)
        let columns = first + Self.chartColumns
        book.printArea(columns: columns, rows: rows[rows.count - 1], of: sheet)
        book.repeatRows(0...0, of: sheet)
        let pages = rows.dropLast().enumerated().filter { $0.offset > 0 && $0.offset.isMultiple(of: Self.blocksOnPage) }
        let width = Self.character * widths.reduce(0, +) + Self.column * Double(columns - widths.count)
        book.breakPages(before: pages.map(\.element), width: width, of: sheet)
    }

    /// The format of an axis, so that no two of its labels are alike: some five of them stand between the ends.
    private func format(_ look: Spreadsheet.Look, _ figures: [Double]) -> String {
        let span = max(figures.max() ?? 0, 0) - min(figures.min() ?? 0, 0)
        guard look == .pounds else { return span < 10 ? "0.0" : "#,##0" }
        let decimals = span < 1e6 ? ".00" : span < 1e7 ? ".0" : ""
        return "£#,##0\(decimals),,\"m\""
    }

    private func axes(_ heading: String, _ look: Spreadsheet.Look) -> (x: String, y: String) {
        (heading, look == .pounds ? "pounds, in millions" : data.words.people)
    }

    /// Figures with their intervals and a fan; a deficit is drawn as lines, for areas cannot begin below zero.
    private func fan(
        _ title: String, _ heading: String, _ points: [(x: String, interval: Interval)], prefix: String,
        look: Spreadsheet.Look, row: Int
    ) -> Int {
        guard !points.isEmpty else { return row }
        book.write([.text(title, .strong)], to: sheet, row: row)
        let headings = [heading, "mean", "10 % are below", "25 % are below", "75 % are below", "90 % are below"]
        book.write(headings.map { .text($0, $0 == heading ? .heading : .headingOfNumbers) }, to: sheet, row: row + 1)
        let rows = row + 2...row + 1 + points.count
        for (place, point) in points.enumerated() {
            let figures = point.interval
            let stated = [figures.mean, figures.p10, figures.p25, figures.p75, figures.p90]
            let shades = [
                figures.p25 - figures.p10, figures.mean - figures.p25, figures.p75 - figures.mean,
                figures.p90 - figures.p75,
            ]
            book.write([.period(point.x)] + stated.map { .number($0, look) }, to: sheet, row: row + 2 + place)
            book.write(
                shades.map { .number($0, look) }, to: sheet, row: row + 2 + place, column: Self.shadesColumn)
        }
        func cells(_ column: Int) -> String { book.range(sheet, column: column, rows: rows) }
        func shades(_ number: Int) -> String { cells(Self.shadesColumn + number) }
        for (column, name) in ["", "mean", "p10", "p25", "p75", "p90"].enumerated() {
            book.define(name.isEmpty ? "\(prefix)_years" : "\(prefix)_\(name)", cells(column))
        }
        let isPositive = points.allSatisfy {
            $0.interval.p10 >= 0 && $0.interval.p25 <= $0.interval.mean && $0.interval.mean <= $0.interval.p75
        }
        let series: [SpreadsheetChart.Series] =
            isPositive
            ? [
                .init(name: "below", values: cells(2), color: nil),
                .init(name: "80 % of runs", values: shades(0), color: 0xB9D7E8),
                .init(name: "half of the runs; the mean is where the shades meet", values: shades(1), color: 0x5FA3CA),
                .init(name: "upper half", values: shades(2), color: 0x86BBD8, isKeyed: false),
                .init(name: "upper 80 %", values: shades(3), color: 0xB9D7E8, isKeyed: false),
            ]
            : [
                .init(name: "mean", values: cells(1), color: 0x0072B2),
                .init(name: "10 % are below", values: cells(2), color: 0x86BBD8, isKeyed: false),
                .init(name: "90 % are below", values: cells(5), color: 0x86BBD8, isKeyed: false),
            ]
        let chart = SpreadsheetChart(
            kind: isPositive ? .stackedArea : .lines, title: title, description: "\(title): mean with 80 % interval",
            categories: cells(0), series: series, axes: axes(heading, look),
            format: format(look, points.flatMap { [$0.interval.p10, $0.interval.p90] }))
        book.insert(chart, on: sheet, row: row, column: Self.chartColumn)
        return row + max(points.count + 4, Self.chartRows)
    }

    private func parts(
        _ title: String, _ heading: String, _ xs: [String], _ parts: [(name: String, figures: [Double])],
        look: Spreadsheet.Look, kind: SpreadsheetChart.Kind, row: Int
    ) -> Int {
        guard !parts.isEmpty, !xs.isEmpty else { return row }
        book.write([.text(title, .strong)], to: sheet, row: row)
        book.write(
            [.text(heading, .heading)] + parts.map { .text($0.name, .headingOfNumbers) }, to: sheet, row: row + 1)
        for (place, x) in xs.enumerated() {
            book.write([.period(x)] + parts.map { .number($0.figures[place], look) }, to: sheet, row: row + 2 + place)
        }
        let rows = row + 2...row + 1 + xs.count
        let series = parts.enumerated().map { place, part in
            SpreadsheetChart.Series(
                name: part.name, values: book.range(sheet, column: place + 1, rows: rows),
                color: UInt32(Ink.categories[place % Ink.categories.count].dropFirst(), radix: 16))
        }
        let chart = SpreadsheetChart(
            kind: kind, title: title, description: title, categories: book.range(sheet, column: 0, rows: rows),
            series: series, axes: axes(heading, look),
            format: format(look, xs.indices.map { x in parts.reduce(0) { $0 + $1.figures[x] } }))
        book.insert(chart, on: sheet, row: row, column: max(Self.chartColumn, parts.count + 2))
        return row + max(xs.count + 4, Self.chartRows)
    }
}
