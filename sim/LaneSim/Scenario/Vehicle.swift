import Lane
import Lights

/// A vehicle that a scenario names: what it is, how it drives, which tags are in it, and what is expected of the station.
package struct Vehicle: Sendable {
    package var name: String
    package var place: SourcePlace
    /// When its front is at its lane's first detector (where there is none: at the start of the zone).
    package var at = Interval.zero
    package var drive = Drive()
    package var shape = VehicleShape.car
    package var plate = ""
    /// The first is the vehicle's own; more are beside it.
    package var tags: [TagSpec] = []
    /// What this vehicle shows, for those who watch.
    package var shows = ""
    package var expected = VehicleExpectation()

    package init(name: String, place: SourcePlace) {
        self.name = name
        self.place = place
    }
}

/// How a vehicle goes along the road.
package struct Drive: Hashable, Sendable {
    /// A halt with the front at a position.
    package struct Halt: Hashable, Sendable {
        package var at: Metres
        package var lasts: Interval

        package init(at: Metres, lasts: Interval) {
            self.at = at
            self.lasts = lasts
        }
    }

    package var lane = LaneNumber(1)
    package var speed = Speed.kilometresPerHour(60)
    /// In the order of positions. A parked car is a long halt.
    package var halts: [Halt] = []
    /// It drives on the line between its lane and this one: both lanes' detectors and antennas see it.
    package var straddles: LaneNumber?
    /// From this position of its front on it is in another lane: overtaking, or a change of lane under the gantry.
    package var changesLane: (to: LaneNumber, at: Metres)?
    package var isWrongWay = false

    package init() {}

    package static func == (a: Drive, b: Drive) -> Bool {
        a.lane == b.lane && a.speed == b.speed && a.halts == b.halts && a.straddles == b.straddles
            && a.changesLane?.to == b.changesLane?.to && a.changesLane?.at == b.changesLane?.at
            && a.isWrongWay == b.isWrongWay
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(lane)
        hasher.combine(speed)
        hasher.combine(halts)
    }
}

/// What a detector and an antenna see of a vehicle.
package struct VehicleShape: Hashable, Sendable {
    /// Parts that a detector sees, as distances behind the front, in order; gaps between them (a drawbar) it may see as well.
    package var parts: [ClosedRange<Metres>]
    /// How far behind the front its tag is: behind the windscreen.
    package var tagBehindFront: Metres

    package init(parts: [ClosedRange<Metres>], tagBehindFront: Metres) {
        precondition(!parts.isEmpty, "a vehicle has a body")
        self.parts = parts
        self.tagBehindFront = tagBehindFront
    }

    /// One body without gaps.
    package init(length: Metres, tagBehindFront: Metres) {
        self.init(parts: [Metres.zero...length], tagBehindFront: tagBehindFront)
    }

    package var length: Metres { parts[parts.count - 1].upperBound }

    /// A car: 4.5 m, its tag 1.5 m behind the front. Assumption: a common car.
    package static let car = VehicleShape(
        length: Metres(millimetres: 4_500), tagBehindFront: Metres(millimetres: 1_500))
}

/// A tag in a vehicle, and how it lies there.
package struct TagSpec: Hashable, Sendable {
    /// How well it can be heard.
    package enum Mounting: String, CaseIterable, Hashable, Sendable {
        /// Behind the mirror, as the issuer asks.
        case good
        /// In a wrong place, or askew: fewer attempts succeed (S2 4.3: wrong mounting).
        case wrong
        /// Behind a metallised windscreen: what is heard is damaged, or nothing is (S1, S2).
        case metalWindscreen
        /// Wrapped in foil, as S1 advises for a tag that is not to be charged.
        case foil
        /// Lying in the vehicle or in the post: heard as a rule, from further back.
        case loose
        /// Its battery is empty.
        case dead
    }

    /// Reads that a scenario prescribes, instead of the antenna's physics.
    package struct Script: Hashable, Sendable {
        /// The first read, from the moment the front is at the detector; before it when negative.
        package var first: Interval
        package var reads = 1
        package var every = Interval.milliseconds(60)
        /// The text arrives damaged: evidence of a tag that could not be read.
        package var isDamaged = false

        package init(first: Interval) { self.first = first }
    }

    /// What it gives to the reader, as text.
    package var text: String
    package var mounting = Mounting.good
    /// Nil: as the antenna's physics has it.
    package var script: Script?

    package init(text: String) { self.text = text }
}

/// What a scenario expects of one vehicle; what is nil is not looked at.
package struct VehicleExpectation: Sendable {
    package var outcome: Outcome?
    /// The decision that a late read revised.
    package var earlier: Outcome?
    /// The place of the head that is lit for it first; `dark`: none is.
    package var light: Aspect?
    /// The place of the head that is lit for it last; `dark`: none is.
    package var finally: Aspect?
    /// From the moment its front is at the detector until its light; on the wire widened by a stated factor.
    package var lightWithin: Interval?
    package var resultOp: UInt8?
    package var resultFin: UInt8?
    /// Names of the cameras whose photos of it are kept, sorted; empty: none.
    package var photos: [String]?
    /// Flags that have to be there, in the record's words.
    package var flags: [String]?
    /// Flags that must not be there.
    package var withoutFlags: [String]?
    /// How many passages the station makes of it; 0: it is not seen.
    package var passages: Int?
    /// The speed that the station measures, in km/h, give or take one.
    package var speed: Speed?
    /// The length that the station measures, give or take half a metre.
    package var length: Metres?
    /// Where each of them stands in the file, by the name of its key.
    package var places: [String: SourcePlace] = [:]

    package init() {}
}
