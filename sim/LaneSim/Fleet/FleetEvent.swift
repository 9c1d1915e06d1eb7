import Lane

/// Something that a station of the fleet hears of, in the order in which it does.
struct FleetEvent: Sendable {
    enum Happening: UInt8, Sendable {
        case occupied
        case free
        case read
    }

    /// When the station hears of it.
    let at: Instant
    let happening: Happening
    /// Counted from 0.
    let lane: UInt8
    /// Of a read: its place in `FleetRoad.heard`.
    let tag: UInt32
}
