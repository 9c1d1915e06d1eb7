import Lane

/// The net under every storm of answers, whatever its cause: at most so many writes in one second.
struct WriteLimit: Sendable {
    /// Eight times what a line of 38400 baud carries (a message of 25 bytes and its ACK take 9 ms), so that a faster link, such as
    /// the benchmark's, is not held back; a tenth of the storm that an echo once made.
    static let mostInSecond = 1_000

    private var since: Instant?
    private var count = 0

    /// Whether one more write may go out now. What may not is lost: the reader's time-out, or the command's, sees to it.
    mutating func allows(at now: Instant) -> Bool {
        if since.map({ now - $0 >= .seconds(1) }) ?? true {
            since = now
            count = 0
        }
        count += 1
        return count <= Self.mostInSecond
    }
}
