import Lane

/// Damaged messages one soon after the other: the reader repeats one that we could not take, and keeps what it hears meanwhile.
struct DamageRun: Hashable, Sendable {
    /// When the first of them came: that is when its tag was heard, however often it had to be repeated.
    private(set) var since: Instant
    private var last: Instant

    init(at moment: Instant) {
        since = moment
        last = moment
    }

    /// Another one has come. After a longer pause than a reader makes between two repeats it is the first of a new run.
    ///
    /// - Parameter pause: the reader's own time-out and what the line adds.
    mutating func add(at moment: Instant, pause: Interval) {
        if moment - last > pause { self = DamageRun(at: moment) }
        last = moment
    }

    /// Whether a message that comes now is the repeat of what was damaged; later it is another one, and the damage was noise.
    func isRepeated(at moment: Instant, pause: Interval) -> Bool { moment - last <= pause }
}
