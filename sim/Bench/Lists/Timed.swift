import Devices
import Lane

/// Many small things, each timed by itself: its clock waits for all that went before, so that no two are under way at once.
enum Timed {
    /// Nanoseconds of each, without the clock's own.
    @inline(__always)
    static func each<Failure: Error>(
        of count: Int, _ work: (Int) throws(Failure) -> Void
    ) throws(Failure) -> Sample<Int64> {
        var times = [Int64](repeating: 0, count: count)
        let clock = clockCost
        for turn in 0..<count {
            let start = MonotonicClock.now()
            try work(turn)
            times[turn] = (MonotonicClock.now() - start).nanoseconds - clock
        }
        return Sample(times)
    }

    /// The median of nothing.
    static var clockCost: Int64 {
        var times = [Int64](repeating: 0, count: 1_001)
        for turn in times.indices {
            let start = MonotonicClock.now()
            times[turn] = (MonotonicClock.now() - start).nanoseconds
        }
        return Sample(times).median
    }

    /// How many a second, of so many in so long.
    static func rate(_ count: Int, _ took: Interval) -> Double {
        Double(count) * 1_000_000_000 / Double(max(1, took.nanoseconds))
    }
}

extension Sample<Int64> {
    /// The mean of the middle half: as calm as the median, and finer than the clock, which counts in steps of ten nanoseconds here.
    var middle: Double {
        let half = values[(count / 4)..<max(count / 4 + 1, count - count / 4)]
        return Double(half.reduce(0, +)) / Double(half.count)
    }
}
