import Lane

/// When a demonstration began, and when which of its processes was down.
struct DemoCourse: Sendable {
    /// A time in which a process could not do its part, counted from the first moment of the scenario.
    struct Downtime: Hashable, Sendable {
        let process: Scenario.Process
        let from: Interval
        var isStarted = false
        /// When everything worked again; nil: not yet.
        var to: Interval?
    }

    /// How long before a kill a vehicle may have come whose decision was not committed yet: the longest wait for a late read, and a
    /// commit on a slow disk.
    static let uncommitted = Interval.milliseconds(700)

    /// Civil time at the first moment of the scenario.
    var startedAt = UTC(milliseconds: 0)
    private(set) var downtimes: [Downtime] = []

    /// Whether something was killed and does not work again yet.
    var isDown: Bool { downtimes.contains { $0.to == nil } }

    /// When the last of them was over.
    var lastRecovery: Interval { downtimes.compactMap(\.to).max() ?? .zero }

    mutating func kill(_ process: Scenario.Process, at moment: Interval) {
        downtimes.append(Downtime(process: process, from: moment))
    }

    /// The process is there again; what it needs may not be.
    mutating func start(_ process: Scenario.Process) {
        for index in downtimes.indices where downtimes[index].process == process { downtimes[index].isStarted = true }
    }

    /// Station, lines, readers and list are as they should be.
    mutating func recover(at moment: Interval) {
        for index in downtimes.indices where downtimes[index].isStarted && downtimes[index].to == nil {
            downtimes[index].to = moment
        }
    }

    /// The downtime for which the station may not have seen this vehicle as it should. That of the central server excuses nothing.
    func excuse(for vehicle: Scenario.Vehicle) -> Downtime? {
        let firstSign = vehicle.at + min(vehicle.heard, .zero)
        return downtimes.first {
            $0.process != .central && $0.from - Self.uncommitted <= vehicle.at
                && firstSign <= $0.to ?? Interval(nanoseconds: .max)
        }
    }
}
