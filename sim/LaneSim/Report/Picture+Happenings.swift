import Lane
import Station

extension Picture {
    /// A line or a span over all lanes of a panel, with its words.
    struct Happening {
        var from: Interval
        var until: Interval?
        var words: String
        var isFault = false
        /// Whose it is; nil: everybody's.
        var lanes: [LaneNumber]?
    }

    /// Faults, lists, and what the station wrote of itself, in the order of time.
    static func happenings(of run: Run) -> [Happening] {
        let faults = run.scenario.faults.map { fault in
            Happening(
                from: fault.at, until: fault.lasts.map { fault.at + $0 } ?? Self.end(of: fault, run),
                words: fault.deed.words,
                isFault: true, lanes: lanes(of: fault.deed, run.scenario.site.configuration))
        }
        let lists = run.scenario.lists.filter { $0.at > .zero }.map { Happening(from: $0.at, words: "list published") }
        let events = run.observation.records.compactMap { record in
            Self.words(record).map {
                let lanes = record.fields.lane.map { [LaneNumber($0)] }
                return Happening(from: record.at, words: $0, lanes: lanes)
            }
        }
        return (faults + lists + events).enumerated().sorted {
            ($0.element.from, $0.offset) < ($1.element.from, $1.offset)
        }
        .map(\.element)
    }

    /// The lanes whose device it is about.
    private static func lanes(of deed: Fault.Deed, _ site: StationConfiguration) -> [LaneNumber]? {
        switch deed.subject {
        case .reader(let name):
            site.antennas.filter { site.readers[$0.reader].settings.name == name }.map(\.lane)
        case .camera(let name): site.cameras.filter { $0.section.name == name }.map(\.section.lane)
        case .detector(let name): site.detectors.filter { $0.name == name }.map(\.lane)
        case .lines, .central, .disk, .files, .clock, .program: nil
        }
    }

    /// One that lasts for good, or is over in a moment.
    private static func end(of fault: Fault, _ run: Run) -> Interval? {
        fault.deed.isMomentary ? nil : run.scenario.limit
    }

    private static func words(_ record: Observation.SealedLine) -> String? {
        let fields = record.fields
        switch (fields.type, fields.event) {
        case ("event", "start"): return "station starts"
        case ("event", "stop"): return "station stops"
        case ("event", "listInForce"):
            return fields.list.map { "list \($0.epoch).\($0.version) in force" } ?? "list in force"
        case ("event", "clockStep"): return "clock stepped"
        case ("event", _): return fields.alarm.map { "alarm \($0) \(fields.set == false ? "over" : "set")" }
        case ("gap", _): return "gap"
        case ("strayRead", _): return "stray read"
        default: return nil
        }
    }
}
