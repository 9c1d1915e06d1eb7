import Exchange
import Lane
import Lights
import Station

/// What came out of a run, of virtual time or of real processes: what the station wrote, showed and delivered.
///
/// Times are counted from the scenario's first moment.
package struct Observation: Sendable {
    /// A sealed record, as it was written and as it reads.
    package struct SealedLine: Sendable {
        package var line: RecordLine
        package var fields: RecordFields
        /// When its subject began (a passage's leading edge), from the scenario's first moment.
        package var at: Interval

        package init(line: RecordLine, fields: RecordFields, at: Interval) {
            self.line = line
            self.fields = fields
            self.at = at
        }
    }

    /// A head was told to show this.
    package struct Lamp: Hashable, Sendable {
        package var at: Interval
        package var lane: LaneNumber
        package var aspect: Aspect

        package init(at: Interval, lane: LaneNumber, aspect: Aspect) {
            self.at = at
            self.lane = lane
            self.aspect = aspect
        }
    }

    /// A camera was asked for a photo.
    package struct Capture: Hashable, Sendable {
        package var at: Interval
        package var lane: LaneNumber
        /// Its name in the configuration.
        package var camera: String

        package init(at: Interval, lane: LaneNumber, camera: String) {
            self.at = at
            self.lane = lane
            self.camera = camera
        }
    }

    /// A time in which a program could not do its part: from its fault until everything works as it should again.
    package struct Downtime: Hashable, Sendable {
        package var program: Fault.Program
        package var from: Interval
        /// Nil: it did not come back.
        package var to: Interval?

        package init(program: Fault.Program, from: Interval, to: Interval? = nil) {
            self.program = program
            self.from = from
            self.to = to
        }
    }

    /// A line of the station's log.
    package struct Logged: Sendable {
        package var at: Interval
        package var entry: LogEntry

        package init(at: Interval, entry: LogEntry) {
            self.at = at
            self.entry = entry
        }
    }

    /// Every record of the station's journals, in their order; after a new journal has begun its records follow.
    package var records: [SealedLine] = []
    /// Records that stand in a salvaged journal and not so in `records`: nobody had sealed them before.
    package var salvaged: [SealedLine] = []
    /// What the central server has, in its order.
    package var atCentral: [RecordLine] = []
    package var lamps: [Lamp] = []
    package var captures: [Capture] = []
    /// Digests of the photos that the central server has.
    package var photosAtCentral: [Digest] = []
    /// Photos that still lie on the station's disk.
    package var photosLeft = 0
    /// Vehicles of these times may have been seen late, in part or not at all, unless it was the central server that was down.
    package var downtimes: [Downtime] = []
    /// When nothing was left to do; nil: the limit came first.
    package var restedAt: Interval?
    /// Why the run was not what it should be, for people: not drained, a broken chain, a program that ended.
    package var troubles: [String] = []
    /// What the station logged, in virtual time only.
    package var log: [Logged] = []
    /// How many events the run took, in virtual time only.
    package var events = 0
    /// How large everything was, day by day, in virtual time and where it was asked for.
    var soak: [SoakSample] = []
    /// What the world itself saw, in virtual time only.
    var witness = Witness()

    package init() {}
}
