import Lane

/// What a verdict allows for because of how a run was made.
package struct Allowance: Hashable, Sendable {
    /// Real processes in real time.
    package var isOnWire: Bool
    /// A passage may be dated so far from what happened on the road.
    package var dating: Interval
    /// Bounds on time are so many times as wide.
    package var boundsWidenedBy: Int64
    /// A lamp may be told so long before the decision that lit it.
    package var lampsEarly: Interval
    /// Somebody vouches for the civil time, so that validity dates are enforced.
    package var clockIsGood: Bool

    /// In virtual time one clock dates everything; a passage without a detector begins with the first read that came through.
    package static let virtual = Allowance(
        isOnWire: false, dating: .milliseconds(500), boundsWidenedBy: 1, lampsEarly: .zero, clockIsGood: true)

    /// Computers under load let simulated vehicles come late, and lamps are told on a way of their own.
    package static func wire(boundsWidenedBy factor: Int64) -> Allowance {
        Allowance(
            isOnWire: true, dating: .milliseconds(700), boundsWidenedBy: factor, lampsEarly: .milliseconds(20),
            clockIsGood: false)
    }
}
