import Lane
import Station

/// What a scenario file says, as values: the station, the agreements, who drives, what goes wrong, and what is expected.
///
/// Times are counted from the scenario's first moment. `Road` makes of it what happens on the road, `World` or `Wire` lets the
/// station meet it, `Verdict` holds the expectations against what came out.
package struct Scenario: Sendable {
    /// The file's name without `.lane`; reports and digests carry it.
    package var name: String
    /// The path as it was given: with `--seed` it repeats the run.
    package var path: String
    /// One line for people: what this scenario shows.
    package var shows = ""
    /// Where it comes from: a seed, a row of the facts, a rule of the lane, something that happened.
    package var source = ""
    /// What chance follows from, unless the command names another.
    package var seed: UInt64 = 1
    /// Civil time at the first moment. A Monday morning.
    package var startsAt = UTC(milliseconds: 1_767_592_800_000)
    /// A scenario that has not come to rest by then has failed.
    package var limit = Interval.hours(1)
    /// Where the file says it; nil: it does not.
    package var limitPlace: SourcePlace?
    /// How long a certificate is good that the authority gives the station; nil: it has none.
    package var certificateLife: Interval?
    /// The station that meets it, and the text it was made of.
    package var site: Site
    package var antenna = AntennaField()
    package var agreements: [AgreementSpec] = []
    /// The lists that the central server publishes, in the order of their moments; empty: there is no list at all.
    package var lists: [PublishedList] = []
    /// In the order of the file.
    package var vehicles: [Vehicle] = []
    package var traffic: [Traffic] = []
    package var faults: [Fault] = []
    package var expectations: [Expectation] = []

    package init(name: String, path: String, site: Site) {
        self.name = name
        self.path = path
        self.site = site
    }
}

/// A station's configuration as a scenario has it: a site file, with what the scenario says otherwise.
package struct Site: Sendable {
    package var configuration: StationConfiguration
    /// The whole configuration as a file that `station run` takes; the wire adds ports, sockets and addresses of its own.
    package var text: String
    /// Other configurations of the same readers, detectors and lanes, which the station may be started with later.
    package var others: [StationConfiguration] = []

    /// All that the station may be started with, by their numbers; it begins with 0.
    package var configurations: [StationConfiguration] { [configuration] + others }

    package init(configuration: StationConfiguration, text: String) {
        self.configuration = configuration
        self.text = text
    }
}

/// Where something stands in a scenario file: `morning.lane:12:9`.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    package var position: TextPosition

    package init(file: String, position: TextPosition) {
        self.file = file
        self.position = position
    }

    package var description: String { "\(file):\(position.line):\(position.column)" }
}
