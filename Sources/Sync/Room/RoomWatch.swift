import Lane
import Storage

/// Sees to it that the journal is the last that finds no room on the station's disk.
///
/// 1. A disk that is filling is an alarm.
/// 2. Then new photos are not kept: their store leaves `DiskRoom.ofJournal` free (`PhotoStore`). A list that comes leaves 64 MiB.
/// 3. What the central server acknowledged goes when its retention is past, whatever the room; what it did not never goes.
/// 4. When the journal itself finds none, its **reserve** is given up. It is made again when there is room for it twice over.
/// 5. Beyond that nothing is acknowledged, and vehicles are counted (`Ledger`).
package struct RoomWatch: Sendable {
    /// What it hears.
    package enum Event: Hashable, Sendable {
        case start
        /// How the disk stands.
        case looked(DiskRoom, hasReserve: Bool)
        /// It cannot be looked at: the journal says why.
        case notLooked
        /// The journal found no room.
        case full
        case made
        case notMade(reason: String)
        case released
        case notReleased(reason: String)
        /// The moment that the last `.wake` asked for.
        case wake
    }

    /// What it wants done, in this order.
    package enum Action: Hashable, Sendable {
        /// Answer `.looked` or `.notLooked`.
        case look
        /// Answer `.made` or `.notMade`.
        case makeReserve
        /// Answer `.released` or `.notReleased`.
        case releaseReserve
        case condition(Condition)
        /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
        case wake(Instant?)
    }

    /// How the disk stands, for people.
    package struct Condition: Hashable, Sendable {
        /// How full the disk is, where it is filling.
        package var filling: DiskRoom?
        /// Why there is no reserve; nil: it is there, or none is wanted.
        package var noReserve: String?

        package init() {}
    }

    /// How often the disk is looked at: a card of 16 GB fills in hours.
    package static let lookEvery = Interval.minutes(1)

    private let reserveBytes: Int
    private var hasReserve = false
    /// Making it or giving it up is under way.
    private var isAtReserve = false
    private var condition = Condition()
    private var told = Condition()

    /// - Parameter reserve: its size in bytes; 0: none is wanted.
    package init(reserve: Int) { reserveBytes = reserve }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .start, .wake:
            actions.append(.look)
            actions.append(.wake(now + Self.lookEvery))
        case .looked(let room, let hasReserve): look(room, hasReserve, &actions)
        case .notLooked: break
        case .full:
            guard hasReserve, !isAtReserve else { break }
            isAtReserve = true
            actions.append(.releaseReserve)
        case .made:
            (isAtReserve, hasReserve, condition.noReserve) = (false, true, nil)
        case .notMade(let reason): (isAtReserve, hasReserve, condition.noReserve) = (false, false, reason)
        case .released:
            (isAtReserve, hasReserve) = (false, false)
            condition.noReserve = "the disk is full and the journal uses its reserve of \(reserveBytes) bytes"
        case .notReleased(let reason): (isAtReserve, condition.noReserve) = (false, reason)
        }
        if condition != told {
            told = condition
            actions.append(.condition(condition))
        }
        return actions
    }

    private mutating func look(_ room: DiskRoom, _ isThere: Bool, _ actions: inout [Action]) {
        condition.filling = room.isFilling ? room : nil
        guard reserveBytes > 0, !isAtReserve else { return }
        hasReserve = isThere
        guard !isThere else { return condition.noReserve = nil }
        guard room.free / 2 >= reserveBytes else {
            if condition.noReserve == nil {
                condition.noReserve = "the disk has \(room.free) bytes left, too few for a reserve of \(reserveBytes)"
            }
            return
        }
        isAtReserve = true
        actions.append(.makeReserve)
    }
}
