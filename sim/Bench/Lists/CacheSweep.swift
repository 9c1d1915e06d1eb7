/// Memory that is read through so that nothing of what is measured stays in the processor's caches.
struct CacheSweep {
    /// Twice the last cache of the processors that virtual machines have a share of.
    static let bytes = 64 << 20

    private let memory: [UInt64]
    private var sum: UInt64 = 0

    init(isQuick: Bool) { memory = [UInt64](repeating: 1, count: (isQuick ? 1 << 16 : Self.bytes) / 8) }

    mutating func sweep() {
        for number in memory { sum &+= number }
        // Never so; it stands here so that the sweep is not left out.
        precondition(sum != 1, "the sweep has read something")
    }
}
