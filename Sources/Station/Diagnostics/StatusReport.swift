/// What `station status --json` prints; times are whole milliseconds before the report, rates parts in ten thousand.
package struct StatusReport: Codable, Hashable, Sendable {
    package struct AlarmLine: Codable, Hashable, Sendable {
        package var alarm: String
        /// A device's name or a lane's number; empty for the station.
        package var subject: String
        package var reason: String
        package var meaning: String
        package var age: Int64
    }

    package struct Rate: Codable, Hashable, Sendable {
        package var vehicles: Int
        package var read: Int
        /// Nil without vehicles.
        package var perTenThousand: Int?
    }

    package struct LaneLine: Codable, Hashable, Sendable {
        package var lane: UInt8
        package var state: String
        package var aspect: String
        package var vehicles: Int
        package var reads: Int
        package var strayReads: Int
        package var noTag: Int
        package var unreadable: Int
        package var photosDue: Int
        package var photosTaken: Int
        package var lastHundred: Rate
        package var lastDay: Rate
        package var lastVehicleAge: Int64?
        package var lastReadAge: Int64?
    }

    package struct ReaderLine: Codable, Hashable, Sendable {
        package var reader: String
        package var state: String
        /// Since the program started, by the counter's name.
        package var counters: [String: Int]
    }

    package struct SyncLine: Codable, Hashable, Sendable {
        package var journal: String
        /// The last record that will never change.
        package var sealed: UInt64
        /// The last record that the central server has.
        package var acknowledged: UInt64
        /// Sealed records that the central server does not have.
        package var waiting: UInt64
        /// Records that may still change.
        package var unsealed: Int
        package var rejected: Int
        package var lastAnswerAge: Int64?
    }

    package struct ListLine: Codable, Hashable, Sendable {
        package var name: String
        package var epoch: UInt32
        package var version: UInt32
        package var agreements: Int
        package var age: Int64
        package var isStale: Bool
        package var bytes = 0
        /// Since all of it was read and found good; nil: not yet.
        package var verifiedAge: Int64?
        /// Why it is not locked in memory; nil: it is.
        package var notLockedBecause: String?
        /// The version to which `station list back` goes; nil: there is none.
        package var previous: String?
        /// Somebody went back from this version: it is not taken again.
        package var floor: String?
    }

    package var station: UInt32
    package var name: String
    package var program: String
    package var uptime: Int64
    package var clock: String
    package var profile: String
    package var alarms: [AlarmLine]
    package var lanes: [LaneLine]
    package var readers: [ReaderLine]
    package var sync: SyncLine?
    package var list: ListLine?
    /// A list that is on its way, or waits until it is to be used.
    package var listProgress: String?
    /// How the system runs the decision thread.
    package var scheduling: String?
}
