/// Arbitration: whose tag it is that several lanes may hear. The neighbour's antenna leaks, a vehicle straddles two lanes, a zone is wide.
///
/// A tag that was heard once, or in another lane too, decides nothing before `arbitration` has passed since the first word of it: until
/// then the lane that it belongs to has heard it as well. A vehicle's tag is mostly heard long enough before the vehicle comes, so that
/// its light does not wait. Then the better claim has the tag (`TagClaims`). The others wait until that lane has decided by it, or has
/// found no vehicle for it: what was undecided may still become theirs. What was decided stays.
extension LaneMachine {
    /// A tag that only this lane heard, so often, is no neighbour's.
    static let soundHearings: UInt8 = 2

    /// Whether a tag may decide in this lane.
    enum Ownership: Hashable {
        /// Nobody else heard it.
        case sole
        /// Others heard it too, and have less of a claim.
        case ours
        /// Not known before this moment of arrival; `isSole`: nobody else has heard it so far.
        case open(until: Instant, isSole: Bool)
        /// Another lane has the better claim.
        case others
    }

    /// - Parameter isLast: *no tag* is decided otherwise.
    func ownership(of read: Passage.Read, isLast: Bool = false, _ turn: Turn) -> Ownership {
        guard isContested, let tag = read.first.tag,
            let (claim, since) = turn.memory.claim(
                to: tag, in: settings.lane, at: turn.now, isLast: isLast)
        else { return .sole }
        let ends = since + settings.arbitration
        return switch claim {
        case .sole(let hearings):
            hearings >= Self.soundHearings || turn.now >= ends ? .sole : .open(until: ends, isSole: true)
        case .best: turn.now >= ends ? .ours : .open(until: ends, isSole: false)
        case .lesser: turn.now >= ends ? .others : .open(until: ends, isSole: false)
        }
    }

    /// The vehicle has a read: at once, or when it is known that the tag is no other lane's. Its decision follows from the reads that
    /// it has been given, and from nothing else (I4).
    mutating func give(_ read: Passage.Read, to index: Int, _ turn: inout Turn) {
        let isDoubtful = isContested && read.first.tag != nil && !read.decidedElsewhere
        guard isDoubtful, presences[index].doubtful.count < Passage.mostReads else {
            presences[index].add(read)
            return consider(index, &turn)
        }
        presences[index].doubtful.append(read)
        if !turn.isGathering { settle(index, &turn) }
    }

    /// Gives a vehicle those of its doubtful tags that are its own by now. At its decision what nobody else has heard so far is.
    mutating func settle(_ index: Int, _ turn: inout Turn) {
        guard !presences[index].doubtful.isEmpty else { return }
        let isLast = presences[index].decision == nil && turn.now >= presences[index].start + windows.decision
        moveDecided(index, turn)
        tellClaims(index, &turn)
        var isGiven = giveSole(index, isLast: isLast, turn)
        if !isGiven, !presences[index].hasOwnTag, let read = clearest(index, isLast: isLast, turn) {
            presences[index].doubtful.removeAll { $0.first.id == read.first.id }
            presences[index].add(read)
            isGiven = true
        }
        if isGiven { consider(index, &turn) }
        tellClaims(index, &turn)
        askAgain(index, turn)
    }

    /// Gives a vehicle the doubtful tags that nobody else heard; false: there are none.
    private mutating func giveSole(_ index: Int, isLast: Bool, _ turn: Turn) -> Bool {
        var isGiven = false
        var place = 0
        while place < presences[index].doubtful.count {
            let read = presences[index].doubtful[place]
            guard isSole(read, isLast: isLast, turn) else {
                place += 1
                continue
            }
            presences[index].doubtful.remove(at: place)
            presences[index].add(read)
            isGiven = true
        }
        return isGiven
    }

    private func isSole(_ read: Passage.Read, isLast: Bool, _ turn: Turn) -> Bool {
        switch ownership(of: read, turn) {
        case .sole: true
        case .open(_, let isSole): isSole && isLast
        case .ours, .others: false
        }
    }

    /// Of several tags that others heard too, the one with the clearest claim.
    private func clearest(_ index: Int, isLast: Bool, _ turn: Turn) -> Passage.Read? {
        var best: (lead: Int64, read: Passage.Read)?
        for read in presences[index].doubtful where ownership(of: read, isLast: isLast, turn) == .ours {
            let lead = read.first.tag.map { turn.memory.lead(of: $0, in: settings.lane) } ?? 0
            if lead > best?.lead ?? .min { best = (lead, read) }
        }
        return best?.read
    }

    /// Doubtful tags that have decided another vehicle meanwhile are in no doubt any more.
    private mutating func moveDecided(_ index: Int, _ turn: Turn) {
        for read in presences[index].doubtful {
            guard let tag = read.first.tag, turn.memory.contains(tag, since: read.first.at - settings.crossLane) else {
                continue
            }
            presences[index].doubtful.removeAll { $0.first.id == read.first.id }
            var read = read
            read.decidedElsewhere = true
            presences[index].add(read)
        }
    }

    /// Whether the vehicle has a tag that is not another's.
    func hasTag(_ index: Int, _ turn: Turn) -> Bool {
        presences[index].hasOwnTag || presences[index].doubtful.contains { ownership(of: $0, turn) != .others }
    }

    /// Reads that a vehicle takes at once: first those that are surely its own, so that a neighbour's tag is not taken for its own.
    func surestFirst(_ reads: [Passage.Read], _ turn: Turn) -> [Passage.Read] {
        guard isContested, reads.count > 1 else { return reads }
        func doubt(_ read: Passage.Read) -> Int {
            if let tag = read.first.tag, turn.memory.contains(tag, since: read.first.at - settings.crossLane) {
                return 3
            }
            return switch ownership(of: read, turn) {
            case .sole, .open(_, true): 0
            case .ours, .open(_, false): 1
            case .others: 2
            }
        }
        return reads.enumerated().sorted { (doubt($0.1), $0.0) < (doubt($1.1), $1.0) }.map(\.1)
    }

    /// Notes what the lane has for each tag that is in doubt.
    private func tellClaims(_ index: Int, _ turn: inout Turn) {
        let start = presences[index].start
        let carrier: TagClaims.Carrier =
            presences[index].hasOwnTag ? .hasOther : .inNeed(start, until: start + windows.ownTag)
        for place in presences[index].doubtful.indices {
            guard let tag = presences[index].doubtful[place].first.tag else { continue }
            turn.memory.set(carrier, for: tag, in: settings.lane)
        }
    }

    /// Notes when to look again at a vehicle that has no tag of its own yet, and one that may become its own.
    private mutating func askAgain(_ index: Int, _ turn: Turn) {
        presences[index].askAgainAt = nil
        guard presences[index].mayBeRevised else { return }
        for read in presences[index].doubtful {
            let first = read.first.at
            switch ownership(of: read, turn) {
            case .sole, .ours: continue
            case .open(let until, _): askAgain(index, at: until, turn)
            case .others:
                // The other lane's vehicle comes soon, or late, or it has none by then.
                let delay = settings.readerDelay + settings.arbitration
                askAgain(index, at: first + TagClaims.soon + delay, turn)
                askAgain(index, at: first + windows.waitForVehicle + delay, turn)
            }
        }
    }

    private mutating func askAgain(_ index: Int, at moment: Instant, _ turn: Turn) {
        guard moment > turn.now else { return }
        presences[index].askAgainAt = min(presences[index].askAgainAt ?? moment, moment)
    }

    mutating func reconsiderDue(_ turn: inout Turn) {
        for index in presences.indices {
            guard let moment = presences[index].askAgainAt, moment <= turn.now else { continue }
            settle(index, &turn)
        }
    }

    /// The passage closes: a doubtful tag is a second one where no other lane has the better claim, else it was never this vehicle's.
    mutating func leaveToOthers(_ index: Int, _ turn: inout Turn) {
        for read in presences[index].doubtful {
            let ownership = ownership(of: read, turn)
            var read = read
            read.decidedElsewhere = !presences[index].hasOwnTag || ownership != .sole && ownership != .ours
            presences[index].add(read)
            if let tag = read.first.tag { turn.memory.withdraw(tag, from: settings.lane) }
        }
        presences[index].doubtful = []
    }

    /// Without a detector a tag opens a passage, so it waits until it is known whose it is.
    func opensLater(_ read: Passage.Read, _ turn: Turn) -> Instant? {
        if case .open(let until, _) = ownership(of: read, turn) { until } else { nil }
    }
}
