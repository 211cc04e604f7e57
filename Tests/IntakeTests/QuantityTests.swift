import Formats
import Foundation
import Intake
import Testing

/// What a number may be, and what is said of one that is written in another way.
@Suite struct QuantityTests {
    private func fault(_ quantity: Quantity, _ text: String) -> String {
        guard case .fault(let expected, let remedy) = quantity.read(text) else { return "" }
        return "\(expected). \(remedy)"
    }

    /// Real figures of each kind are taken as they are.
    @Test(arguments: [
        (Quantity.priceFactor, "1.05"), (.priceFactor, "0.97"), (.priceFactor, "2"), (.growth, "0.03"),
        (.growth, "-0.3"), (.growth, "0"), (.growth, "0.1215"), (.share, "0"), (.share, "1"), (.share, "0.9"),
        (.overrun, "0.95"), (.overrun, "1.25"), (.joinerFactor, "1.921"), (.leverFactor, "0"), (.leverFactor, "1.2"),
        (.income, "218301936"), (.income, "0"), (.balance, "-57950215"), (.deduction, "120000"),
        (.planYear, "55298.03"), (.planWeek, "18000"), (.year, "16496987"), (.uncertainty, "0.2"),
        (.variation, "0.99"), (.weight, "687723.5"), (.transferRate, "0.133772"), (.discountRate, "0.035"),
    ])
    func figuresAreTaken(quantity: Quantity, text: String) {
        #expect(quantity.read(text) == .number(Double(text) ?? .nan))
    }

    /// A number that is out of its range by one of three conventions is refused with the one that was meant.
    @Test(arguments: [
        (Quantity.priceFactor, "0.05", "Write a rise of 5 % as 1.05."),
        (.priceFactor, "5", "Write a rise of 5 % as 1.05."), (.priceFactor, "3", "Write a rise of 3 % as 1.03."),
        (.priceFactor, "-0.02", "Write a fall of 2 % as 0.98."), (.priceFactor, "5%", "Write a rise of 5 % as 1.05."),
        (.priceFactor, "2.5 %", "Write a rise of 2.5 % as 1.025."),
        (.growth, "1.03", "Write a rise of 3 % as 0.03."), (.growth, "3", "Write a rise of 3 % as 0.03."),
        (.growth, "3%", "Write a rise of 3 % as 0.03."), (.growth, "12.15", "Write a rise of 12.15 % as 0.1215."),
        (.growth, "0.9", "Write a fall of 10 % as -0.1."),
        (.share, "90", "Write 90 % as 0.9."), (.share, "90 %", "Write 90 % as 0.9."),
        (.share, "5", "Write 5 % as 0.05."),
        (.share, "1.03", "Write 1.03 % as 0.0103."), (.uncertainty, "20", "Write 20 % as 0.2."),
        (.overrun, "0.05", "Write a rise of 5 % as 1.05."), (.overrun, "25", "Write a rise of 25 % as 1.25."),
        (.overrun, "0.5", "Write a rise of 50 % as 1.5."), (.joinerFactor, "10", "Write a rise of 10 % as 1.1."),
        (.leverFactor, "10", "Write a rise of 10 % as 1.1."), (.leverFactor, "20", "Write a rise of 20 % as 1.2."),
        (.discountRate, "3.5", "Write 3.5 % as 0.035."), (.deviation, "15", "Write 15 % as 0.15."),
    ])
    func otherConventionsAreNamed(quantity: Quantity, text: String, remedy: String) {
        #expect(fault(quantity, text).hasSuffix(remedy), "\(fault(quantity, text))")
    }

    /// Signs, and pounds that are thousands or millions.
    @Test(arguments: [
        (Quantity.income, "0.5", "Write pounds, not thousands or millions."),
        (.income, "43", "Write pounds, not thousands or millions."),
        (.balance, "-0.1", "Write pounds, not thousands or millions."),
        (.deduction, "-500000", "It is taken off anyhow: write 500000."),
        (.income, "-500000", "from 0 to 20,000,000,000 was expected"), (.balance, "1e12", "from -20,000,000,000"),
        (.income, "£42,638,335", "Write 42638335."), (.planYear, "£5,000", "Write 5000."),
        (.income, "20m", "Write 20000000."), (.capital, "£1.5 million", "Write 1500000."),
        (.year, "£250k", "Write 250000."), (.balance, "-£3.2m", "Write -3200000."),
        (.capital, "1bn", "Write 1000000000."),
        (.income, "1e-9", "Write pounds"), (.planYear, "-1", "from 0 to 2,000,000"),
    ])
    func poundsAndSigns(quantity: Quantity, text: String, words: String) {
        #expect(fault(quantity, text).contains(words), "\(fault(quantity, text))")
    }

    /// Nothing that is not a number, and no number that arithmetic cannot bear, is taken as any quantity.
    @Test func nothingElseIsTaken() {
        for quantity in Quantity.allCases {
            for text in ["", "nan", "inf", "-inf", "1e999", "x", "1e39", "-1e39", "0x", "--1", "1,2"] {
                #expect(!fault(quantity, text).isEmpty, "\(quantity) \(text)")
            }
            #expect(quantity.range.lowerBound < quantity.range.upperBound && quantity.range.upperBound <= 2e10)
            #expect(!fault(quantity, "1e11").isEmpty)
        }
    }
}
