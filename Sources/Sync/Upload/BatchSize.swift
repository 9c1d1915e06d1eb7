import Exchange
import Lane

/// How much goes into a batch: on a slow link some seconds' worth, with a backlog on a quick one eight times as much. Pure.
struct BatchSize: Hashable, Sendable {
    /// A batch that was answered within this time may be followed by one twice as large; then each takes about a second.
    static let quick = Interval.milliseconds(500)
    /// After one that took longer than this, half as much goes.
    static let slow = Interval.seconds(5)
    /// 4 000 records, 4 MB: more gains nothing on loopback, and central has it in memory.
    static let mostTimes = 8

    /// Records, before they are multiplied: fewer where central wants that.
    private var base = Uploader.mostRecords
    private var times = 1
    private var mostTimes = BatchSize.mostTimes
    private var sentAt: Instant

    init(sentAt: Instant = Instant(nanoseconds: 0)) { self.sentAt = sentAt }

    var records: Int { base * times }
    var bytes: Int { Uploader.mostBytes * times }

    mutating func sent(at now: Instant) { sentAt = now }

    /// Central took so many records of it.
    ///
    /// - Parameter pace: what central wants of the next one.
    mutating func taken(_ count: UInt64, at now: Instant, pace: BatchAnswer.Pace?) {
        // Of the largest records an eighth fills a batch. One that was not full says nothing of the link.
        let wasFull = 8 * count >= UInt64(Uploader.mostRecords * times)
        base = pace.map { min(max($0.records, 1), Uploader.mostRecords) } ?? Uploader.mostRecords
        let took = now - sentAt
        if pace != nil {
            times = 1
        } else if took <= Self.quick, wasFull {
            times = min(2 * times, mostTimes)
        } else if took > Self.slow {
            times = max(times / 2, 1)
        }
    }

    /// It did not come through: the next one is as small as the first.
    mutating func failed() { times = 1 }

    /// Central's bound is below it. False when a single record is too large.
    mutating func tooLarge() -> Bool {
        guard records > 1 else { return false }
        if times > 1 {
            times /= 2
            mostTimes = times
        } else {
            base /= 2
        }
        return true
    }
}
