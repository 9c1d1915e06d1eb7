/// Where things are along a lane, in metres in the direction of travel from the named detector (position 0).
///
///      travel ─▶        antenna zone                decideAt      light head
///      ───────────[zoneStart ════╪════ zoneEnd]────────┊──────────────◆────────
///                                0 = passage detector
///
/// Every window of the lane follows from these positions and the speed range.
package struct LaneGeometry: Hashable, Sendable {
    /// A detector and where its line is.
    package struct Detector: Hashable, Sendable {
        package let name: String
        package let position: Metres
        package init(name: String, position: Metres) {
            self.name = name
            self.position = position
        }
    }

    /// A camera and what triggers it.
    package struct Camera: Hashable, Sendable {
        /// Which end of the vehicle passes the trigger line.
        package enum Moment: UInt8, Hashable, Sendable {
            /// The leading edge: a camera that sees the front plate.
            case leadingEdge
            /// The trailing edge: a camera that sees the rear plate.
            case trailingEdge
        }
        package let name: String
        package let detector: DetectorNumber
        package let moment: Moment
        /// Time after the edge, 0 or more.
        package let delay: Interval
        package init(name: String, detector: DetectorNumber, moment: Moment, delay: Interval) {
            self.name = name
            self.detector = detector
            self.moment = moment
            self.delay = delay
        }
    }

    /// Where a tag can be read.
    package var zoneStart: Metres
    package var zoneEnd: Metres
    /// Empty: the lane has no detector, reads alone open passages. The first one names the time of a passage.
    package var detectors: [Detector]
    package var cameras: [Camera]
    /// Where the front of the fastest vehicle is when *no tag* is decided: before the front camera's trigger line.
    package var decideAt: Metres
    package var head: Metres
    package var slowest: Speed
    package var fastest: Speed
    /// How far behind the vehicle's front its tag may be.
    package var tagBehindFront: Metres
    /// The shortest vehicle with the gap behind it: nearer than this no second vehicle's tag can be.
    package var shortestVehicle: Metres

    package init(
        zoneStart: Metres, zoneEnd: Metres, detectors: [Detector], cameras: [Camera], decideAt: Metres, head: Metres,
        slowest: Speed, fastest: Speed, tagBehindFront: Metres = Metres(millimetres: 2_500),
        shortestVehicle: Metres = Metres(millimetres: 2_500)
    ) {
        self.zoneStart = zoneStart
        self.zoneEnd = zoneEnd
        self.detectors = detectors
        self.cameras = cameras
        self.decideAt = decideAt
        self.head = head
        self.slowest = slowest
        self.fastest = fastest
        self.tagBehindFront = tagBehindFront
        self.shortestVehicle = shortestVehicle
    }
}
