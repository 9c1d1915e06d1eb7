import Lane

/// From when to when a certificate is good, both moments included; whole seconds.
package struct Validity: Hashable, Sendable {
    package let begins: UTC
    package let ends: UTC

    package init(begins: UTC, ends: UTC) {
        self.begins = begins
        self.ends = ends
    }

    /// How far the clocks of two computers may be apart and a new certificate still be good at once.
    package static let leeway = Interval.minutes(5)

    /// From a little before `now` on, for so long.
    package init(from now: UTC, for life: Interval) {
        begins = UTC(milliseconds: now.milliseconds - Self.leeway.milliseconds)
        ends = UTC(milliseconds: now.milliseconds + life.milliseconds)
    }

    /// Whether it is good then.
    package func contains(_ moment: UTC) -> Bool { begins <= moment && moment <= ends }
}
