/// The detectors beside the passage detector. All time cameras and stand in the record. The first one at another position tells
/// speed, length and direction:
///
///     forward     passage ▁▁▇▇▇▇▁▁▁▁▁▁      wrong way     passage ▁▁▁▁▁▁▇▇▇▇▁▁
///                 second  ▁▁▁▁▁▁▇▇▇▇▁▁                    second  ▁▁▇▇▇▇▁▁▁▁▁▁
///
/// Behind the passage detector it also tells a wrong-way vehicle: it comes to the second detector first. Before the passage
/// detector every vehicle does, so there a vehicle that has not crossed it has no direction.
struct SecondDetector: Hashable {
    let number: DetectorNumber
    /// From the passage detector, above zero behind it.
    let position: Metres
    /// The slowest vehicle's way between the two; who comes later is another.
    let longest: Interval
    /// A pulse that is shorter is no vehicle.
    let shortest: Interval
    /// So many vehicles have room between the two: who has so many behind it has missed the second.
    let room: Int

    init?(_ geometry: LaneGeometry) {
        guard let first = geometry.detectors.first?.position,
            let index = geometry.detectors.firstIndex(where: { $0.position != first })
        else { return nil }
        number = DetectorNumber(UInt8(index))
        position = geometry.detectors[index].position - first
        let distance = Metres(millimetres: abs(position.millimetres))
        longest = distance / geometry.slowest
        shortest = geometry.shortestVehicle / geometry.fastest
        room = max(1, Int(distance.millimetres / geometry.shortestVehicle.millimetres))
    }

    var isBehind: Bool { position > .zero }

    /// When the front of a vehicle that was over the passage detector for so long is at the second one at the latest, from its
    /// leading edge on: it went at `shortestVehicle` ÷ `occupied` or faster.
    func latest(occupied: Interval) -> Interval { min(longest, occupied * Int64(room + 1)) }

    /// Speed and length of a vehicle; nil before it has left both detectors, and where they contradict each other.
    func motion(of presence: Presence) -> Motion? {
        guard let second = presence.second, let end = presence.end, let off = second.off else { return nil }
        let toSecond = isBehind != presence.isWrongWay
        let (front, rear) = toSecond ? (second.on - presence.start, off - end) : (presence.start - second.on, end - off)
        return Motion(
            isForward: !presence.isWrongWay, distance: Metres(millimetres: abs(position.millimetres)), front: front,
            rear: rear, occupied: toSecond ? end - presence.start : off - second.on)
    }
}

/// One vehicle over the second detector.
struct SecondCrossing {
    let on: Instant
    /// The last trailing edge; nil while the vehicle is there.
    var off: Instant?
}

extension LaneMachine {
    /// Vehicles that have crossed the second detector and have not come to the passage detector.
    static let mostAhead = 8

    mutating func takeOther(_ edge: Edge) {
        guard edge.detector == second?.number else {
            let index = presences.firstIndex {
                edge.isOccupied ? $0.awaits(edge.detector) : $0.isOver(edge.detector)
            }
            if let index { cross(edge, index) }
            return
        }
        if edge.isOccupied { come(edge) } else { leave(edge) }
    }

    /// A vehicle has come to the second detector.
    private mutating func come(_ edge: Edge) {
        let next = presences.firstIndex { $0.start <= edge.at && $0.awaits(edge.detector) }
        if let last = presences.lastIndex(where: { $0.hasLeftSecond(within: settings.gapHold, before: edge.at) }),
            !isNext(next, behind: last, edge.at)
        {
            // The same vehicle, with a trailer, or a detector that bounces.
            return presences[last].comeBack(to: edge)
        }
        if let next { return cross(edge, next) }
        if let last = ahead.indices.last, let off = ahead[last].off, edge.at - off < settings.gapHold {
            return ahead[last].off = nil
        }
        if withdrawWrongWay(edge) { return }
        // A vehicle that stood between the detectors for so long that its passage was closed.
        guard owed.isEmpty else {
            owed.removeFirst()
            return
        }
        switch occupancy {
        case .unknown, .clear, .occupied, .gap: break
        case .occupiedAtStart, .stuck, .absent: return
        }
        if ahead.count >= Self.mostAhead { ahead.removeFirst() }
        ahead.append(SecondCrossing(on: edge.at, off: nil))
    }

    /// Whether the vehicle that is next in order is there: it keeps at least half the gap that it had at the passage detector.
    private func isNext(_ next: Int?, behind last: Int, _ at: Instant) -> Bool {
        guard let next, let end = presences[last].end, let off = presences[last].second?.off else { return false }
        return next > last && (at - off) * 2 >= presences[next].start - end
    }

    private mutating func leave(_ edge: Edge) {
        if let index = presences.firstIndex(where: { $0.second != nil && $0.second?.off == nil }) {
            return cross(edge, index)
        }
        guard let last = ahead.indices.last, ahead[last].off == nil else { return }
        ahead[last].off = max(edge.at, ahead[last].on)
    }

    /// What was taken for a wrong-way vehicle at the second detector was a pulse: the vehicle comes to it only now.
    private mutating func withdrawWrongWay(_ edge: Edge) -> Bool {
        let index = presences.firstIndex {
            guard $0.isWrongWay, let pulse = $0.second, let off = pulse.off else { return false }
            return (off - pulse.on) * 2 < ($0.end ?? edge.at) - $0.start
        }
        guard let index else { return false }
        presences[index].isWrongWay = false
        presences[index].flags.remove(.wrongWay)
        cross(edge, index)
        return true
    }

    /// A vehicle has come to the passage detector: it takes its crossing of the second one, if it has come by there.
    mutating func takeAhead(_ index: Int) {
        guard let second else { return }
        let start = presences[index].start
        ahead.removeAll { crossing in
            if let off = crossing.off, off - crossing.on < second.shortest { return true }
            return start - crossing.on > second.longest
        }
        owed.removeAll { start - $0 > settings.passageMax }
        for earlier in presences.indices.dropLast(second.room) { presences[earlier].miss(second.number) }
        guard !ahead.isEmpty else {
            if !second.isBehind { presences[index].miss(second.number) }
            return
        }
        let crossing = ahead.removeFirst()
        if second.isBehind {
            presences[index].isWrongWay = true
            presences[index].flags.insert(.wrongWay)
        }
        cross(Edge(detector: second.number, isOccupied: true, at: crossing.on), index)
        if let off = crossing.off {
            cross(Edge(detector: second.number, isOccupied: false, at: off), index)
        }
    }

    /// A passage is closed whose vehicle may still come to the second detector.
    mutating func owe(_ presence: Presence) {
        guard let second, second.isBehind, presence.awaits(second.number) else { return }
        if owed.count >= Self.mostAhead { owed.removeFirst() }
        owed.append(presence.start)
    }

    /// The detectors have gone: what they told of vehicles to come is worth nothing any more.
    mutating func forgetSecond() {
        ahead = []
        owed = []
        guard let second else { return }
        for index in presences.indices { presences[index].miss(second.number) }
    }
}

extension Presence {
    fileprivate func hasLeftSecond(within hold: Interval, before moment: Instant) -> Bool {
        guard let off = second?.off else { return false }
        return moment - off < hold
    }
}
