/// Everything a lane is told by configuration.
package struct LaneSettings: Hashable, Sendable {
    package let lane: LaneNumber
    package var geometry: LaneGeometry
    /// A gap in the detector shorter than this, without a new tag, is one vehicle with a trailer. 0 to 2 s.
    package var gapHold = Interval.milliseconds(150)
    /// How long the reader takes from the air to our line at the most (a frame of 42 ms at 9600 baud, repeated once). 0 to 2 s.
    package var readerDelay = Interval.milliseconds(100)
    /// A tag that has decided a vehicle decides no other within this, in whatever lane. 0 to 60 s.
    package var crossLane = Interval.seconds(5)
    /// A tag that other lanes may hear decides no earlier than this after the first word of it, unless it was heard twice, and here
    /// alone; *no tag* is decided at `decideAt` all the same. As long as `readerDelay`: by then each reader has told what it heard
    /// at that moment. 0: no arbitration. 0 to 500 ms.
    package var arbitration = Interval.milliseconds(100)
    /// The lane's readers tell every read of a tag, not only the first: how often it was heard is then evidence of whose it is.
    package var readersTellRepeats = false
    /// A detector that stays occupied this long while other tags come and go is stuck. 10 s to 1 h.
    package var stuckAfter = Interval.minutes(5)
    /// A passage is closed after this, vehicle or not, so that it holds nothing back. 5 s to 5 min.
    package var passageMax = Interval.seconds(30)
    /// Photograph a vehicle in which a tag that is not approved lies beside the one that decided.
    package var photographDeniedBeside = true
    /// Photograph a tagged vehicle that could not be judged.
    package var photographUnjudged = false

    package init(lane: LaneNumber, geometry: LaneGeometry) {
        self.lane = lane
        self.geometry = geometry
    }
}
