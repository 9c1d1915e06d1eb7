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
        /// It reports an error of its own (`Error06`).
        case readerErrors(String)
        /// Random bytes on the line, once.
        case readerNoise(String, bytes: Int)
        /// Nothing but random bytes, for as long as the fault lasts.
        case readerBabbles(String)
        /// A bit is flipped in each of the next frames.
        case framesDamaged(String, count: Int)
        case framesCut(String, count: Int)
        case framesLost(String, count: Int)
        /// The next frames lose their end marks: each is joined to what comes after.
        case framesJoined(String, count: Int)
        /// Each of the next frames comes twice.
        case framesRepeated(String, count: Int)
        /// Each of the next frames comes only with the one after it.
        case framesLate(String, count: Int)
        /// Stays occupied, or free, whatever drives over it.
        case detectorStuck(String, isOccupied: Bool)
        /// Each edge comes as so many, this far apart.
        case detectorBounces(String, times: Int, every: Interval)
        /// Lamps and detectors cannot be reached.
        case linesAway
        /// The lines' driver says so much that nobody understands.
        case linesGarbled(count: Int)
        /// Answers this much later.
        case cameraSlow(String, by: Interval)
        case cameraSilent(String)
        case cameraRefuses(String)
        case cameraSendsRubbish(String)
        /// The central server cannot be reached.
        case centralAway
        /// It answers 503.
        case centralBusy
        /// Connections hang: no question arrives, and no answer comes until the station gives up.
        case networkHangs
        /// Questions arrive, and their answers are lost.
        case answersLost
        /// Each question arrives twice; the second answer comes back.
        case questionsRepeated
        /// The station has given up when its question arrives.
        case questionsLate
        /// What answers is something else, or it answers for another journal.
        case answersWrong
        /// It was restored from a backup: so many records of the station's journal are gone there.
        case centralWentBack(records: Int)
        /// It has one record more than the station, as when the station's disk was restored.
        case centralAhead
        /// It rejects the first record of each batch.
        case recordsRejected
        /// Each answer takes this much longer.
        case networkSlow(by: Interval)
        /// Each commit takes this much longer.
        case diskSlow(by: Interval)
        /// Commits fail.
        case diskFull
        /// Commits and photos fail with I/O errors.
        case diskFails
        /// Civil time jumps by this much; it may be negative.
        case clockSteps(by: Interval)
        /// Civil time gains this much a day, or loses it; set right when the fault ends.
        case clockDrifts(by: Interval)
        /// Nobody vouches for the civil time.
        case clockNotGood
        /// Killed from one moment to the next, and started again when the fault ends.
        case killed(Program)
        /// The station is killed between two effects of what happens: so many more are carried out.
        case killedMidway(after: Int)
        /// The station's computer loses its power at one of the disk's calls, after so many more; the disk keeps, loses or tears what was
        /// not synced. Everything else keeps its power.
        case powerCut(after: Int)
        /// The station's process stands still: what happens meanwhile waits in its ports and lines.
        case stoodStill
        /// Stopped in order, and started again when the fault ends.
        case stopped(Program)
        /// The station is stopped in order, one of its files is damaged, and it is started again.
        case fileDamaged(StateFile, FileDamage)
        /// Stopped in order, and started again with another of its site's configurations.
        case reconfigured(Int)
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
