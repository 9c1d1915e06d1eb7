/// Tells an echo that stays from one that passes: the host's own bytes, sent back by the reader or by an adapter.
struct EchoWatch: Sendable {
    /// An echo has come since the port was opened.
    private(set) var wasHeard = false
    private(set) var isPersistent = false
    private var echoes = 0
    private var writesWithout = 0

    /// So many echoes are no accident, and so many acknowledgements without one are its end.
    static let persistent = 8

    /// An echo has come; true when it is now called persistent.
    mutating func heard() -> Bool {
        wasHeard = true
        writesWithout = 0
        echoes += 1
        guard !isPersistent, echoes >= Self.persistent else { return false }
        isPersistent = true
        return true
    }

    /// An acknowledgement was written; true when a persistent echo has ended.
    mutating func wrote() -> Bool {
        writesWithout += 1
        guard writesWithout > Self.persistent else { return false }
        echoes = 0
        guard isPersistent else { return false }
        isPersistent = false
        return true
    }

    /// Counts anew, so that an echo that outlives the set-up is told.
    mutating func begin() {
        echoes = 0
        writesWithout = 0
        isPersistent = false
    }
}
