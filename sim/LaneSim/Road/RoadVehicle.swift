import Lane

/// A vehicle as it is, whatever the station makes of it.
package struct RoadVehicle: Sendable {
    /// Its place in `RoadPlan.vehicles`.
    package var number: Int
    /// Its name in the scenario, or the traffic's with a count: `morning.17`.
    package var name: String
    /// Its place in `Scenario.vehicles`; nil when it comes from traffic.
    package var scripted: Int?
    /// The lane whose passage detector it drives over; of one that straddles, its own.
    package var lane: LaneNumber
    /// The other lane that sees it.
    package var alsoIn: LaneNumber?
    /// When its front is at the passage detector, or at the start of the zone where there is none.
    package var at: Interval
    /// When its rear leaves the passage detector.
    package var leaves: Interval
    package var speed: Speed
    package var length: Metres
    package var isWrongWay = false
    package var plate = ""
    package var tags: [RoadTag] = []
    /// Its way along the road: where it is at each moment.
    package var course: Course

    /// A car or the like that drives straight on, its front at position 0 at `at`.
    package init(
        number: Int, name: String, lane: LaneNumber, at: Interval, leaves: Interval, speed: Speed, length: Metres
    ) {
        self.number = number
        self.name = name
        self.lane = lane
        self.at = at
        self.leaves = leaves
        self.speed = speed
        self.length = length
        var drive = Drive()
        drive.lane = lane
        drive.speed = speed
        let shape = VehicleShape(length: length, tagBehindFront: VehicleShape.car.tagBehindFront)
        course = Course(drive, shape, through: .zero, at: at)
    }
}

/// A tag on the road.
package struct RoadTag: Hashable, Sendable {
    package var text: String
    package var mounting: TagSpec.Mounting
    /// How many whole reads of it a reader of its own lane was given.
    package var heard = 0
    /// How many reads were heard by the antenna of a lane in which it was not.
    package var leaked = 0
    /// How many came damaged.
    package var damaged = 0

    package init(text: String, mounting: TagSpec.Mounting) {
        self.text = text
        self.mounting = mounting
    }
}
