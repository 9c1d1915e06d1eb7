import Exchange
import Glibc
import Lane

/// What each stage costs: one block in sixteen is timed, by the processor time of its thread, so that six looks at that clock
/// cost a vehicle about a nanosecond, and what else the computer does is not counted.
struct StageTimes: Sendable {
    /// One block in so many is timed.
    static let sample = 16

    private var times = Array(repeating: Interval.zero, count: StationYear.Stage.allCases.count)
    private var blocks = 0
    /// Vehicles in the blocks that were timed.
    private(set) var vehicles = 0

    /// What a stage took in the blocks that were timed.
    subscript(stage: StationYear.Stage) -> Interval { times[stage.rawValue] }

    /// Lets the next block go through all stages.
    mutating func run(_ year: inout StationYear, _ list: AgreementList, isChained: Bool) {
        blocks += 1
        guard blocks.isMultiple(of: Self.sample) else {
            for stage in StationYear.Stage.allCases where stage != .chain || isChained { year.run(stage, list) }
            return
        }
        let driven = year.vehicles
        var before = StageClock.threadTime()
        for stage in StationYear.Stage.allCases where stage != .chain || isChained {
            year.run(stage, list)
            let after = StageClock.threadTime()
            times[stage.rawValue] = times[stage.rawValue] + (after - before)
            before = after
        }
        vehicles += year.vehicles - driven
    }

    /// Adds the times of another station.
    mutating func add(_ other: StageTimes) {
        for place in times.indices { times[place] = times[place] + other.times[place] }
        vehicles += other.vehicles
    }
}

/// The monotonic clock; what it says reaches no record.
enum StageClock {
    static func now() -> Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Processor time of this thread.
    static func threadTime() -> Interval {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + Interval(nanoseconds: Int64(time.tv_nsec))
    }

    /// Processor time of the whole process, all threads.
    static func processTime() -> Interval {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + Interval(nanoseconds: Int64(time.tv_nsec))
    }
}
