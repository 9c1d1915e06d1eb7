/// A moment of civil time, in milliseconds since 1970-01-01T00:00:00Z. Nothing is ever ordered by it.
package struct UTC: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    @inlinable
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    @inlinable
    package static func < (a: UTC, b: UTC) -> Bool { a.milliseconds < b.milliseconds }
}

/// How good the computer's civil time is; it stands in every record.
package enum ClockQuality: UInt8, Sendable {
    /// Synchronised within the bound that the operating system reports.
    case good
    /// Running, but nobody vouches for it: validity dates are not enforced.
    case unknown
}
