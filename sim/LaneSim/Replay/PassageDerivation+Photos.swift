import Exchange
import Lane

/// What follows from a decision: flags, whether photos are kept, which cameras fire.
extension PassageDerivation {
    /// How a vehicle went, what the next lane saw, how its passage ended, and when a list had been read whole is in no other member of its
    /// record: these flags are taken as they stand.
    private static let taken: Passage.Flags = [
        .wrongWay, .straddling, .tooLong, .cutByStop, .recovered, .sealedEarly, .listUnverified,
    ]

    mutating func compareFlags(_ outcome: Outcome, isRevised: Bool) {
        var derived = held.flags(decided: outcome)
        for flag in Passage.Flags.words.map(\.0) where Self.taken.contains(flag) && facts.has(flag) {
            derived.insert(flag)
        }
        if isRevised { derived.insert(.revised) }
        if facts.isWithoutDetector { derived.insert(.withoutDetector) }
        if facts.leftOut?.reads != nil || facts.leftOut?.edges != nil || facts.has(.truncated) {
            derived.insert(.truncated)
        }
        // A tag that later decided another vehicle was a second tag of this one until then.
        let tags = held.count { $0.first.tag != nil }
        if facts.has(.secondTag), tags > 1 || facts.leftOut?.reads != nil { derived.insert(.secondTag) }
        derived.formUnion(circumstances())
        let due = settings.photosAreDue(outcome, derived)
        let words = Set(derived.recordWords)
        if words != facts.flags {
            differ(
                .flags, recorded: facts.flags.subtracting(words).sorted().joined(separator: " "),
                derived: words.subtracting(facts.flags).sorted().joined(separator: " "),
                because: "by its reads, edges, clock and list")
        }
        if due != facts.photosAreDue {
            differ(
                .photosDue, recorded: facts.photosAreDue ? "yes" : "no", derived: due ? "yes" : "no",
                because: "a photo is \(due ? "" : "not ")due for \(outcome.word)"
                    + (derived.contains(.deniedBeside) ? " with a tag beside it that is not approved" : ""))
        }
    }

    /// How good clock and list were at the first decision, by the journal; what it does not say is taken as it stands.
    private func circumstances() -> Passage.Flags {
        let at = Instant(nanoseconds: facts.start.mono + (facts.earlier ?? facts.decision).offset)
        var flags: Passage.Flags = []
        let clocks = [at, at - Interval(nanoseconds: 1)].map { sources.timeline.clock(at: $0, in: record.boot) }
        let isClockNotGood = Set(clocks.map { $0.map { !$0.isGood } ?? facts.has(.clockNotGood) })
        if isClockNotGood == [true] || (isClockNotGood.count > 1 && facts.has(.clockNotGood)) {
            flags.insert(.clockNotGood)
        }
        if isStale(at).contains(facts.has(.staleList)) ? facts.has(.staleList) : !facts.has(.staleList) {
            flags.insert(.staleList)
        }
        return flags
    }

    /// Whether the list in force was stale: both, where that cannot be told.
    private func isStale(_ at: Instant) -> Set<Bool> {
        let known = sources.timeline.lists(from: at - Interval(nanoseconds: 1), to: at, in: record.boot)
        var answers: Set<Bool> = []
        for inForce in known {
            switch inForce {
            case .unknown: return [true, false]
            case .none: answers.insert(false)
            case .list(let version):
                guard let list = sources.lists[record.listName ?? "", version] else { return [true, false] }
                for moment in [at - ReplaySources.clockTolerance, at, at + ReplaySources.clockTolerance] {
                    guard let clock = sources.timeline.clock(at: moment, in: record.boot) else { return [true, false] }
                    answers.insert(list.isStale(at: clock.utc))
                }
            }
        }
        return answers
    }

    // MARK: Cameras

    /// Whether a camera fires at a moment.
    private enum Due {
        case yes
        case no
        /// It hangs on what the record does not say: when a second tag was heard, or whether one waited for the next vehicle.
        case perhaps
    }

    mutating func compareTriggers() {
        guard facts.leftOut?.edges == nil else { return }
        for camera in settings.geometry.cameras {
            compare(camera, planned: moments(of: camera), facts.photos.filter { $0.camera == camera.name })
        }
        for photo in facts.photos where !settings.geometry.cameras.contains(where: { $0.name == photo.camera }) {
            differ(
                .trigger, recorded: photo.camera, derived: "no such camera",
                because: "the configuration given has none of this name in lane \(facts.lane)")
        }
    }

    /// When a camera fires, if a photo may be due then: an edge and its delay, not before the decision.
    private func moments(of camera: LaneGeometry.Camera) -> [(moment: Int64, isCertain: Bool)] {
        let decided = (facts.earlier ?? facts.decision).offset
        guard !facts.isWithoutDetector else { return [(decided, true)] }
        let detector = settings.geometry.detectors[Int(camera.detector.number)].name
        let edges = facts.edges.filter {
            $0.detector == detector && $0.isOccupied == (camera.moment == .leadingEdge)
        }
        // The front once; of several rear ends each may be the last, or a bounce.
        let planned = camera.moment == .leadingEdge ? edges.prefix(1) : edges[...]
        return planned.map { edge in
            (max(edge.offset + camera.delay.nanoseconds, decided), planned.count == 1)
        }
    }

    private mutating func compare(
        _ camera: LaneGeometry.Camera, planned: [(moment: Int64, isCertain: Bool)], _ photos: [RecordFields.Photo]
    ) {
        var rest = photos
        for (moment, isCertain) in planned {
            let due = isDue(at: moment)
            if let place = rest.firstIndex(where: { $0.offset >= moment }), due != .no {
                latest = max(latest, Interval(nanoseconds: rest.remove(at: place).offset - moment))
            } else if due == .yes, isCertain, !facts.isCut, facts.leftOut?.photos == nil {
                differ(
                    .trigger, recorded: "\(camera.name) did not fire", derived: "at \(Self.text(moment))",
                    because: "no approval stood when its moment came")
            }
        }
        // After a crash photos are found of which nobody knows any more when they were taken.
        guard !facts.has(.recovered) else { return }
        let moments = planned.isEmpty ? "none" : planned.map { Self.text($0.moment) }.joined(separator: ", ")
        for photo in rest {
            differ(
                .trigger, recorded: "\(camera.name) at \(Self.text(photo.offset))", derived: "not then",
                because: "its moments are \(moments), and it fires if no approval stands then")
        }
    }

    /// Whether a photo may be due at a moment after the start, as it was decided.
    private func isDue(at moment: Int64) -> Due {
        let isRevised = facts.earlier != nil && facts.decision.offset <= moment
        let standing = isRevised ? facts.decision : facts.earlier ?? facts.decision
        guard let outcome = Outcome(word: standing.outcome) else { return .perhaps }
        if outcome.photoIsDue(unjudged: settings.photographUnjudged) {
            return facts.earlier == nil || isRevised ? .yes : .perhaps
        }
        guard settings.photographDeniedBeside, outcome.isApproval else { return .no }
        return Array(held.prefix(standing.of ?? 0)).hasDeniedTag ? .yes : .perhaps
    }

    private static func text(_ offset: Int64) -> String { "\(offset / 1_000_000) ms" }
}
