import Lane

/// A record's members as far as they are there, read leniently: for display, export and recovery, never to write the record again.
///
/// Words stay text, and members that are not known are skipped, so that a newer station's records can still be shown.
package struct RecordFields: Hashable, Sendable {
    /// A moment on both clocks; `boot` only where it is another run's.
    package struct Moment: Hashable, Sendable {
        package var utc: String
        package var mono: Int64
        package var boot: String?
    }

    /// `[1,7]`: epoch and version.
    package struct List: Hashable, Sendable {
        package var epoch: UInt32
        package var version: UInt32
    }

    /// What two detectors told of a vehicle; nil in records of stations before 0.2 and of lanes with one detector.
    package struct Motion: Hashable, Sendable {
        /// False: the wrong way.
        package var forward: Bool
        /// Millimetres per second.
        package var speed: Int64
        /// Millimetres.
        package var length: Int64
    }

    package struct Decision: Hashable, Sendable {
        package var outcome: String
        package var resultOp: UInt8?
        package var resultFin: UInt8?
        package var tag: String?
        package var list: List?
        /// How many of the record's reads it was made of, the first ones.
        package var of: Int?
        /// Nanoseconds after the record's start.
        package var offset: Int64
    }

    package struct Read: Hashable, Sendable {
        package var id: UInt64
        package var tag: String?
        package var reader: String?
        package var antenna: String?
        /// Nanoseconds after the record's start, as `last`.
        package var offset: Int64?
        package var repeats: Int?
        package var last: Int64?
        package var outcome: String?
        package var list: List?
        package var elsewhere: Bool?
    }

    /// `["loop",1,-120000]`: detector, level, nanoseconds after the record's start.
    package struct Edge: Hashable, Sendable {
        package var detector: String
        package var isOccupied: Bool
        package var offset: Int64
    }

    package struct Photo: Hashable, Sendable {
        package var camera: String
        /// Nanoseconds after the record's start, as `image`.
        package var offset: Int64
        package var digest: Digest?
        package var bytes: Int?
        package var image: Int64?
        package var missing: String?
        package var discarded: Bool?
    }

    /// Counts of what a record had no room for.
    package struct LeftOut: Hashable, Sendable {
        package var reads: Int?
        package var edges: Int?
        package var photos: Int?
    }

    package var v: Int
    package var station: UInt32
    package var journal: JournalID
    package var sequence: Sequence
    package var type: String
    package var boot: String
    package var at: Moment
    package var clock: String

    package var lane: UInt8?
    package var start: Moment?
    package var end: Int64?
    package var motion: Motion?
    package var decision: Decision?
    package var earlier: Decision?
    package var read: Read?
    package var reads: [Read]?
    package var edges: [Edge]?
    package var photos: [Photo]?
    package var leftOut: LeftOut?
    package var flags: [String]?
    package var photosDue: Bool?
    package var listName: String?
    package var configuration: String?
    package var profile: String?

    package var reason: String?
    package var from: Moment?
    package var to: Moment?
    package var count: Int?
    package var upTo: Sequence?

    package var event: String?
    package var version: String?
    package var downtime: Int64?
    package var state: String?
    package var list: List?
    package var digest: Digest?
    package var alarm: String?
    package var set: Bool?
    package var subject: String?
    package var by: Int64?
    package var uncertainty: Int64?

    /// Reads a body; nil when it is no record.
    package init?(body: [UInt8]) {
        guard body.count <= Record.mostBytes else { return nil }
        do throws(RecordValue.Odd) {
            self = try RecordFields(RecordValue(of: body))
        } catch {
            return nil
        }
    }

    /// The time of the record's subject: its start, or the moment it was made.
    package var time: Moment { start ?? at }
}
