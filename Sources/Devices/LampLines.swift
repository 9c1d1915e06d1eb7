import Lane

/// Which of a head's three places are lit; a head shows one aspect at a time, so at most one is, outside of tests.
package struct HeadPlaces: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let top = HeadPlaces(rawValue: 1 << 2)
    package static let white = HeadPlaces(rawValue: 1 << 1)
    package static let green = HeadPlaces(rawValue: 1 << 0)
    package static let dark: HeadPlaces = []

    /// The places as the line bank writes them: top, white, green, each `0` or `1`.
    package var digits: String {
        [HeadPlaces.top, .white, .green].map { contains($0) ? "1" : "0" }.joined()
    }
}

/// Sets lamps: a line bank now, GPIO lines and relays later.
package protocol LampLines: ~Copyable {
    /// Sets the three places of a head at once, without blocking; a loss means that the driver is to be opened again.
    mutating func show(_ places: HeadPlaces, on head: LaneNumber) -> PortLoss?

    /// What the watchdog's thread darkens these heads with when this driver's own thread has stalled.
    func darkener(of heads: [LaneNumber]) throws(PortError) -> Darkener
}
