import Sampling

extension UnsafeMutablePointer<Lanes> {
    /// Makes numbers sum to 1 in each lane.
    func normalise(count: Int) {
        var sum = Lanes()
        for index in 0..<count { sum += self[index] }
        let scale = (1 / sum).replacing(with: Lanes(), where: sum .<= 0)
        for index in 0..<count { self[index] *= scale }
    }

    /// Turns logarithms into numbers of which the largest of each lane is 1.
    func exponentiate(count: Int) {
        var largest = Lanes(repeating: -.greatestFiniteMagnitude)
        for index in 0..<count { largest = largest.replacing(with: self[index], where: self[index] .> largest) }
        for index in 0..<count { self[index] = LaneMath.exponential(self[index] - largest) }
    }
}
