import Formats

/// A chart: one Vega-Lite specification, words for those who do not see it, and its figures as a table.
package struct Chart: Sendable {
    /// A short name of letters, digits and hyphens, unique in a report: also the name of its file.
    package private(set) var id: String
    /// What the chart says, in one sentence.
    package let finding: String
    /// What is drawn.
    package let description: String
    /// The specification.
    let specification: JSON
    /// The columns of its table.
    package let columns: [String]
    /// The rows of its table.
    package let rows: [[String]]
    /// Whether it needs the width of the page.
    let isWide: Bool

    /// Puts marks into the frame that all charts share.
    /// - Parameters:
    ///   - parts: the specification's own keys: data, marks and encodings.
    ///   - height: pixels.
    init(
        _ id: String, finding: String, description: String, height: Int = 300, isWide: Bool = false, columns: [String],
        rows: [[String]],
        _ parts: [String: JSON]
    ) {
        self.id = Self.plain(id)
        self.finding = finding
        self.description = description
        self.columns = columns
        self.rows = rows
        self.isWide = isWide
        var document: [String: JSON] = [
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container",
            "height": .number(Double(height)), "autosize": ["type": "fit", "contains": "padding"],
            "description": .text("\(finding). \(description)"), "config": Self.look,
        ]
        for (key, part) in parts { document[key] = part }
        specification = .object(document)
    }

    /// A name without what paths and spreadsheets understand, and no longer than a name of a file may be.
    private static func plain(_ id: String) -> String {
        let signs = id.unicodeScalars.map {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) || $0 == "_" ? $0 : "-"
        }
        return String(String.UnicodeScalarView(signs.prefix(80)))
    }

    /// The same charts, those of one name told apart by a number.
    static func toldApart(_ charts: [Chart]) -> [Chart] {
        var taken: Set<String> = []
        return charts.map { chart in
            var (chart, number) = (chart, 2)
            let id = chart.id
            // As names of files, which some machines compare without case.
            while !taken.insert(chart.id.lowercased()).inserted {
                chart.id = "\(id)-\(number)"
                number += 1
            }
            return chart
        }
    }

    /// The specification with its finding as a title and a width of its own, for pictures.
    /// - Parameter note: what must be said below the title.
    func picture(width: Int, note: String? = nil) -> JSON {
        guard case .object(var document) = specification else { return specification }
        document["width"] = .number(Double(width))
        document["background"] = "white"
        document["padding"] = 12
        var title: [String: JSON] = [
            "text": .list(Self.lines(finding, width: width / 9).map { .text($0) }), "anchor": "start", "offset": 12,
        ]
        if let note {
            title["subtitle"] = .list(Self.lines(note, width: width / 7).map { .text($0) })
            document["usermeta"] = ["note": .text(note)]
        }
        document["title"] = .object(title)
        return .object(document)
    }

    /// A sentence in lines of so many characters.
    private static func lines(_ sentence: String, width: Int) -> [String] {
        var lines = [""]
        for word in sentence.split(separator: " ") {
            let line = lines[lines.count - 1]
            if !line.isEmpty && line.count + word.count + 1 > width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
            }
        }
        return lines
    }

    private static let look: JSON = [
        "font": "Helvetica, Arial, sans-serif", "view": ["stroke": .list([])],
        "title": ["fontSize": 15, "fontWeight": 600, "color": .text(Ink.text)],
        "axis": [
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": .text(Ink.text),
            "titleColor": .text(Ink.text), "gridColor": "#e3e6e8", "domainColor": "#8a9299", "tickColor": "#8a9299",
        ],
        "axisY": ["labelLimit": 380],
        "legend": ["labelFontSize": 12, "titleFontSize": 12, "orient": "bottom", "columns": 3, "labelLimit": 260],
        "range": ["category": .list(Ink.categories.map { .text($0) })],
    ]
}

/// Colours that the colour-blind tell apart (Okabe and Ito, 2008).
enum Ink {
    static let text = "#1d2a33"
    static let blue = "#0072B2"
    static let orange = "#D55E00"
    static let grey = "#6b757c"
    static let categories = [
        "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7a7a7a", "#F0E442",
    ]
}

/// How figures are written on axes and in tips.
enum FigureFormat {
    case people
    case pounds

    /// An expression that writes a tick of an axis.
    var axis: [String: JSON] {
        switch self {
        case .people: ["format": ",d", "tickMinStep": 1]
        case .pounds:
            [
                "labelExpr":
                    "(datum.value < 0 ? '−' : '') + '£' + format(abs(datum.value) / 1e6, datum.value != 0 && abs(datum.value) < 1e6 ? ',.1f' : ',d') + 'm'"
            ]
        }
    }

    /// For tips.
    var tip: String { self == .people ? ",.0f" : "$,.0f" }

    /// For people.
    func text(_ value: Double) -> String { self == .people ? Numerals.grouped(value) : Numerals.pounds(value) }

    /// A signed change, for people.
    func change(_ value: Double) -> String {
        Numerals.signed(value, text)
    }

    /// An interval, for people.
    func range(_ interval: Interval) -> String { "\(text(interval.p10)) to \(text(interval.p90))" }
}

extension JSON {
    /// An axis of categories or of Januaries.
    static func x(_ field: String, _ title: String, isNumber: Bool) -> JSON {
        isNumber
            ? [
                "field": .text(field), "type": "quantitative", "scale": ["zero": false, "nice": false],
                "axis": ["format": "d", "title": .text(title), "tickMinStep": 1, "grid": false],
            ] : ["field": .text(field), "type": "ordinal", "axis": ["title": .text(title), "labelAngle": -40]]
    }

    /// An axis of figures.
    static func figure(_ field: String, _ title: String, _ format: FigureFormat, stack: JSON? = nil) -> JSON {
        var axis = format.axis
        axis["title"] = .text(title)
        var encoding: [String: JSON] = ["field": .text(field), "type": "quantitative", "axis": .object(axis)]
        encoding["stack"] = stack
        return .object(encoding)
    }

    /// What a mark tells on being pointed at.
    static func tip(_ field: String, _ title: String, _ format: String? = nil) -> JSON {
        guard let format else { return ["field": .text(field), "title": .text(title)] }
        return ["field": .text(field), "type": "quantitative", "title": .text(title), "format": .text(format)]
    }
}
