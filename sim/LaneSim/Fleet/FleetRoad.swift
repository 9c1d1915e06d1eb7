import Exchange
import Lane

/// A station's road for the next vehicles: events in the order of their times, and what their reads have heard.
struct FleetRoad: Sendable {
    /// From the air to the station: a frame of 42 ms at 9600 baud.
    static let lineDelay = Interval.milliseconds(42)
    /// Tags of vehicles that are on the road at a time, and those of the next block: at eight lanes of two vehicles a second,
    /// each there for half a minute, fewer than two thousand.
    static let mostHeard = 4_096

    /// In the order of `at`, from `next` on.
    private(set) var events: [FleetEvent] = []
    private var next = 0
    private var sorted = 0
    /// What a tag tells the reader, by its place; places are used again when their vehicles are long gone.
    private(set) var heard: [TagRead.Content]
    private var heardCount = 0
    /// Tags that were put on the road since the last `lookUp`, their places, and what the list says of them.
    private var unknown: [TagNumber] = []
    private var unknownPlaces: [Int] = []
    private var answers: [ListAnswer] = []
    /// Nothing that is not in `events` yet happens before this moment.
    var horizon = Instant(nanoseconds: .min)

    init() { heard = Array(repeating: .unreadable, count: Self.mostHeard) }

    /// A number that can be read, for the reads of a vehicle.
    mutating func add(_ tag: TagNumber) -> UInt32 {
        let place = heardCount % Self.mostHeard
        heardCount += 1
        unknown.append(tag)
        unknownPlaces.append(place)
        return UInt32(place)
    }

    /// What is heard of a tag that cannot be read.
    mutating func add(_ content: TagRead.Content) -> UInt32 {
        let place = heardCount % Self.mostHeard
        heardCount += 1
        heard[place] = content
        return UInt32(place)
    }

    mutating func add(_ happening: FleetEvent.Happening, lane: Int, at: Instant, tag: UInt32 = 0) {
        events.append(FleetEvent(at: at, happening: happening, lane: UInt8(lane), tag: tag))
    }

    /// Puts what was added in its place. Vehicles come in the order of their arrival, so that little has to move.
    mutating func sort() {
        for place in max(1, sorted)..<max(1, sorted, events.count) {
            let event = events[place]
            var hole = place
            while hole > 0, event.at < events[hole - 1].at {
                events[hole] = events[hole - 1]
                hole -= 1
            }
            if hole != place { events[hole] = event }
        }
        sorted = events.count
    }

    /// Looks each new tag up; what it comes to stands in every read of it.
    mutating func lookUp(in list: AgreementList, at utc: UTC) -> Int {
        list.answers(for: unknown, into: &answers)
        for index in unknown.indices {
            heard[unknownPlaces[index]] = .tag(unknown[index], Judgement(of: answers[index], at: utc))
        }
        defer {
            unknown.removeAll(keepingCapacity: true)
            unknownPlaces.removeAll(keepingCapacity: true)
        }
        return unknown.count
    }

    /// The next event before the horizon.
    mutating func takeNext() -> FleetEvent? {
        guard next < events.count, events[next].at < horizon else { return nil }
        next += 1
        return events[next - 1]
    }

    /// Forgets what has been taken.
    mutating func forgetTaken() {
        events.removeFirst(next)
        sorted -= next
        next = 0
    }
}
