/// Reads: which vehicle carried the tag.
extension LaneMachine {
    mutating func take(_ read: TagRead, _ turn: inout Turn) {
        if isContested, let tag = read.tag {
            turn.memory.hear(
                tag, in: settings.lane, at: read.at, now: turn.now, episode: settings.crossLane,
                tellsRepeats: settings.readersTellRepeats)
        }
        if let index = holder(of: read) {
            _ = presences[index].addRepeat(of: read)
            let decision = presences[index].decision
            if let tag = decision?.tag, tag == read.tag {
                turn.memory.refresh(tag, at: read.at)
            }
            if presences[index].withoutDetector { presences[index].end = read.at }
            settle(index, &turn)
            return
        }
        if let index = waiting.firstIndex(where: { $0.read.first.isSameTag(as: read) }) {
            return hearAgain(index, read.at)
        }
        var elsewhere = false
        if let tag = read.tag,
            standing.contains(tag) || turn.memory.contains(tag, since: read.at - settings.crossLane)
        {
            elsewhere = true
            turn.memory.refresh(tag, at: read.at)
        }
        place(Passage.Read(read, decidedElsewhere: elsewhere), &turn)
    }

    /// The vehicle that has the tag already.
    private func holder(of read: TagRead) -> Int? {
        for index in presences.indices where fits(read.at, index) && presences[index].holds(read) { return index }
        return nil
    }

    /// A tag that waits is heard again: its vehicle is in the zone still. It is not that of a vehicle which is not there any more.
    private mutating func hearAgain(_ index: Int, _ at: Instant) {
        waiting[index].read.repeats += 1
        waiting[index].read.last = max(waiting[index].read.last, at)
        let limit = waiting[index].read.first.at + settings.passageMax
        waiting[index].expires = max(
            waiting[index].expires, min(limit, at + windows.waitForVehicle + settings.readerDelay))
        guard let owner = waiting[index].contestedBy, waiting[index].heldFor == nil,
            let vehicle = self.index(of: owner), !fits(at, vehicle)
        else { return }
        waiting[index].contestedBy = nil
    }

    /// Whether this vehicle can have carried a tag that was read then, and perhaps again: it was in the zone until the vehicle came.
    private func fits(_ read: Passage.Read, _ index: Int) -> Bool {
        guard !presences[index].withoutDetector else { return fits(read.first.at, index) }
        let earliest = presences[index].start + windows.earliest
        return read.last >= earliest && fits(max(read.first.at, earliest), index)
    }

    /// Whether this vehicle can have carried a tag that was read at `at`.
    private func fits(_ at: Instant, _ index: Int) -> Bool {
        let start = presences[index].start
        guard !presences[index].withoutDetector else {
            return at <= (presences[index].end ?? start) + windows.hold
        }
        guard at >= start + windows.earliest else { return false }
        guard let end = presences[index].end else { return true }
        guard !presences[index].isOutOfSight else { return at <= start + windows.latest }
        return at <= lastRead(index, end: end)
    }

    /// The last moment at which a tag of this vehicle, which has left the detector at `end`, can be read.
    func lastRead(_ index: Int, end: Instant) -> Instant {
        windows.lastRead(start: presences[index].start, end: end, isWrongWay: presences[index].isWrongWay)
    }

    private mutating func place(_ read: Passage.Read, _ turn: inout Turn) {
        switch occupancy {
        case .absent, .stuck, .occupiedAtStart:
            if let index = presences.indices.first(where: {
                presences[$0].isOutOfSight && !presences[$0].withoutDetector && fits(read, $0)
                    && (read.decidedElsewhere || !hasTag($0, turn))
            }) {
                return claim(read, for: index, &turn)
            }
            guard let later = opensLater(read, turn) else { return openByRead(read, &turn) }
            return waiting.append(WaitingRead(read: read, opensPassage: true, expires: later))
        case .occupied:
            if let tag = read.first.tag, tagsMeanwhile.count < Self.stuckTags, !tagsMeanwhile.contains(tag) {
                tagsMeanwhile.append(tag)
            }
        case .unknown, .clear, .gap: break
        }
        var contestedBy: Int?
        for index in presences.indices
        where !presences[index].withoutDetector && fits(read, index) {
            if let before = contestedBy, isTooEarly(read, after: before, for: presences[index].start) {
                return give(read, to: before, &turn)
            }
            let hasTag = hasTag(index, turn)
            let isFree = read.first.tag == nil || read.decidedElsewhere || !hasTag
            if isFree && (hasTag || !isLikelyTheNext(read, after: presences[index]))
                || read.first.at < presences[index].start + windows.nextVehicle
            {
                return claim(read, for: index, &turn)
            }
            contestedBy = contestedBy ?? index
        }
        wait(for: read, contestedBy: contestedBy.map { presences[$0].id }, &turn)
    }

    /// Whether a tag is first heard so late in a vehicle that was decided without one that it is rather the next one's: it
    /// waits for that one, and is this one's if none comes.
    private func isLikelyTheNext(_ read: Passage.Read, after presence: Presence) -> Bool {
        read.first.tag != nil && !presence.isWrongWay
            && read.first.at > presence.start + windows.ownTag
    }

    /// Without a detector a tag that is not yet in the lane is a vehicle.
    private mutating func openByRead(_ read: Passage.Read, _ turn: inout Turn) {
        guard !read.decidedElsewhere, ownership(of: read, turn) != .others else {
            return turn.actions.append(.stray(StrayRead(lane: settings.lane, read: read)))
        }
        if presences.count >= Self.mostPresences { close(0, because: .tooLong, &turn) }
        var presence = Presence(id: newPassageID(), start: read.first.at, withoutDetector: true)
        presence.end = read.first.at
        presence.isOutOfSight = occupancy == .absent && !settings.geometry.detectors.isEmpty
        presences.append(presence)
        claim(read, for: presences.count - 1, &turn)
    }

    private mutating func wait(for read: Passage.Read, contestedBy: PassageID?, _ turn: inout Turn) {
        if waiting.count >= Self.mostWaiting { giveUp(waiting.removeFirst(), &turn) }
        waiting.append(
            WaitingRead(
                read: read, contestedBy: contestedBy,
                isBehindStanding: isOverClosed && !read.decidedElsewhere,
                expires: read.first.at + windows.waitForVehicle + settings.readerDelay))
    }

    /// A vehicle has come: it takes the reads that waited for it.
    ///
    /// A tag that the vehicle before may have carried beside its own is held until this one has brought its own tag or is
    /// decided. Of several such tags the last is this vehicle's own. One that came late to a vehicle without any is this one's.
    mutating func claimWaiting(_ index: Int, _ turn: inout Turn) {
        guard !waiting.isEmpty else { return }
        let id = presences[index].id
        giveUpTooEarly(for: presences[index].start, &turn)
        var mine: [Passage.Read] = []
        var late: [Passage.Read] = []
        for place in waiting.indices
        where waiting[place].isHeldUp
            || waiting[place].read.last >= presences[index].start + windows.earliest
        {
            guard let owner = waiting[place].contestedBy else { continue }
            guard let before = self.index(of: owner), presences[before].mayHaveTag else {
                late.append(waiting[place].read)
                continue
            }
            waiting[place].heldFor = id
            waiting[place].expires = max(
                waiting[place].expires, presences[index].start + windows.decision)
        }
        takeHeldUp(index, &late)
        waiting.removeAll { waiting in
            let isInTime =
                waiting.isHeldUp || waiting.read.last >= presences[index].start + windows.earliest
            guard waiting.heldFor == nil, waiting.contestedBy != id, isInTime else { return false }
            if waiting.contestedBy == nil { mine.append(waiting.read) }
            return true
        }
        // All of them before the decision: the best of them decides.
        turn.isGathering = isContested
        for read in late { claim(read, for: index, &turn) }
        for read in surestFirst(mine, turn) { place(read, &turn) }
        turn.isGathering = false
        settle(index, &turn)
        guard !presences[index].mayHaveTag else { return }
        let held = waiting.indices.filter { waiting[$0].heldFor == id }
        if held.count > 1, let last = held.last { claim(waiting.remove(at: last).read, for: index, &turn) }
    }

    /// What was heard before the vehicle that comes at `start` can have been in the zone is a second tag of the one before, or its late one.
    private mutating func giveUpTooEarly(for start: Instant, _ turn: inout Turn) {
        let early = waiting.filter { waiting in
            guard let owner = waiting.contestedBy, !waiting.isHeldUp, waiting.heldFor == nil,
                let before = index(of: owner)
            else { return false }
            return isTooEarly(waiting.read, after: before, for: start)
        }
        guard !early.isEmpty else { return }
        waiting.removeAll { place in early.contains { $0.read.first.id == place.read.first.id } }
        for read in early { giveUp(read, &turn) }
    }

    /// Whether a tag that the vehicle before can have carried cannot be that of the one which comes at `start`. Who comes within a second
    /// of the read is near enough in any case. Where lanes hear each other, a late tag in a vehicle without one may be a neighbour's.
    ///
    /// Bound: a second tag that is first heard with the front d behind the detector is given to a vehicle without one only where that
    /// follows within 11·d, front to front (`approach` 5 m), or within a second of the read. Nearer, one detector cannot tell them. One
    /// that stops in the zone and is not heard again is photographed, although its tag was heard.
    private func isTooEarly(_ read: Passage.Read, after before: Int, for start: Instant) -> Bool {
        guard start - read.first.at > TagClaims.soon, !presences[before].isOutOfSight,
            !isContested || presences[before].mayHaveTag, fits(read.last, before)
        else { return false }
        return !windows.isInReach(read: read.first.at, start: start, before: presences[before].start)
    }

    /// Of the tags that were heard behind a standing vehicle the first is this one's; the others may be those of the vehicles behind it.
    private mutating func takeHeldUp(_ index: Int, _ late: inout [Passage.Read]) {
        guard waiting.contains(where: \.isHeldUp) else { return }
        let heldUp = waiting.indices.filter { waiting[$0].isHeldUp && waiting[$0].contestedBy == nil }
        guard let first = heldUp.first else { return }
        for place in heldUp.dropFirst() {
            waiting[place].contestedBy = presences[index].id
            waiting[place].expires = presences[index].start + windows.waitForVehicle + settings.readerDelay
        }
        late.append(waiting.remove(at: first).read)
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
        guard !waiting.isEmpty, presences[index].mayHaveTag,
            !presences[index].reads.contains(where: { $0.first.judgement.outcome.isApproval })
        else {
            return
        }
        let (id, limit) = (presences[index].id, presences[index].start + windows.decision)
        let place = waiting.firstIndex {
            $0.contestedBy == id && $0.heldFor == nil && !$0.read.decidedElsewhere
                && $0.read.first.judgement.outcome.isApproval && $0.read.first.at <= limit
        }
        if let place { claim(waiting.remove(at: place).read, for: index, &turn) }
    }

    private mutating func claim(_ read: Passage.Read, for index: Int, _ turn: inout Turn) {
        let mayHaveTag = presences[index].mayHaveTag
        let isItsOwn = read.first.tag != nil && !read.decidedElsewhere && !mayHaveTag
        give(read, to: index, &turn)
        guard isItsOwn else { return }
        // It has brought its own: what was held for it is the second tag of the vehicle before.
        let id = presences[index].id
        guard waiting.contains(where: { $0.heldFor == id }) else { return }
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
        if waiting.opensPassage, opensByReads { return openByRead(waiting.read, &turn) }
        guard let owner = waiting.contestedBy,
            let index = index(of: owner)
        else {
            if let tag = waiting.read.first.tag { turn.memory.withdraw(tag, from: settings.lane) }
            return turn.actions.append(.stray(StrayRead(lane: settings.lane, read: waiting.read)))
        }
        give(waiting.read, to: index, &turn)
    }
}

extension Presence {
    fileprivate func holds(_ read: TagRead) -> Bool {
        if reads.contains(where: { $0.first.isSameTag(as: read) }) { return true }
        return doubtful.contains { $0.first.isSameTag(as: read) }
    }
}
