/// Decisions: what a vehicle comes to, and when.
extension LaneMachine {
    /// A presence has one more read: decide, revise, or leave it.
    ///
    /// An approval decides at once. A tag that is not approved waits for `decideAt`, because an approved one beside it would
    /// decide. Without a detector there is no `decideAt`: the first read decides.
    mutating func consider(_ index: Int, _ turn: inout Turn) {
        disown(index, turn)
        // A presence is looked at in its place: a copy would count the references of all its arrays.
        guard let read = presences[index].reads.deciding else { return }
        let decision = presences[index].decision
        switch decision {
        case nil:
            let isTime =
                presences[index].withoutDetector || turn.now >= presences[index].start + windows.decision
            if isTime || read.judgement.outcome.isApproval { decide(index, &turn) }
        case .some(let standing):
            guard presences[index].earlier == nil, standing.outcome.canBeRevised, read.content != .unreadable else {
                return
            }
            record(read, index, &turn)
            let lights = !hasPassedHead(index, turn.now)
            if let passage = passage(at: index) {
                turn.actions.append(.revised(passage, lights: lights))
            }
        }
    }

    /// Decides by the best read there is, or by the lack of one.
    mutating func decide(_ index: Int, _ turn: inout Turn) {
        disown(index, turn)
        if let read = presences[index].reads.deciding {
            record(read, index, &turn)
        } else {
            let outcome: Outcome = readerIsDown ? .readerDown : .noTag
            presences[index].decide(Passage.Decision(outcome, tag: nil, list: nil, at: turn.now))
        }
        if let passage = passage(at: index) {
            turn.actions.append(.decided(passage))
        }
        if presences[index].withoutDetector { triggerAll(index, &turn) }
    }

    /// A tag that has decided another vehicle since it was heard here decides nothing here any more.
    private mutating func disown(_ index: Int, _ turn: Turn) {
        // (Here and elsewhere: asked of a presence in its place, `decision?.tag` would copy all of it.)
        let decision = presences[index].decision
        guard decision?.tag == nil else { return }
        presences[index].disown { read in
            guard let tag = read.first.tag else { return false }
            return turn.memory.contains(tag, since: read.first.at - settings.crossLane)
        }
    }

    private mutating func record(_ read: TagRead, _ index: Int, _ turn: inout Turn) {
        let judgement = read.judgement
        presences[index].decide(
            Passage.Decision(judgement.outcome, tag: read.tag, list: judgement.list, at: turn.now))
        guard let tag = read.tag else { return }
        turn.memory.decide(tag, at: read.at)
        tellVehicle(index, &turn)
    }

    /// Whether the lamp is for somebody else by now: the fastest vehicle is past the head, or the next one was decided.
    private func hasPassedHead(_ index: Int, _ now: Instant) -> Bool {
        for next in presences.indices.dropFirst(index + 1) where presences[next].decision != nil { return true }
        guard let end = presences[index].end else { return false }
        return now > end + windows.head
    }

    /// Without a detector nothing times the cameras: they are triggered with the decision.
    private mutating func triggerAll(_ index: Int, _ turn: inout Turn) {
        for number in settings.geometry.cameras.indices {
            presences[index].pending.append(.init(camera: CameraNumber(UInt8(number)), at: turn.now))
        }
    }

    /// Whether a photo may be due at this moment: no approval stands, or a tag that is not approved is or may be beside it.
    func photoMayBeDue(_ index: Int) -> Bool {
        guard let decision = presences[index].decision else { return true }
        if decision.outcome.photoIsDue(unjudged: settings.photographUnjudged) { return true }
        guard settings.photographDeniedBeside, decision.outcome.isApproval else { return false }
        let id = presences[index].id
        return presences[index].hasDeniedTag
            || waiting.contains {
                $0.contestedBy == id && !$0.read.first.judgement.outcome.isApproval
            }
    }

    /// Ends a passage: nothing more will change in it.
    mutating func close(_ index: Int, because flag: Passage.Flags, _ turn: inout Turn) {
        if presences[index].decision == nil { decide(index, &turn) }
        settle(index, &turn)
        leaveToOthers(index, &turn)
        noteStraddling(index, turn)
        presences[index].flags.formUnion(flag)
        let passage = passage(at: index)
        let presence = presences.remove(at: index)
        owe(presence)
        if case .occupied(presence.id, _) = occupancy {
            standing = presence.reads.compactMap(\.first.tag)
        }
        for place in waiting.indices where waiting[place].contestedBy == presence.id {
            waiting[place].contestedBy = nil
            waiting[place].isBehindStanding = isOverClosed && waiting[place].read.first.tag != nil
        }
        if let passage { turn.actions.append(.closed(passage)) }
    }

    /// The passage of a vehicle as it stands; nil before its decision. Taken from the presence member by member: a copy would count the
    /// references of all its arrays.
    private func passage(at index: Int) -> Passage? {
        guard let decision = presences[index].decision else { return nil }
        var passage = Passage(
            id: presences[index].id, lane: settings.lane, start: presences[index].start, decision: decision)
        passage.end = presences[index].end
        passage.earlier = presences[index].earlier
        passage.reads = presences[index].reads
        passage.readsLeftOut = presences[index].readsLeftOut
        passage.edges = presences[index].edges
        passage.edgesLeftOut = presences[index].edgesLeftOut
        passage.triggers = presences[index].triggers
        passage.triggersLeftOut = presences[index].triggersLeftOut
        passage.flags = presences[index].flags
        if let second { passage.motion = second.motion(of: presences[index]) }
        passage.photosAreDue = settings.photosAreDue(decision.outcome, passage.flags)
        return passage
    }

    /// The station stops: everything is closed as it stands, and what waits is a stray.
    mutating func stop(_ turn: inout Turn) {
        for read in waiting { giveUp(read, &turn) }
        waiting = []
        while !presences.isEmpty { close(0, because: .cutByStop, &turn) }
    }
}
