import Lane

/// The way of one vehicle: where it is along the lanes at each moment, and in which of them.
///
/// The positions of all lanes are taken to be one scale. A vehicle that changes lanes follows its front like a train: each part of it
/// is in the other lane from the same position on.
package struct Course: Hashable, Sendable {
    /// In positions of its own way.
    package let trajectory: Trajectory
    package let shape: VehicleShape
    package let isWrongWay: Bool
    private let lane: LaneNumber
    private let straddles: LaneNumber?
    private let newLane: LaneNumber?
    /// From this position of its own way on it is in `newLane`.
    private let changesAt: Metres

    /// - Parameter anchor: a position of the lane, where the front is at this moment.
    package init(_ drive: Drive, _ shape: VehicleShape, through anchor: Metres, at moment: Interval) {
        let turn: (Metres) -> Metres = { drive.isWrongWay ? .zero - $0 : $0 }
        self.shape = shape
        isWrongWay = drive.isWrongWay
        lane = drive.lane
        straddles = drive.straddles
        newLane = drive.changesLane?.to
        changesAt = turn(drive.changesLane?.at ?? .zero)
        trajectory = Trajectory(
            speed: drive.speed, through: turn(anchor), at: moment,
            halts: drive.halts.map { Drive.Halt(at: turn($0.at), lasts: $0.lasts) })
    }

    /// A position of the lane as one of the vehicle's own way, and back: mirrored when it drives the wrong way.
    package func way(_ position: Metres) -> Metres { isWrongWay ? .zero - position : position }

    /// The lanes that have something at a position of its way under or over the vehicle: its own first.
    package func lanes(at way: Metres) -> [LaneNumber] {
        if let newLane, way >= changesAt { return [newLane] }
        return [lane] + (straddles.map { [$0] } ?? [])
    }

    /// All lanes that it is ever in.
    package var everIn: [LaneNumber] { [lane] + [straddles, newLane].compactMap { $0 } }

    /// Whether a lane has it at a position of its way.
    package func isIn(_ other: LaneNumber, at way: Metres) -> Bool {
        if let newLane, way >= changesAt { return other == newLane }
        return other == lane || other == straddles
    }

    /// Where its front is along the lane.
    package func front(at moment: Interval) -> Metres { way(trajectory.position(at: moment)) }

    /// Where its rear is along the lane.
    package func rear(at moment: Interval) -> Metres { way(trajectory.position(at: moment) - shape.length) }

    /// When the point so far behind its front is at a position of the lane.
    package func moment(at position: Metres, behindFront: Metres = .zero) -> Interval {
        trajectory.moment(at: way(position) + behindFront)
    }

    /// When a detector's line at a position of the lane is under each of its parts, from and until.
    package func covers(_ position: Metres) -> [Range<Interval>] {
        shape.parts.map {
            moment(at: position, behindFront: $0.lowerBound)..<moment(at: position, behindFront: $0.upperBound)
        }
    }

    /// When a point so far behind its front comes into a stretch of the lane, and when it leaves it.
    package func stays(in stretch: ClosedRange<Metres>, behindFront: Metres) -> ClosedRange<Interval> {
        let ends = [way(stretch.lowerBound), way(stretch.upperBound)].sorted()
        let comes = trajectory.moment(at: ends[0] + behindFront)
        return comes...max(comes, trajectory.departure(from: ends[1] + behindFront))
    }

    /// The positions of its way at which something about it changes: it halts, or is in another lane.
    package var turningPoints: [Metres] { trajectory.halts + (laneChange.map { [$0] } ?? []) }

    /// From this position of its way on it is in another lane.
    package var laneChange: Metres? { newLane == nil ? nil : changesAt }
}
