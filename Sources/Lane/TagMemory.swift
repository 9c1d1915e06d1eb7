/// What the whole station knows of each tag that was heard a moment ago: in which lanes and how often, and whether it decided a
/// vehicle. A tag decides one vehicle only: what is heard of it later, in another lane or behind its own vehicle, makes no other
/// passage approved. Of lanes that hear the same tag before that, the one with the best claim has it.
package struct TagMemory: Sendable {
    /// Sixteen lanes at two vehicles a second for sixty seconds, the longest `crossLane`, and some.
    package static let most = 2_048

    private var tags = TagTable()

    package init() {}

    /// Whether a vehicle was decided by this tag since `since`, in any lane.
    func contains(_ tag: TagNumber, since: Instant) -> Bool {
        guard let slot = tags.slot(of: tag), let at = tags[slot].decidedAt else { return false }
        return at >= since
    }

    /// A vehicle is decided by the tag.
    mutating func decide(_ tag: TagNumber, at: Instant) {
        let slot = tags.renew(tag)
        tags[slot].decidedAt = max(tags[slot].decidedAt ?? at, at)
    }

    /// The tag was heard again: the time in which it decides no other vehicle begins anew.
    mutating func refresh(_ tag: TagNumber, at: Instant) { decide(tag, at: at) }

    /// Notes the vehicle that the tag has decided.
    mutating func tell(_ vehicle: DecidedVehicle, of tag: TagNumber) {
        guard let slot = tags.slot(of: tag) else { return }
        tags[slot].vehicle = vehicle
    }

    /// The vehicle that the tag has decided last.
    func vehicle(decidedBy tag: TagNumber) -> DecidedVehicle? { tags.slot(of: tag).flatMap { tags[$0].vehicle } }

    /// The tag is heard in a lane. After `episode` without a sound of it, it is a new story.
    mutating func hear(
        _ tag: TagNumber, in lane: LaneNumber, at: Instant, now: Instant, episode: Interval,
        tellsRepeats: Bool
    ) {
        let slot = tags.renew(tag)
        if tags[slot].claims.isEmpty || at - tags[slot].lastHeard > episode {
            tags[slot].claims.removeAll()
            tags[slot].since = now
            tags[slot].lastHeard = at
        }
        tags[slot].lastHeard = max(tags[slot].lastHeard, at)
        tags[slot].claims.hear(in: lane, at: at, tellsRepeats: tellsRepeats)
    }

    /// What the lane has for the tag.
    mutating func set(_ carrier: TagClaims.Carrier, for tag: TagNumber, in lane: LaneNumber) {
        guard let slot = tags.slot(of: tag) else { return }
        tags[slot].claims.set(carrier, in: lane)
    }

    /// The lane has nothing that can have carried the tag.
    mutating func withdraw(_ tag: TagNumber, from lane: LaneNumber) {
        guard let slot = tags.slot(of: tag) else { return }
        tags[slot].claims.withdraw(lane)
    }

    /// By how much the lane's claim is clearer than the next best one.
    func lead(of tag: TagNumber, in lane: LaneNumber) -> Int64 {
        tags.slot(of: tag).map { tags[$0].claims.lead(of: lane) } ?? 0
    }

    /// How the lane's claim stands, and when the first word of the tag arrived; nil when the tag is not known.
    ///
    /// - Parameter isLast: *no tag* is decided otherwise: a vehicle that is there goes before one that may come.
    func claim(
        to tag: TagNumber, in lane: LaneNumber, at now: Instant, isLast: Bool = false
    ) -> (claim: TagClaims.Standing, since: Instant)? {
        guard let slot = tags.slot(of: tag) else { return nil }
        return (tags[slot].claims.standing(of: lane, at: now, isLast: isLast), tags[slot].since)
    }
}

/// What is known of one tag.
struct HeardTag {
    let tag: TagNumber
    /// When it decided a vehicle, or was last heard after that.
    var decidedAt: Instant?
    /// The last vehicle that it decided.
    var vehicle: DecidedVehicle?
    /// When the first word of it arrived, and when it was last heard.
    var since = Instant(nanoseconds: 0)
    var lastHeard = Instant(nanoseconds: 0)
    /// The lanes that heard it.
    var claims = TagClaims()
}
