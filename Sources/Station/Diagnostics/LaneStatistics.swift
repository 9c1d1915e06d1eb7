import Lane

/// What a lane has seen since the program started, for `status`.
package struct LaneStatistics: Sendable {
    /// Vehicles with a tag read, of all vehicles, over the last hundred and the last 24 hours.
    package struct ReadRate: Hashable, Sendable {
        package var vehicles = 0
        package var read = 0

        /// Parts in ten thousand; nil without vehicles.
        package var perTenThousand: Int? { vehicles == 0 ? nil : read * 10_000 / vehicles }
    }

    private static let windowOfVehicles = 100
    private static let hours = 24

    package private(set) var vehicles = 0
    package private(set) var reads = 0
    package private(set) var noTag = 0
    package private(set) var unreadable = 0
    package private(set) var strayReads = 0
    package private(set) var photosDue = 0
    package private(set) var photosTaken = 0
    package private(set) var lastVehicle: Instant?
    package private(set) var lastRead: Instant?

    /// Whether each of the last hundred vehicles had its tag read; a ring.
    private var lastHundred: [Bool] = []
    private var next = 0
    /// One bucket an hour, by the hour's number since the clock's start; a ring.
    private var byHour = [(hour: Int64, rate: ReadRate)](repeating: (-1, ReadRate()), count: hours)

    package init() {}

    package mutating func addRead(at: Instant) {
        reads += 1
        lastRead = at
    }

    package mutating func addStray() { strayReads += 1 }

    /// A passage that is closed.
    package mutating func add(_ passage: Passage) {
        let outcome = passage.decision.outcome
        vehicles += 1
        lastVehicle = passage.start
        if outcome == .noTag { noTag += 1 }
        if outcome == .unreadable { unreadable += 1 }
        let isRead = passage.decision.tag != nil
        if lastHundred.count < Self.windowOfVehicles {
            lastHundred.append(isRead)
        } else {
            lastHundred[next] = isRead
            next = (next + 1) % Self.windowOfVehicles
        }
        let hour = passage.start.nanoseconds / Interval.hours(1).nanoseconds
        let bucket = Int(hour % Int64(Self.hours))
        if byHour[bucket].hour != hour { byHour[bucket] = (hour, ReadRate()) }
        byHour[bucket].rate.vehicles += 1
        if isRead { byHour[bucket].rate.read += 1 }
    }

    package mutating func addPhotos(due: Int, taken: Int) {
        photosDue += due
        photosTaken += taken
    }

    package var rateOfLastHundred: ReadRate {
        ReadRate(vehicles: lastHundred.count, read: lastHundred.count { $0 })
    }

    /// Over the hour that runs and the 23 before it.
    package func rateOfDay(at now: Instant) -> ReadRate {
        let hour = now.nanoseconds / Interval.hours(1).nanoseconds
        return byHour.reduce(into: ReadRate()) { sum, bucket in
            guard bucket.hour > hour - Int64(Self.hours), bucket.hour >= 0 else { return }
            sum.vehicles += bucket.rate.vehicles
            sum.read += bucket.rate.read
        }
    }
}
