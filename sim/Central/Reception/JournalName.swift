import Exchange
import Lane

/// Which journal of which station; with a sequence it is the name of a record.
package struct JournalName: Hashable, Sendable {
    package let station: StationID
    package let journal: JournalID

    package init(station: StationID, journal: JournalID) {
        self.station = station
        self.journal = journal
    }
}

/// How far a journal is held durably, without a gap from its start.
package struct JournalPosition: Hashable, Sendable {
    /// The highest contiguous sequence; 0 when there is none.
    package let contiguous: Sequence
    /// The chain's digest there; zero when there is no record.
    package let digest: Digest

    /// Nothing has come yet.
    package static let start = JournalPosition(contiguous: Sequence(0), digest: .zero)

    package init(contiguous: Sequence, digest: Digest) {
        self.contiguous = contiguous
        self.digest = digest
    }
}

/// A photo, by the record that it belongs to.
package struct PhotoName: Hashable, Sendable {
    package let journal: JournalName
    package let sequence: Sequence
    /// The camera's configured name.
    package let camera: String
    /// Which photo of this camera in this passage.
    package let number: Int

    package init(journal: JournalName, sequence: Sequence, camera: String, number: Int) {
        self.journal = journal
        self.sequence = sequence
        self.camera = camera
        self.number = number
    }
}

/// One waiting caller of the central server.
package struct RequestID: Hashable, Sendable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}
