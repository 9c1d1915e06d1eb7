/// Edges: presences begin and end.
extension LaneMachine {
    /// The passage detector is the first one; the others only time cameras and stand in the record.
    private static let passageDetector = DetectorNumber(0)

    mutating func takeLevel(_ detector: DetectorNumber, _ isOccupied: Bool, _ turn: inout Turn) {
        guard detector == Self.passageDetector else { return }
        switch occupancy {
        case .unknown, .absent:
            guard !settings.geometry.detectors.isEmpty else { return }
            occupancy = isOccupied ? .occupiedAtStart : .clear
        case .clear, .gap:
            if isOccupied { occupancy = .occupiedAtStart }
        case .occupied, .occupiedAtStart, .stuck:
            if !isOccupied { release(at: turn.now) }
        }
    }

    mutating func takeDetector(isAbsent: Bool, _ turn: inout Turn) {
        guard !settings.geometry.detectors.isEmpty else { return }
        if isAbsent {
            release(at: turn.now)
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
            if edge.at - since < settings.gapHold, !hasNewTag,
                let index = presences.firstIndex(where: { $0.id == id })
            {
                presences[index].end = nil
                occupancy = .occupied(id, since: presences[index].start, tags: [])
                cross(edge, index)
            } else {
                open(at: edge, &turn)
            }
        case (.occupied(let id, _, _), false):
            occupancy = .gap(id, since: edge.at)
            letGo(at: edge.at, &turn)
            letHeldUpCome(behind: id, at: edge.at)
            guard let index = presences.firstIndex(where: { $0.id == id }) else { return }
            presences[index].end = max(edge.at, presences[index].start)
            cross(edge, index)
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
        for tag in standing { turn.decided.refresh(tag, at: moment) }
        standing = []
    }

    /// A tag waits that a vehicle behind this one may have brought; one that has decided another vehicle is none.
    private var hasNewTag: Bool { waiting.contains { $0.read.first.tag != nil && !$0.read.decidedElsewhere } }

    private mutating func release(at now: Instant) {
        if case .occupied(let id, _, _) = occupancy, let index = presences.firstIndex(where: { $0.id == id }) {
            presences[index].end = now
            letHeldUpCome(behind: id, at: now)
        }
        standing = []
        occupancy = .clear
    }

    private mutating func open(at edge: Edge, _ turn: inout Turn) {
        if presences.count >= Self.mostPresences { close(0, because: .tooLong, &turn) }
        let presence = Presence(
            id: newPassageID(), start: edge.at, detectors: settings.geometry.detectors.count, withoutDetector: false)
        presences.append(presence)
        occupancy = .occupied(presence.id, since: edge.at, tags: [])
        cross(edge, presences.count - 1)
        claimWaiting(presences.count - 1, &turn)
    }

    /// An edge at another detector belongs to the first vehicle that has still to make it.
    private mutating func takeOther(_ edge: Edge) {
        let detector = Int(edge.detector.number)
        let needed: Presence.Crossing = edge.isOccupied ? .before : .over
        guard let index = presences.firstIndex(where: { !$0.withoutDetector && $0.crossings[detector] == needed })
        else { return }
        cross(edge, index)
    }

    /// Notes the edge with the vehicle and plans the cameras that it triggers.
    private mutating func cross(_ edge: Edge, _ index: Int) {
        presences[index].add(edge)
        presences[index].crossings[Int(edge.detector.number)] = edge.isOccupied ? .over : .past
        let moment: LaneGeometry.Camera.Moment = edge.isOccupied ? .leadingEdge : .trailingEdge
        for (number, camera) in settings.geometry.cameras.enumerated()
        where camera.detector == edge.detector && camera.moment == moment {
            presences[index].pending.append(
                .init(camera: CameraNumber(UInt8(number)), at: edge.at + camera.delay))
        }
    }
}
