/// Edges: presences begin and end.
extension LaneMachine {
    /// The passage detector is the first one; the others only time cameras and stand in the record.
    private static let passageDetector = DetectorNumber(0)

    mutating func takeLevel(_ detector: DetectorNumber, _ isOccupied: Bool, _ turn: inout Turn) {
        guard detector == Self.passageDetector else { return }
        switch occupancy {
        case .unknown, .absent:
            guard !settings.geometry.detectors.isEmpty else { return }
            guard isOccupied else {
                occupancy = .clear
                return
            }
            // The vehicle that was there when the line went away is still there.
            if let index = presences.lastIndex(where: { $0.isOutOfSight && !$0.withoutDetector }) {
                presences[index].isOutOfSight = false
                presences[index].end = nil
                occupy(presences[index].id, since: presences[index].start)
            } else {
                occupancy = .occupiedAtStart
            }
        case .clear, .gap:
            if isOccupied { occupancy = .occupiedAtStart }
        case .occupied, .occupiedAtStart, .stuck:
            if !isOccupied { release(at: turn.now) }
        }
    }

    mutating func takeDetector(isAbsent: Bool, _ turn: inout Turn) {
        guard !settings.geometry.detectors.isEmpty else { return }
        if isAbsent {
            loseSight(at: turn.now)
            forgetSecond()
            occupancy = .absent
            placeWaiting(&turn)
        } else if occupancy == .absent {
            occupancy = .unknown
        }
    }

    mutating func take(_ edge: Edge, _ turn: inout Turn) {
        guard settings.geometry.detectors.indices.contains(Int(edge.detector.number)) else { return }
        guard edge.detector == Self.passageDetector else { return takeOther(edge) }
        switch (occupancy, edge.isOccupied) {
        case (.unknown, true), (.clear, true):
            open(at: edge, &turn)
        case (.gap(let id, let since), true):
            // A new tag is waiting, or the gap was long: another vehicle. Else the same one, with a trailer.
            if edge.at - since < settings.gapHold, !hasNewTag(turn),
                let index = index(of: id)
            {
                presences[index].end = nil
                occupy(id, since: presences[index].start)
                cross(edge, index)
                tellVehicle(index, &turn)
            } else {
                open(at: edge, &turn)
            }
        case (.occupied(let id, _), false):
            occupancy = .gap(id, since: edge.at)
            letGo(at: edge.at, &turn)
            letHeldUpCome(behind: id, at: edge.at)
            guard let index = index(of: id) else { return }
            presences[index].end = max(edge.at, presences[index].start)
            cross(edge, index)
            tellVehicle(index, &turn)
        case (.unknown, false), (.occupiedAtStart, false), (.stuck, false):
            // What let go was not seen coming: it opens nothing.
            occupancy = .clear
        case (.clear, false), (.gap, false), (.occupied, true), (.occupiedAtStart, true), (.stuck, true), (.absent, _):
            // A repeated level says nothing new; without a detector edges do not count.
            break
        }
    }

    /// The vehicle whose passage was closed before it left has left: what is still heard of it is not the next one's.
    private mutating func letGo(at moment: Instant, _ turn: inout Turn) {
        for tag in standing { turn.memory.refresh(tag, at: moment) }
        standing = []
    }

    /// A tag waits that a vehicle behind this one may have brought; one that has decided another vehicle is none.
    private func hasNewTag(_ turn: Turn) -> Bool {
        waiting.contains {
            $0.read.first.tag != nil && !$0.read.decidedElsewhere
                && ownership(of: $0.read, turn) != .others
        }
    }

    private mutating func release(at now: Instant) {
        if case .occupied(let id, _) = occupancy,
            let index = index(of: id)
        {
            presences[index].end = now
            letHeldUpCome(behind: id, at: now)
        }
        standing = []
        occupancy = .clear
    }

    /// The line has gone: whether the vehicle under the detector leaves is not seen.
    private mutating func loseSight(at now: Instant) {
        if case .occupied(let id, _) = occupancy,
            let index = index(of: id)
        {
            presences[index].isOutOfSight = true
        }
        release(at: now)
    }

    /// A vehicle whose tag was heard while the line was away, and made its passage, comes under the detector.
    private mutating func comeIntoSight(_ edge: Edge) -> Bool {
        let index = presences.indices.first {
            presences[$0].withoutDetector && presences[$0].isOutOfSight
                && edge.at - (presences[$0].end ?? edge.at) <= TagClaims.soon
        }
        guard let index else { return false }
        presences[index].isOutOfSight = false
        presences[index].end = nil
        occupy(presences[index].id, since: edge.at)
        cross(edge, index)
        return true
    }

    private mutating func open(at edge: Edge, _ turn: inout Turn) {
        if comeIntoSight(edge) { return }
        if presences.count >= Self.mostPresences { close(0, because: .tooLong, &turn) }
        let id = newPassageID()
        presences.append(Presence(id: id, start: edge.at, withoutDetector: false))
        occupy(id, since: edge.at)
        takeAhead(presences.count - 1)
        cross(edge, presences.count - 1)
        claimWaiting(presences.count - 1, &turn)
    }

    /// Notes the edge with the vehicle and plans the cameras that it triggers: the front once, the rear each time that it may be the last.
    mutating func cross(_ edge: Edge, _ index: Int) {
        let isItsFront = presences[index].awaits(edge.detector)
        presences[index].cross(edge, isSecond: edge.detector == second?.number)
        // In its place: a copy of a camera would count the references of its name.
        for number in settings.geometry.cameras.indices
        where settings.geometry.cameras[number].detector == edge.detector {
            let planned = Presence.PendingTrigger(
                camera: CameraNumber(UInt8(number)), at: edge.at + settings.geometry.cameras[number].delay)
            switch (settings.geometry.cameras[number].moment, edge.isOccupied) {
            case (.leadingEdge, true):
                // A trailer's front, or a detector that bounces, is nobody's front plate.
                if isItsFront { presences[index].pending.append(planned) }
            case (.trailingEdge, false):
                let last = presences[index].triggers.last { $0.camera == planned.camera }?.at
                if last.map({ planned.at - $0 >= settings.gapHold }) ?? true {
                    presences[index].pending.append(planned)
                }
            case (.trailingEdge, true):
                // It has not gone: its rear comes later.
                presences[index].pending.removeAll { $0.camera == planned.camera }
            case (.leadingEdge, false): break
            }
        }
    }
}
