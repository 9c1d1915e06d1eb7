import Lane

/// Something that goes wrong in a scenario, from a moment on, for a while or for good.
package struct Fault: Sendable {
    package var name: String
    package var place: SourcePlace
    package var at: Interval
    /// Nil: it lasts to the end, or is over in a moment.
    package var lasts: Interval?
    package var deed: Deed

    package init(name: String, place: SourcePlace, at: Interval, lasts: Interval? = nil, deed: Deed) {
        self.name = name
        self.place = place
        self.at = at
        self.lasts = lasts
        self.deed = deed
    }

    /// What it is. Devices are named as the configuration names them.
    package enum Deed: Hashable, Sendable {
        /// The adapter is pulled out, and put back when the fault ends.
        case readerUnplugged(String)
        /// The reader has no power; its memory is empty when it comes back.
        case readerWithoutPower(String)
        case readerReboots(String)
        /// Random bytes on the line, once.
        case readerNoise(String, bytes: Int)
        /// Nothing but random bytes, for as long as the fault lasts.
        case readerBabbles(String)
        /// A bit is flipped in each of the next frames.
        case framesDamaged(String, count: Int)
        case framesCut(String, count: Int)
        case framesLost(String, count: Int)
        /// Stays occupied, or free, whatever drives over it.
        case detectorStuck(String, isOccupied: Bool)
        /// Each edge comes as so many, this far apart.
        case detectorBounces(String, times: Int, every: Interval)
        /// Lamps and detectors cannot be reached.
        case linesAway
        /// Answers this much later.
        case cameraSlow(String, by: Interval)
        case cameraSilent(String)
        case cameraRefuses(String)
        case cameraSendsRubbish(String)
        /// The central server cannot be reached.
        case centralAway
        /// It answers 503.
        case centralBusy
        /// Each answer takes this much longer.
        case networkSlow(by: Interval)
        /// Each commit takes this much longer.
        case diskSlow(by: Interval)
        /// Commits fail.
        case diskFull
        /// Civil time jumps by this much; it may be negative.
        case clockSteps(by: Interval)
        /// Nobody vouches for the civil time.
        case clockNotGood
        /// Killed from one moment to the next, and started again when the fault ends.
        case killed(Program)
        /// Stopped in order, and started again when the fault ends.
        case stopped(Program)
    }

    /// One of the programs that run beside each other on the wire.
    package enum Program: String, CaseIterable, Hashable, Sendable {
        case station
        case central
        case devices

        /// What people call it.
        package var words: String {
            switch self {
            case .station: "the station"
            case .central: "the central server"
            case .devices: "the devices"
            }
        }
    }
}
