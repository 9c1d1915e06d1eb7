/// Timers: what is due at a moment, and when the next moment is.
extension LaneMachine {
    mutating func doWhatIsDue(_ turn: inout Turn) {
        endGap(turn.now)
        decideDue(&turn)
        giveUpExpired(&turn)
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
            if !presences[index].hasOwnTag { claimHeld(index, &turn) }
            claimApproved(index, &turn)
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
        guard case .occupied(let id, _, _) = occupancy, read.contestedBy == id else { return read.expires }
        return max(read.expires, read.read.first.at + settings.passageMax)
    }

    /// The vehicle over the detector has left: the one that it held up can come now.
    mutating func letHeldUpCome(behind id: PassageID, at moment: Instant) {
        for place in waiting.indices where waiting[place].contestedBy == id && waiting[place].expires <= moment {
            waiting[place].isHeldUp = true
            waiting[place].expires = moment + windows.waitForVehicle + settings.readerDelay
        }
    }

    /// Fires the cameras whose moment has come. One without a decision yet waits for it.
    private mutating func triggerDue(_ turn: inout Turn) {
        for index in presences.indices where presences[index].decision != nil {
            while let place = presences[index].pending.firstIndex(where: { $0.at <= turn.now }) {
                let pending = presences[index].pending.remove(at: place)
                guard photoMayBeDue(presences[index]) else { continue }
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
        while let index = presences.firstIndex(where: { turn.now >= closeAt($0).at }) {
            close(index, because: closeAt(presences[index]).isTooLong ? .tooLong : [], &turn)
        }
    }

    /// When nothing can change any more in a passage: its late reads, its trailer, its cameras and its contested tags are over.
    private func closeAt(_ presence: Presence) -> (at: Instant, isTooLong: Bool) {
        let limit = presence.start + settings.passageMax
        guard let end = presence.end, presence.decision != nil else { return (limit, true) }
        var at: Instant
        if presence.withoutDetector {
            at = end + windows.hold + settings.readerDelay
        } else {
            at = max(end + settings.gapHold, windows.lastRead(start: presence.start, end: end) + settings.readerDelay)
        }
        for pending in presence.pending { at = max(at, pending.at) }
        for read in waiting where read.contestedBy == presence.id { at = max(at, read.expires) }
        return at < limit ? (at, false) : (limit, true)
    }

    private mutating func findStuck(_ now: Instant) {
        guard case .occupied(_, let since, let tags) = occupancy else { return }
        if now - since >= settings.stuckAfter, tags.count >= Self.stuckTags { occupancy = .stuck }
    }

    /// The earliest moment at which something is due.
    func nextWake() -> Instant? {
        var next: Instant?
        func consider(_ at: Instant) { next = min(next ?? at, at) }
        switch occupancy {
        case .gap(_, let since): consider(since + settings.gapHold)
        case .occupied(_, let since, let tags) where tags.count >= Self.stuckTags:
            consider(since + settings.stuckAfter)
        case .unknown, .clear, .occupied, .occupiedAtStart, .stuck, .absent: break
        }
        for presence in presences {
            if presence.decision == nil {
                consider(presence.start + windows.decision)
            } else {
                for pending in presence.pending { consider(pending.at) }
            }
            consider(closeAt(presence).at)
        }
        for read in waiting { consider(expiry(of: read)) }
        return next
    }
}
