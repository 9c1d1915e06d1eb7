/// Timers: what is due at a moment, and when the next moment is.
extension LaneMachine {
    mutating func doWhatIsDue(_ turn: inout Turn) {
        endGap(turn.now)
        decideDue(&turn)
        giveUpExpired(&turn)
        reconsiderDue(&turn)
        triggerDue(&turn)
        closeDue(&turn)
        findStuck(turn.now)
    }

    private mutating func endGap(_ now: Instant) {
        if case .gap(_, let since) = occupancy, now >= since + settings.gapHold { occupancy = .clear }
    }

    private mutating func decideDue(_ turn: inout Turn) {
        for index in presences.indices
        where presences[index].decision == nil && turn.now >= presences[index].start + windows.decision {
            if !presences[index].mayHaveTag { claimHeld(index, &turn) }
            claimApproved(index, &turn)
            settle(index, &turn)
            if presences[index].decision == nil { decide(index, &turn) }
        }
    }

    private mutating func giveUpExpired(_ turn: inout Turn) {
        guard waiting.contains(where: { expiry(of: $0) <= turn.now }) else { return }
        let expired = waiting.filter { expiry(of: $0) <= turn.now }
        waiting.removeAll { read in expired.contains { $0.read.first.id == read.read.first.id } }
        for read in expired { giveUp(read, &turn) }
    }

    /// When no vehicle that could have carried the read can come any more. One that stands over the detector holds up the next.
    private func expiry(of read: WaitingRead) -> Instant {
        let expires = min(read.expires, followerComes(for: read))
        guard case .occupied(let id, _) = occupancy else { return expires }
        if read.isBehindStanding { return max(read.expires, read.read.first.at + Self.longestHeldUp) }
        guard read.contestedBy == id else { return expires }
        return max(read.expires, read.read.first.at + settings.passageMax)
    }

    /// When the next vehicle has come at the latest, if the tag that waits is its own. It goes about as fast as the one before, whose own
    /// it is otherwise: that one has none, and has left the detector. (What may be a second tag has time: no light waits for it.)
    private func followerComes(for read: WaitingRead) -> Instant {
        let never = Instant(nanoseconds: .max)
        guard let owner = read.contestedBy, read.heldFor == nil, !read.isHeldUp, !read.isBehindStanding,
            let index = index(of: owner), !presences[index].mayHaveTag,
            let end = presences[index].end
        else { return never }
        let start = presences[index].start
        if let second, let on = presences[index].second?.on, on > start {
            return read.read.last + windows.follower(of: second.position, in: on - start)
        }
        return read.read.last + windows.follower(of: LaneWindows.leastCar, in: end - start)
    }

    /// The vehicle over the detector has left: the one that it held up can come now.
    mutating func letHeldUpCome(behind id: PassageID, at moment: Instant) {
        for place in waiting.indices
        where waiting[place].isBehindStanding
            || waiting[place].contestedBy == id && waiting[place].expires <= moment
        {
            waiting[place].isBehindStanding = false
            waiting[place].isHeldUp = true
            waiting[place].expires = moment + windows.waitForVehicle + settings.readerDelay
        }
    }

    /// Fires the cameras whose moment has come. One without a decision yet waits for it.
    private mutating func triggerDue(_ turn: inout Turn) {
        for index in presences.indices where presences[index].decision != nil {
            while let place = presences[index].pending.firstIndex(where: { $0.at <= turn.now }) {
                let pending = presences[index].pending.remove(at: place)
                // Several edges that waited for the decision are one picture: a record tells photos by camera and moment.
                presences[index].pending.removeAll { $0.camera == pending.camera && $0.at <= turn.now }
                guard photoMayBeDue(index) else { continue }
                guard presences[index].triggers.count < Passage.mostTriggers else {
                    presences[index].triggersLeftOut += 1
                    presences[index].flags.insert(.truncated)
                    continue
                }
                let trigger = Passage.Trigger(camera: pending.camera, at: turn.now)
                presences[index].add(trigger)
                turn.actions.append(.trigger(presences[index].id, trigger))
            }
        }
    }

    private mutating func closeDue(_ turn: inout Turn) {
        var index = 0
        while index < presences.count {
            let due = closeAt(index)
            if turn.now >= due.at {
                close(index, because: due.isTooLong ? .tooLong : [], &turn)
                index = 0
            } else {
                index += 1
            }
        }
    }

    /// When nothing can change any more in a passage: its late reads, its trailer, its cameras and its contested tags are over.
    private func closeAt(_ index: Int) -> (at: Instant, isTooLong: Bool) {
        let (id, start) = (presences[index].id, presences[index].start)
        let limit = start + settings.passageMax
        guard let end = presences[index].end, presences[index].decision != nil else { return (limit, true) }
        var at: Instant
        if presences[index].withoutDetector {
            at = end + windows.hold + settings.readerDelay
        } else {
            let last =
                presences[index].isOutOfSight
                ? start + windows.latest
                : lastRead(index, end: end)
            at = max(end + settings.gapHold, last + settings.readerDelay)
            if second != nil { at = max(at, secondIsOver(presences[index], end: end)) }
        }
        if let again = presences[index].askAgainAt { at = max(at, again) }
        for place in presences[index].pending.indices { at = max(at, presences[index].pending[place].at) }
        for place in waiting.indices where waiting[place].contestedBy == id { at = max(at, expiry(of: waiting[place])) }
        return at < limit ? (at, false) : (limit, true)
    }

    /// When the vehicle is past the second detector: it goes as it went over the first.
    private func secondIsOver(_ presence: Presence, end: Instant) -> Instant {
        guard let second else { return end }
        if let crossing = presence.second {
            let off = crossing.off ?? end + (crossing.on - presence.start) * Motion.mostChange
            return off + settings.gapHold
        }
        guard presence.awaits(second.number) else { return end }
        return presence.start + second.latest(occupied: end - presence.start)
    }

    private mutating func findStuck(_ now: Instant) {
        guard tagsMeanwhile.count >= Self.stuckTags, case .occupied(_, let since) = occupancy else { return }
        if now - since >= settings.stuckAfter { occupancy = .stuck }
    }

    /// The earliest moment at which something is due.
    func nextWake() -> Instant? {
        var next: Instant?
        func consider(_ at: Instant) { next = min(next ?? at, at) }
        switch occupancy {
        case .gap(_, let since): consider(since + settings.gapHold)
        case .occupied(_, let since) where tagsMeanwhile.count >= Self.stuckTags:
            consider(since + settings.stuckAfter)
        case .unknown, .clear, .occupied, .occupiedAtStart, .stuck, .absent: break
        }
        for index in presences.indices {
            if presences[index].decision == nil {
                consider(presences[index].start + windows.decision)
            } else {
                for place in presences[index].pending.indices { consider(presences[index].pending[place].at) }
            }
            if let again = presences[index].askAgainAt { consider(again) }
            consider(closeAt(index).at)
        }
        for place in waiting.indices { consider(expiry(of: waiting[place])) }
        return next
    }
}
