import Lane

/// Until when each connection has to be done with what it is at: whoever sends or takes more slowly holds a place that others need.
/// Pure; the `Sweeper` cuts those whose time is up.
///
///     opened ─▶ head is due ─▶ body is due ─▶ (the server's own time) ─▶ answer is to be taken ─▶ head is due …
struct Deadlines: Hashable, Sendable {
    /// What happens on a connection.
    enum Event: Hashable, Sendable {
        /// It was made, or the answer before has gone: the head of a request is due.
        case opened
        /// The head is there: its body is due.
        case begun
        /// So many bytes of the body have come.
        case sent(Int)
        /// The request is whole, or an answer goes for as long as the client listens.
        case whole
        /// An answer of so many bytes goes.
        case answered(Int)
        case closed
    }

    /// How much time there is.
    struct Limits: Hashable, Sendable {
        let head: Interval
        /// For a body, or an answer: so long, and beyond it what its bytes need at the least rate.
        let transfer: Interval
        /// Bytes a second.
        let slowest: Int
    }

    private let limits: Limits
    private var ends: [Int32: Instant] = [:]

    init(_ limits: Limits) { self.limits = limits }

    /// The first moment at which a connection is to be cut; nil: none is waited for.
    var first: Instant? { ends.values.min() }

    /// - Returns: until when the connection has time now; nil: as long as it takes.
    @discardableResult
    mutating func handle(_ event: Event, on connection: Int32, at now: Instant) -> Instant? {
        ends[connection] =
            switch event {
            case .opened: now + limits.head
            case .begun: now + limits.transfer
            case .sent(let bytes): ends[connection].map { $0 + time(for: bytes) }
            case .answered(let bytes): now + limits.transfer + time(for: bytes)
            case .whole, .closed: nil
            }
        return ends[connection]
    }

    /// The connections whose time is up, each once.
    mutating func due(at now: Instant) -> [Int32] {
        let due = ends.filter { $0.value <= now }.keys.sorted()
        for connection in due { ends[connection] = nil }
        return due
    }

    /// Seconds and the rest of one apart: nanoseconds for 10 GB would overflow on the way.
    private func time(for bytes: Int) -> Interval {
        let (seconds, rest) = bytes.quotientAndRemainder(dividingBy: limits.slowest)
        return .seconds(Int64(seconds)) + Interval(nanoseconds: Int64(rest) * 1_000_000_000 / Int64(limits.slowest))
    }
}
