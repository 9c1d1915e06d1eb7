/// The number of a toll station, as its operator knows it (`TST` in AutoPASS): 1 to 999 999 999.
package struct StationID: Hashable, Sendable {
    package let number: UInt32
    @inlinable
    package init(_ number: UInt32) { self.number = number }
}

/// A lane of the station, counted from 1 in the configuration's order.
package struct LaneNumber: Hashable, Comparable, Sendable {
    package let number: UInt8
    @inlinable
    package init(_ number: UInt8) { self.number = number }
    @inlinable
    package static func < (a: LaneNumber, b: LaneNumber) -> Bool { a.number < b.number }
}

/// An antenna, station-wide; configuration says which reader's which port it is, and in which lane it hangs.
package struct AntennaNumber: Hashable, Sendable {
    package let number: UInt8
    @inlinable
    package init(_ number: UInt8) { self.number = number }
}

/// A detector of a lane, as an index into `LaneGeometry.detectors`.
package struct DetectorNumber: Hashable, Sendable {
    package let number: UInt8
    @inlinable
    package init(_ number: UInt8) { self.number = number }
}

/// A camera of a lane, as an index into `LaneGeometry.cameras`.
package struct CameraNumber: Hashable, Sendable {
    package let number: UInt8
    @inlinable
    package init(_ number: UInt8) { self.number = number }
}

/// Which agreement list: versions are ordered by epoch, then version (ISO 12855; a restored central server begins a higher epoch).
package struct ListVersion: Hashable, Comparable, Sendable {
    package let epoch: UInt32
    package let version: UInt32
    package init(epoch: UInt32, version: UInt32) {
        self.epoch = epoch
        self.version = version
    }
    @inlinable
    package static func < (a: ListVersion, b: ListVersion) -> Bool { (a.epoch, a.version) < (b.epoch, b.version) }
}

/// A random 128-bit number made with a new journal, so that a replaced disk cannot be taken for the old one.
package struct JournalID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// The place of a record in its journal: 1, 2, 3, … A record keeps it for ever.
package struct Sequence: Hashable, Comparable, Sendable {
    package let number: UInt64
    @inlinable
    package init(_ number: UInt64) { self.number = number }
    package var next: Sequence { Sequence(number + 1) }
    @inlinable
    package static func < (a: Sequence, b: Sequence) -> Bool { a.number < b.number }
}

/// A read as it was journalled, counted from 1 in each journal.
package struct ReadID: Hashable, Comparable, Sendable {
    package let number: UInt64
    @inlinable
    package init(_ number: UInt64) { self.number = number }
    /// The number after it.
    package var next: ReadID { ReadID(number + 1) }
    @inlinable
    package static func < (a: ReadID, b: ReadID) -> Bool { a.number < b.number }
}

/// A passage while the lane holds it, before and after it has a sequence; counted in its lane since the program started.
package struct PassageID: Hashable, Comparable, Sendable {
    /// The lane in the upper 16 bits, the count, from 1, in the lower 48.
    package let number: UInt64
    @inlinable
    package init(_ number: UInt64) { self.number = number }
    package init(_ count: UInt64, in lane: LaneNumber) { number = UInt64(lane.number) << 48 | count }
    package var lane: LaneNumber { LaneNumber(UInt8(truncatingIfNeeded: number >> 48)) }
    @inlinable
    package static func < (a: PassageID, b: PassageID) -> Bool { a.number < b.number }
}
