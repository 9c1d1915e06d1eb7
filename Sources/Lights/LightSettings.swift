import Lane

/// Everything the light heads are told by configuration.
package struct LightSettings: Hashable, Sendable {
    package var profile: LightProfile
    /// How long a head is dark between two vehicles. 0 to 2 s.
    ///
    /// Vehicles come as close as 0.5 s (tolling facts §7, bursts of 2 a second): 200 ms of dark leaves each at least
    /// 300 ms of light, so that light outlasts dark and green after green is still seen as two.
    package var blank = Interval.milliseconds(200)
    /// How long an aspect stands when no other vehicle comes. 100 ms to 60 s.
    package var holdMax = Interval.seconds(3)

    package init(profile: LightProfile) { self.profile = profile }
}
