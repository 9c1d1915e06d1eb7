import Lane

/// Why a scenario cannot happen on any road.
package struct RoadError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Cause: Hashable, Sendable {
        /// Two vehicles are in the same place: the second one's name, the other's, and where along which lane.
        case twoInOnePlace(String, String, lane: LaneNumber, at: Metres, moment: Interval)
        /// A vehicle or traffic drives in a lane that the station does not have.
        case noSuchLane(String, LaneNumber)
        /// More vehicles than `RoadPlan.mostVehicles` come from traffic.
        case tooManyVehicles(most: Int)
        /// More happens than `RoadPlan.mostEvents`.
        case tooManyEvents(most: Int)
        /// The site's tag texts have no room for so many different tags.
        case tagsUsedUp(most: Int)
    }

    /// The section of the scenario file that asks for it.
    package let place: SourcePlace
    package let cause: Cause

    package init(_ place: SourcePlace, _ cause: Cause) {
        self.place = place
        self.cause = cause
    }

    /// What is wrong and what helps, without the place.
    package var text: String {
        switch cause {
        case .twoInOnePlace(let second, let first, let lane, let position, let moment):
            "vehicle \(second) drives through vehicle \(first) in lane \(lane.number), \(position.millimetres) mm from the "
                + "detector, after \(moment.milliseconds) ms; let it come later, or in another lane"
        case .noSuchLane(let name, let lane):
            "\(name) drives in lane \(lane.number), which the station does not have; add the lane, or name another"
        case .tooManyVehicles(let most):
            "traffic makes more than \(most) vehicles; let it end sooner, or be less dense"
        case .tooManyEvents(let most):
            "more than \(most) edges and reads happen on the road; let traffic end sooner, or split the scenario"
        case .tagsUsedUp(let most):
            "the reader's tagText has room for \(most) different tags, and traffic needs more; let it end sooner, or "
                + "use a longer number"
        }
    }

    package var description: String { "\(place): \(text)" }
}
