import COpenBLAS

/// The BLAS library that the process runs on.
public enum BLASBuild {
    /// What the library says of its build and of the processor that it chose its kernels for.
    public static var description: String {
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown core"
        return "\(configuration) on \(core)"
    }

    /// Ends the threads that the library starts as it is loaded, which take a processor's time while they wait. A program calls it
    /// first; otherwise the first product does.
    public static func endThreads() { _ = isOneThread }

    /// Keeps the library to one thread, from the first time that it is called: Sendcast spreads runs over threads itself, and
    /// nested threads slow both.
    static let isOneThread: Bool = {
        openblas_set_num_threads(1)
        sendcast_end_blas_threads()
        return true
    }()
}
