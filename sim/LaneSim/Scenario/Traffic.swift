import Lane

/// Vehicles that nobody names: a stream in one lane, drawn from the seed.
package struct Traffic: Sendable {
    /// How vehicles follow each other.
    package enum Arrivals: String, CaseIterable, Hashable, Sendable {
        /// Independent of each other, never nearer than `headway`.
        case poisson
        /// In groups that follow each other at `headway`.
        case platoons
    }

    /// A part of all vehicles that has something in common.
    package struct Share: Hashable, Sendable {
        /// Of a million.
        package var partsPerMillion: Int
        package init(partsPerMillion: Int) { self.partsPerMillion = partsPerMillion }
        package static func percent(_ n: Int) -> Share { Share(partsPerMillion: n * 10_000) }
    }

    package var name: String
    package var place: SourcePlace
    package var lane = LaneNumber(1)
    package var from = Interval.zero
    package var until = Interval.hours(1)
    /// Vehicles an hour on average, where no curve says otherwise.
    package var perHour = 600
    /// Vehicles in each hour of a day, from midnight UTC; repeats. Empty: `perHour` throughout.
    package var curve: [Int] = []
    package var arrivals = Arrivals.poisson
    /// How many in a platoon at the most.
    package var platoon = 8
    /// From the rear of one to the front of the next, at the least.
    package var headway = Interval.milliseconds(500)
    /// Mean speed; drawn by an integer table around it.
    package var speed = Speed.kilometresPerHour(80)
    /// Half of the width of that table, in percent of the mean.
    package var spread = 20
    /// Vehicles with a tag that can be read (tolling facts §7: 71 %).
    package var tagged = Share.percent(71)
    /// Of all: a tag is there and fails (tolling facts §7, assumed 1 %).
    package var failing = Share.percent(1)
    /// Of the tagged: not approved (blocked, or on no list). Assumption.
    package var refused = Share.percent(2)
    /// Of the tagged: a second tag lies in the vehicle. Assumption.
    package var secondTag = Share(partsPerMillion: 5_000)
    package var lorries = Share.percent(12)
    package var motorcycles = Share.percent(1)
    package var trailers = Share.percent(3)
    package var straddling = Share(partsPerMillion: 0)

    package init(name: String, place: SourcePlace) {
        self.name = name
        self.place = place
    }
}

/// What an antenna does: how often it tries, how well a tag answers, and what it hears of its neighbours.
///
/// All chances are assumptions, chosen so that at 160 km/h (design load, tolling facts §7) a sound tag is read with more than the
/// 99.9 % of §7 in the zone of `hardware/station.conf` (7 m: 8 attempts, seldom 7; all fail in one of 10 000 passages).
package struct AntennaField: Hashable, Sendable {
    /// Time between two attempts to read. Assumption.
    package var every = Interval.milliseconds(20)
    /// A tag that goes on answering is reported again after this. A message takes 42 ms on a line of 9600 baud and its
    /// acknowledgement 7 ms (reader facts §1); the rest is an assumption.
    package var reportsEvery = Interval.milliseconds(60)
    /// After so many reports a tag that stays in the zone is reported once in `reportsStanding`. Assumption: 16, which is a second.
    package var reportsMoving = 16
    /// How often a tag that stands in the zone is reported, so that a parked car does not fill the line. Assumption.
    package var reportsStanding = Interval.seconds(1)
    /// Of a million attempts, how many succeed while a tag is in the zone, by how it is mounted.
    package var good = 700_000
    package var wrong = 60_000
    package var loose = 250_000
    /// Behind a metallised windscreen: attempts that are heard at all; what is heard is damaged.
    package var metalWindscreen = 60_000
    /// How much further back than the vehicle's own place a loose tag lies: on the seat instead of behind the mirror. Assumption.
    package var looseBehind = Metres(millimetres: 1_000)
    /// Of a million attempts of an antenna while a sound tag is in the zone of a neighbouring lane, how many hear it.
    /// A tag that answers its own antenna less is heard less here too.
    package var leak = 0

    package init() {}

    /// Of a million attempts at a tag in the antenna's own zone, how many hear it.
    package func heard(_ mounting: TagSpec.Mounting) -> Int {
        switch mounting {
        case .good: good
        case .wrong: wrong
        case .loose: loose
        case .metalWindscreen: metalWindscreen
        case .foil, .dead: 0
        }
    }

    /// Of a million attempts at a tag in a neighbour's zone, how many hear it.
    package func leaks(_ mounting: TagSpec.Mounting) -> Int { good > 0 ? heard(mounting) * leak / good : 0 }
}
