/// Reads: which vehicle carried the tag.
extension LaneMachine {
    mutating func take(_ read: TagRead, _ turn: inout Turn) {
        if let index = presences.firstIndex(where: { fits(read.at, $0) && $0.holds(read) }) {
            _ = presences[index].addRepeat(of: read)
            if let tag = presences[index].decision?.tag, tag == read.tag { turn.decided.refresh(tag, at: read.at) }
            if presences[index].withoutDetector { presences[index].end = read.at }
            return
        }
        if let index = waiting.firstIndex(where: { $0.read.first.isSameTag(as: read) }) {
            waiting[index].read.repeats += 1
            waiting[index].read.last = max(waiting[index].read.last, read.at)
            return
        }
        var elsewhere = false
        if let tag = read.tag, standing.contains(tag) || turn.decided.contains(tag, since: read.at - settings.crossLane)
        {
            elsewhere = true
            turn.decided.refresh(tag, at: read.at)
        }
        place(Passage.Read(read, decidedElsewhere: elsewhere), &turn)
    }

    /// Whether this vehicle can have carried a tag that was read at `at`.
    private func fits(_ at: Instant, _ presence: Presence) -> Bool {
        guard !presence.withoutDetector else { return at <= (presence.end ?? presence.start) + windows.hold }
        guard at >= presence.start + windows.earliest else { return false }
        guard let end = presence.end else { return true }
        return at <= windows.lastRead(start: presence.start, end: end)
    }

    private mutating func place(_ read: Passage.Read, _ turn: inout Turn) {
        switch occupancy {
        case .absent, .stuck, .occupiedAtStart: return openByRead(read, &turn)
        case .occupied(let id, let since, let tags):
            if let tag = read.first.tag, tags.count < Self.stuckTags, !tags.contains(tag) {
                occupancy = .occupied(id, since: since, tags: tags + [tag])
            }
        case .unknown, .clear, .gap: break
        }
        var contestedBy: PassageID?
        for index in presences.indices where !presences[index].withoutDetector && fits(read.first.at, presences[index])
        {
            let isFree = read.first.tag == nil || read.decidedElsewhere || !presences[index].hasOwnTag
            if isFree && !isLikelyTheNext(read, after: presences[index])
                || read.first.at < presences[index].start + windows.nextVehicle
            {
                return claim(read, for: index, &turn)
            }
            contestedBy = contestedBy ?? presences[index].id
        }
        wait(for: read, contestedBy: contestedBy, &turn)
    }

    /// Whether a tag is first heard so late in a vehicle that was decided without one that it is rather the next one's: it
    /// waits for that one, and is this one's if none comes.
    private func isLikelyTheNext(_ read: Passage.Read, after presence: Presence) -> Bool {
        read.first.tag != nil && presence.decision != nil && !presence.hasOwnTag
            && read.first.at > presence.start + max(windows.decision, LaneWindows.ownTag)
    }

    /// Without a detector a tag that is not yet in the lane is a vehicle.
    private mutating func openByRead(_ read: Passage.Read, _ turn: inout Turn) {
        guard !read.decidedElsewhere else {
            return turn.actions.append(.stray(StrayRead(lane: settings.lane, read: read)))
        }
        if presences.count >= Self.mostPresences { close(0, because: .tooLong, &turn) }
        var presence = Presence(
            id: newPassageID(), start: read.first.at, detectors: settings.geometry.detectors.count,
            withoutDetector: true)
        presence.end = read.first.at
        presences.append(presence)
        claim(read, for: presences.count - 1, &turn)
    }

    private mutating func wait(for read: Passage.Read, contestedBy: PassageID?, _ turn: inout Turn) {
        if waiting.count >= Self.mostWaiting { giveUp(waiting.removeFirst(), &turn) }
        waiting.append(
            WaitingRead(
                read: read, contestedBy: contestedBy,
                expires: read.first.at + windows.waitForVehicle + settings.readerDelay))
    }

    /// A vehicle has come: it takes the reads that waited for it.
    ///
    /// A tag that the vehicle before may have carried beside its own is held until this one has brought its own tag or is
    /// decided. Of several such tags the last is this vehicle's own. One that came late to a vehicle without any is this one's.
    mutating func claimWaiting(_ index: Int, _ turn: inout Turn) {
        let id = presences[index].id
        var mine: [Passage.Read] = []
        var late: [Passage.Read] = []
        for place in waiting.indices
        where waiting[place].isHeldUp || waiting[place].read.first.at >= presences[index].start + windows.earliest {
            guard let owner = waiting[place].contestedBy else { continue }
            guard presences.contains(where: { $0.id == owner && $0.hasOwnTag }) else {
                late.append(waiting[place].read)
                continue
            }
            waiting[place].heldFor = id
            waiting[place].expires = max(waiting[place].expires, presences[index].start + windows.decision)
        }
        waiting.removeAll { waiting in
            let isInTime = waiting.isHeldUp || waiting.read.first.at >= presences[index].start + windows.earliest
            guard waiting.heldFor == nil, isInTime else { return false }
            if waiting.contestedBy == nil { mine.append(waiting.read) }
            return true
        }
        for read in late { claim(read, for: index, &turn) }
        for read in mine { place(read, &turn) }
        let held = waiting.indices.filter { waiting[$0].heldFor == id }
        if !presences[index].hasOwnTag, held.count > 1, let last = held.last {
            claim(waiting.remove(at: last).read, for: index, &turn)
        }
    }

    /// The vehicle at `index` is decided without a tag of its own: it takes the one held for it.
    mutating func claimHeld(_ index: Int, _ turn: inout Turn) {
        let id = presences[index].id
        guard let place = waiting.lastIndex(where: { $0.heldFor == id }) else { return }
        claim(waiting.remove(at: place).read, for: index, &turn)
    }

    /// The vehicle at `index` is to be decided, and none of its tags is approved: an approved one that was heard by now, and
    /// that no next vehicle has come for, is its second tag and decides.
    mutating func claimApproved(_ index: Int, _ turn: inout Turn) {
        let presence = presences[index]
        guard presence.hasOwnTag, !presence.reads.contains(where: { $0.first.judgement.outcome.isApproval }) else {
            return
        }
        let place = waiting.firstIndex {
            $0.contestedBy == presence.id && $0.heldFor == nil && !$0.read.decidedElsewhere
                && $0.read.first.judgement.outcome.isApproval && $0.read.first.at <= presence.start + windows.decision
        }
        if let place { claim(waiting.remove(at: place).read, for: index, &turn) }
    }

    private mutating func claim(_ read: Passage.Read, for index: Int, _ turn: inout Turn) {
        let isItsOwn = read.first.tag != nil && !read.decidedElsewhere && !presences[index].hasOwnTag
        presences[index].add(read)
        consider(index, &turn)
        guard isItsOwn else { return }
        // It has brought its own: what was held for it is the second tag of the vehicle before.
        let id = presences[index].id
        let released = waiting.filter { $0.heldFor == id }
        waiting.removeAll { $0.heldFor == id }
        for read in released { giveUp(read, &turn) }
    }

    /// The detector has gone: no vehicle will be seen coming for the reads that wait. They are not left to whoever comes first when it is
    /// back.
    mutating func placeWaiting(_ turn: inout Turn) {
        let reads = waiting
        waiting = []
        for read in reads {
            if read.contestedBy == nil { place(read.read, &turn) } else { giveUp(read, &turn) }
        }
    }

    /// No vehicle needs this read: it is a second tag of the vehicle that could have carried it, else a stray.
    mutating func giveUp(_ waiting: WaitingRead, _ turn: inout Turn) {
        guard let owner = waiting.contestedBy, let index = presences.firstIndex(where: { $0.id == owner }) else {
            return turn.actions.append(.stray(StrayRead(lane: settings.lane, read: waiting.read)))
        }
        presences[index].add(waiting.read)
        consider(index, &turn)
    }
}

extension Presence {
    fileprivate func holds(_ read: TagRead) -> Bool { reads.contains { $0.first.isSameTag(as: read) } }
}
