/// One read of a tag as the lane takes it: what was heard, when and where, and what the lists say of it.
package struct TagRead: Hashable, Sendable {
    /// What the reader told us.
    package enum Content: Hashable, Sendable {
        case tag(TagNumber, Judgement)
        /// A number that breaks its system's rules, e.g. Luhn (`ResultOp` 5).
        case malformed
        /// A tag was there and could not be read: a text that the site's rule does not accept, or only damaged frames.
        case unreadable
    }

    package let id: ReadID
    /// When the tag was in the zone: the frame's first byte less the line's delay.
    package let at: Instant
    package let antenna: AntennaNumber
    package let content: Content

    package init(id: ReadID, at: Instant, antenna: AntennaNumber, content: Content) {
        self.id = id
        self.at = at
        self.antenna = antenna
        self.content = content
    }

    /// The number, where one was read.
    package var tag: TagNumber? {
        if case .tag(let number, _) = content { number } else { nil }
    }

    /// What this read alone would come to.
    package var judgement: Judgement {
        switch content {
        case .tag(_, let judgement): judgement
        case .malformed: Judgement(.malformed, by: nil)
        case .unreadable: Judgement(.unreadable, by: nil)
        }
    }
}

/// A detector's change of level.
package struct Edge: Hashable, Sendable {
    package let detector: DetectorNumber
    /// True when a vehicle has come under the detector, false when it has left.
    package let isOccupied: Bool
    package let at: Instant

    package init(detector: DetectorNumber, isOccupied: Bool, at: Instant) {
        self.detector = detector
        self.isOccupied = isOccupied
        self.at = at
    }
}
