import Projection
import Sampling
import Vocabulary

/// A capital scheme: places that open phase by phase, what they cost to build, and how far both may slip.
package struct Scheme: Sendable, Equatable {
    /// Places that open together.
    package struct Phase: Sendable, Equatable {
        /// The provision that gets them.
        package let provision: String
        /// Who may have them.
        package let designation: Provision.Designation
        /// The September; it shows in the January after it.
        package let opens: Int
        /// How many; fewer than zero where they close.
        package let places: Int
        /// How many steps of a year after its first month it opens, where a year has several.
        package let month: Int

        /// States a phase.
        package init(
            provision: String, designation: Provision.Designation, opens: Int, places: Int, month: Int = 0
        ) {
            self.month = month
            self.provision = provision
            self.designation = designation
            self.opens = opens
            self.places = places
        }
    }

    /// Capital of a financial year.
    package struct Spend: Sendable, Equatable {
        /// The year.
        package let year: FinancialYear
        /// Pounds, before any overrun.
        package let pounds: Double

        /// States an amount.
        package init(year: FinancialYear, pounds: Double) {
            self.year = year
            self.pounds = pounds
        }
    }

    /// What it is called.
    package let name: String
    /// When places open.
    package let phases: [Phase]
    /// When capital is spent.
    package let capital: [Spend]
    /// What capital is multiplied by, drawn once per run.
    package let overrun: UncertainNumber
    /// Years by which every phase opens late, drawn once per run and rounded to whole steps of the model: years, or months.
    package let delay: UncertainNumber
    /// The share of its places that can be filled, drawn once per run; all of them are paid for.
    package let fill: UncertainNumber
    /// Pounds of revenue before it opens.
    package let revenueBeforeOpening: Double

    /// States a scheme.
    package init(
        name: String, phases: [Phase], capital: [Spend], overrun: UncertainNumber, delay: UncertainNumber,
        fill: UncertainNumber = .exactly(1), revenueBeforeOpening: Double
    ) {
        self.fill = fill
        self.name = name
        self.phases = phases
        self.capital = capital
        self.overrun = overrun
        self.delay = delay
        self.revenueBeforeOpening = revenueBeforeOpening
    }

    /// Places when all phases are open.
    package var places: Int { phases.reduce(0) { $0 + $1.places } }

    /// Pounds before any overrun.
    package var cost: Double { capital.reduce(0) { $0 + $1.pounds } }

    /// The same scheme some years later.
    package func later(by years: Int) -> Scheme {
        Scheme(
            name: name,
            phases: phases.map {
                Phase(
                    provision: $0.provision, designation: $0.designation, opens: $0.opens + years, places: $0.places,
                    month: $0.month)
            },
            capital: capital.map { Spend(year: FinancialYear(starting: $0.year.starting + years), pounds: $0.pounds) },
            overrun: overrun, delay: delay, fill: fill, revenueBeforeOpening: revenueBeforeOpening)
    }

    /// The same scheme of which a share of the places can be filled; it costs what it costs.
    package func filled(_ share: Double) -> Scheme { changed(fill: .exactly(share)) }

    /// The same scheme, so many years late in every run.
    package func delayed(by years: Double) -> Scheme { changed(delay: .exactly(years)) }

    /// The same scheme with another overrun.
    package func overrunning(_ overrun: UncertainNumber) -> Scheme { changed(overrun: overrun) }

    private func changed(
        overrun: UncertainNumber? = nil, delay: UncertainNumber? = nil, fill: UncertainNumber? = nil
    ) -> Scheme {
        Scheme(
            name: name, phases: phases, capital: capital, overrun: overrun ?? self.overrun,
            delay: delay ?? self.delay, fill: fill ?? self.fill, revenueBeforeOpening: revenueBeforeOpening)
    }
}
