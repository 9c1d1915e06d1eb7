import Lane

/// Two vehicles in the same place: what no road can show.
package struct Collision: Hashable, Sendable {
    package let lane: LaneNumber
    package let at: Metres
    package let moment: Interval

    /// Where two vehicles meet in a stretch of the road; nil where they keep clear of each other by a time.
    ///
    /// They are in each other's way where they are in the same lane, or on the same line between lanes. One that straddles may be
    /// beside one that does not. Between two positions at which one of them halts or changes lanes both times are straight lines, so
    /// that it is enough to look at these.
    package static func between(
        _ a: Course, _ b: Course, in stretch: ClosedRange<Metres>, clear: Interval = .zero
    ) -> Collision? {
        guard a.presence(in: stretch, clear: clear).overlaps(b.presence(in: stretch, clear: clear)) else { return nil }
        var wasAhead: Bool?
        for position in positions(a, b, in: stretch) {
            let lanes = a.lanes(at: a.way(position)).sorted()
            guard lanes == b.lanes(at: b.way(position)).sorted() else {
                wasAhead = nil
                continue
            }
            let (first, second) = (a.occupies(position), b.occupies(position))
            let isAhead = first.upperBound + clear <= second.lowerBound
            let isBehind = second.upperBound + clear <= first.lowerBound
            if !isAhead && !isBehind || wasAhead.map({ $0 != isAhead }) == true {
                return Collision(lane: lanes[0], at: position, moment: max(first.lowerBound, second.lowerBound))
            }
            wasAhead = isAhead
        }
        return nil
    }

    private static func positions(_ a: Course, _ b: Course, in stretch: ClosedRange<Metres>) -> [Metres] {
        let step = Metres(millimetres: 1)
        let turns = [a, b].flatMap { course in
            course.turningPoints.flatMap { [$0, $0 - course.shape.length] }.flatMap { [$0 - step, $0, $0 + step] }
                .map { course.way($0) }
        }
        return (turns.filter { stretch.contains($0) } + [stretch.lowerBound, stretch.upperBound]).sorted()
    }
}

extension Course {
    /// From its front's arrival at a position until its rear has left it.
    package func occupies(_ position: Metres) -> Range<Interval> {
        let comes = moment(at: position)
        return comes..<max(comes, moment(at: position, behindFront: shape.length))
    }

    /// The time in which any part of it is in a stretch, longer by a time at its end.
    package func presence(in stretch: ClosedRange<Metres>, clear: Interval = .zero) -> ClosedRange<Interval> {
        let stay = stays(in: stretch, behindFront: .zero)
        let end = stays(in: stretch, behindFront: shape.length).upperBound
        return stay.lowerBound...max(stay.upperBound, end) + clear
    }
}
