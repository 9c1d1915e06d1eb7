import Lane

/// How often somebody may try something in a minute, whoever it is: for enrolment codes, and so that nobody fills the log with
/// wrong ones.
struct AttemptLimit: Hashable, Sendable {
    static let most = 30
    static let within = Interval.minutes(1)

    private var moments: [Instant] = []

    /// Takes one try; a time: it is not taken, and may come again after that.
    mutating func take(at now: Instant) -> Interval? {
        moments.removeAll { $0 + Self.within <= now }
        guard moments.count < Self.most else { return moments[0] + Self.within - now }
        moments.append(now)
        return nil
    }
}
