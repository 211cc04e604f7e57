import Foundation
import Oracles
import Outputs
import Testing

/// Files of money that stand in a model are the user's.
@Suite struct KeptMoneyTests {
    private let made = [
        ("model.yaml", Data()), ("costs.csv", Data("line,setting\nmade,SS\n".utf8)),
        ("inflation.csv", Data("index\nmade\n".utf8)), ("funding.csv", Data("item\nmade\n".utf8)),
    ]

    private func standing(_ files: [String: String]) throws -> (kept: [String], text: (String) throws -> String) {
        let folder = try TemporaryFolder()
        let path = folder.path("model")
        try OutputFolder(path, mayReplace: false, kind: .model).write([("model.yaml", Data())])
        for (name, text) in files { try folder.write("model/\(name)", text) }
        let output = try OutputFolder(path, mayReplace: true, kind: .model)
        let kept = output.keptMoney
        try output.write(made)
        return (kept, { try String(contentsOfFile: folder.path("model/\($0)"), encoding: .utf8) })
    }

    @Test func pricesByLineStayWithTheirIndices() throws {
        let (kept, text) = try standing(["costs.csv": "line,setting\nown,SS\n", "inflation.csv": "index\nown\n"])
        #expect(kept == ["costs.csv", "inflation.csv"])
        #expect(try text("costs.csv").contains("own") && text("inflation.csv").contains("own"))
        #expect(try text("funding.csv").contains("made"))
    }

    /// A list of places stays, but where a register is given; where children go who find none always does.
    @Test func placesThatStandAreKept() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("model")
        try OutputFolder(path, mayReplace: false, kind: .model).write([("model.yaml", Data())])
        let output = try OutputFolder(path, mayReplace: true, kind: .model)
        #expect(output.keptPlaces(hasRegister: false).isEmpty)
        for name in ["places.csv", "overflow.csv"] { try folder.write("model/\(name)", "own\n") }
        #expect(output.keptPlaces(hasRegister: false) == ["places.csv", "overflow.csv"])
        #expect(output.keptPlaces(hasRegister: true) == ["overflow.csv"])
    }

    @Test func flatCostsAndTheirIndicesAreMadeAnew() throws {
        let (kept, text) = try standing([
            "costs.csv": "need,setting,cost\nany,SS,1\n", "inflation.csv": "index\nown\n", "funding.csv": "item\nown\n",
        ])
        #expect(kept == ["funding.csv"])
        #expect(try text("costs.csv").contains("made") && text("inflation.csv").contains("made"))
        #expect(try text("funding.csv").contains("own"))
    }
}
