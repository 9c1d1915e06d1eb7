import Lane

/// What happened to the station itself.
package enum StationEvent: Hashable, Sendable {
    /// The program started; downtime is how long no program ran before it, nil when nobody knows.
    case start(downtime: Interval?, version: String)
    /// The program stopped in order.
    case stop
    case laneState(LaneNumber, LaneState)
    /// Decisions are made from this list from now on.
    case listInForce(name: String, ListVersion, digest: Digest)
    /// A degraded mode began or ended: the alarm's word and its subject (a device's name).
    case degraded(alarm: String, isSet: Bool, subject: String)
    /// The civil clock was set, or became good. The head has the new time; uncertainty where the system reports it.
    case clockStep(by: Interval, uncertainty: Interval?)
    /// The configuration in force, by the digest of its bytes.
    case configuration(Digest)
}
