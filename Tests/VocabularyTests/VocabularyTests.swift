import Testing
import Vocabulary

@Suite struct VocabularyTests {
    @Test func agesAndCurriculumYears() {
        #expect(SchoolAge(curriculumYear: 0)?.years == 4)
        #expect(SchoolAge(curriculumYear: 11)?.years == 15)
        #expect(SchoolAge(years: 25)?.curriculumYear == 21)
        #expect(SchoolAge(curriculumYear: 22) == nil)
        #expect(SchoolAge(years: -1) == nil)
        #expect(SchoolAge(curriculumYear: .max) == nil)
    }

    @Test func everyAgeIsInOneStatutoryBand() {
        for age in SchoolAge.all { #expect(AgeBand.statutory.count { $0.ages.contains(age) } == 1) }
    }

    @Test func financialYearsAreWrittenAsOfficersDo() {
        #expect(FinancialYear(starting: 2026).description == "2026-27")
        #expect(FinancialYear(starting: 1999).description == "1999-00")
    }

    @Test func moneyIsExact() {
        #expect(Pounds(8_662.5)?.pence == 866_250)
        #expect(Pounds(.nan) == nil)
        #expect(Pounds(1e300) == nil)
        #expect(Pounds(pence: -105).description == "-£1.05")
    }

    @Test func cellsAreNumberedAndNamed() {
        let space = StateSpace(
            ages: 4, need: Dimension(name: "reason", codes: ["N1", "N2"]),
            setting: Dimension(name: "placement", codes: ["U1", "K2", "R1"]))
        for cell in 0..<space.count {
            let place = space.coordinates(of: cell)
            #expect(space.cell(age: place.age, need: place.need, setting: place.setting) == cell)
        }
        #expect(space.keyCollisions().isEmpty)
    }

    @Test func keysBelongToCodesNotToPositions() {
        let short = StateSpace(
            need: Dimension(name: "need", codes: ["ASD"]), setting: Dimension(name: "setting", codes: ["MS", "SPI"]))
        let long = StateSpace(
            need: Dimension(name: "need", codes: ["HI", "ASD"]),
            setting: Dimension(name: "setting", codes: ["AP", "MS", "RP", "SPI"]))
        #expect(short.key(need: 0, setting: 1) == long.key(need: 1, setting: 3))
        #expect(stableKey("AB", "C") != stableKey("A", "BC"))
    }

    @Test(arguments: [
        ("mutliply", "multiply"), ("academic_year", "academic-year"), ("SEHM", "SEMH"), ("Sunderlnd", "Sunderland"),
    ]) func misspeltWordsFindTheirNeighbour(typed: String, meant: String) {
        let known = ["multiply", "academic-year", "SEMH", "Sunderland", "cap"]
        #expect(nearestSpelling(to: typed, among: known) == meant)
    }

    @Test func strangeWordsFindNoNeighbour() {
        #expect(nearestSpelling(to: "zzzzzz", among: ["multiply", "cap"]) == nil)
        #expect(nearestSpelling(to: "Q", among: ["A", "B"]) == nil)
        #expect(nearestSpelling(to: "", among: ["A"]) == nil)
    }

    @Test func findingsSayWhereAndWhatToDo() {
        let finding = Finding(.error, file: "a/cohort.csv", line: 212, column: "setting", "bad", remedy: "Mend it.")
        #expect(finding.description == "a/cohort.csv, row 212, column setting: bad. Mend it.")
        #expect(throws: UnusableData.self) { try Checked(1, findings: [finding]).usable() }
        #expect(throws: Never.self) { try Checked(1, findings: [Finding(.warning, "hm")]).usable() }
    }

    @Test func stayingIsNeverForbiddenAsAMove() {
        let space = StateSpace(
            ages: 2, need: Dimension(name: "need", codes: ["X"]),
            setting: Dimension(name: "setting", codes: ["A", "B"]))
        var permitted = PermittedStates(space: space)
        permitted.forbidMove(from: 0, to: 0)
        permitted.forbidMove(from: 0, to: 1)
        permitted.forbid(age: 1, need: 0, setting: 0)
        #expect(!permitted.allowsMove(age: 0, need: 0, from: 0, to: 1))
        #expect(permitted.allowsMove(age: 0, need: 0, from: 1, to: 0))
        #expect(!permitted.allowsMove(age: 1, need: 0, from: 1, to: 0))
        #expect(permitted.allows(age: 0, need: 0, setting: 0))
    }

    @Test func whatWasUsedOfAFileIsOneLine() {
        var use = FileUse(file: "population.csv")
        #expect(use.description == "population.csv: read" && use.finding == nil)
        use.rows = 118_580
        #expect(use.summary == "all 118,580 rows used")
        use.leaveOut("of ages above 25", rows: 26)
        use.leaveOut("of regions", rows: 1_000)
        for year in [2025, 2021] { use.take(year: year) }
        for area in ["E1", "E2", "E1"] { use.take(area: area) }
        #expect(
            use.summary
                == "117,554 of 118,580 rows used; 2021 to 2025; 2 areas; left out: 1,000 of regions, 26 of ages above 25"
        )
        use.leaveOut("of other sexes", rows: 117_554)
        #expect(use.isUseless && use.finding?.severity == .warning)
        #expect(
            use.finding?.message.hasPrefix("nothing of this file was used (left out: 117,554 of other sexes, ") == true)
    }

    @Test func careHasItsOwnWords() {
        let files = ["settings.csv", "needs.csv", "plans.csv", "cost-per-plan.csv", "draws.csv.gz", "rates/movers.csv"]
        #expect(files.map(Words.plans.file) == files)
        #expect(
            files.map(Words.care.file) == [
                "placements.csv", "reasons.csv", "children.csv", "cost-per-child.csv", "draws.csv.gz",
                "rates/movers.csv",
            ])
        #expect(["need", "january", "age"].map(Words.care.column) == ["reason", "march", "age"])
        #expect(Words.care.unit("plan-week") == "child-week" && Words.plans.unit("plan-week") == "plan-week")
    }

    @Test func causesAreReadBackFromTheirWords() {
        let causes: [Cause] = [.new(need: "ASD"), .together, .named("leavers"), .named("baseline")]
        for words in [Words.plans, .care] {
            #expect(causes.map { Cause($0.text(words), words) } == causes)
        }
        #expect(Cause.new(need: "ASD").text() == "new plans, ASD" && Cause.together.text() == "levers together")
        // Of care, new plans are nobody's.
        #expect(Cause("new plans, ASD", .care) == .named("new plans, ASD"))
    }

    @Test func aSelectionIsWhereAgesNeedsAndSettingsMeet() {
        let space = Service.plans.space(needs: ["ASD", "SEMH"], settings: ["MS", "SS", "SPI"])
        let selection = CellSelection(ages: [3, 1, 3], needs: [1], settings: [2, 0])
        #expect(selection == CellSelection(ages: [1, 3], needs: [1, 1], settings: [0, 2]))
        #expect(selection.rows(in: space) == [3, 7])
        #expect(selection.cells(in: space) == [9, 11, 21, 23])
        #expect(CellSelection(all: space).cells(in: space) == Array(0..<space.count))
    }

    @Test func aWordThatIsNoneHasTheNearestForARemedy() {
        #expect(suggestion(for: "joiner", among: ["leavers", "joiners"]) == "Did you mean 'joiners'?")
        #expect(suggestion(for: "x", among: ["b", "a", "b"]) == "They are a, b.")
        #expect(suggestion(for: "x", among: ["b"], otherwise: "Add it.") == "Add it.")
        #expect(["a"].listed(with: "or") == "a" && ["a", "b", "c"].listed(with: "or") == "a, b or c")
    }
}
