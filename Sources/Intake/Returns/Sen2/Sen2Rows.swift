import Vocabulary

/// Where somebody is, as a row of the return says it.
struct Sen2Place: Hashable {
    /// The school's number in the register; 0 where none is given.
    var urn = 0
    /// The provider's number; 0 where none is given.
    var ukprn = 0
    /// The kind of setting without a number, such as `EHE`; empty where none is given.
    var kind = ""
    /// 1 for the main placement; `nil` where none is given.
    var rank: Int?
    /// Whether it is a unit; `nil` where the row does not say.
    var isUnit: Bool?
    /// Whether it is resourced provision; `nil` where the row does not say.
    var isResourced: Bool?

    var isNowhere: Bool { urn == 0 && ukprn == 0 && kind.isEmpty }
}

/// Rows of one return, each with its line and the position of the row it hangs on.
enum Sen2Row {
    struct Person {
        let line: Int
        var born: Withheld<CalendarDay>?
        let surname: Withheld<String>
        let forename: Withheld<String>
        let postcode: Withheld<String>
        let upn: Withheld<String>?
        let uln: Withheld<String>?
        /// 1 male, 2 female, 0 otherwise.
        let sex: Withheld<Int>
    }

    struct Request {
        let line: Int
        let person: Int
        let received: CalendarDay?
        let decided: CalendarDay?
        let outcome: String
        let isContested: Bool
        let isExported: Bool
    }

    struct Assessment {
        let line: Int
        let request: Int
        let outcome: String
        let told: CalendarDay?
        let isContested: Bool
        let isExcepted: Bool
    }

    struct NamedPlan {
        let line: Int
        let request: Int
        let start: CalendarDay?
        let cease: CalendarDay?
        let reason: String
    }

    struct Detail {
        let line: Int
        let plan: Int
        let place: Sen2Place
    }

    struct Active {
        let line: Int
        let request: Int
        let transferredFrom: String
    }

    struct Placement {
        let line: Int
        let request: Int
        let place: Sen2Place
        let entry: CalendarDay?
        let leaving: CalendarDay?
    }

    struct Need {
        let line: Int
        let request: Int
        let type: String
        let rank: Int?
    }
}

/// The positions of rows by the row they hang on.
struct Sen2Children {
    private let starts: [Int32]
    private let members: [Int32]

    /// - Parameters:
    ///   - parents: of each row; negative where it hangs on none.
    ///   - count: how many parents there are.
    init(_ parents: [Int], of count: Int) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for parent in parents where parent >= 0 { starts[parent + 1] += 1 }
        for place in 0..<count { starts[place + 1] += starts[place] }
        var next = starts
        var members = [Int32](repeating: 0, count: Int(starts[count]))
        for (row, parent) in parents.enumerated() where parent >= 0 {
            members[Int(next[parent])] = Int32(row)
            next[parent] += 1
        }
        (self.starts, self.members) = (starts, members)
    }

    /// The rows of a parent, in the order of the file.
    subscript(parent: Int) -> some Collection<Int> {
        members[Int(starts[parent])..<Int(starts[parent + 1])].lazy.map { Int($0) }
    }
}
