#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
