import Exchange
import Lane

/// The lane that every station of the fleet has, in as many copies as it needs.
enum FleetLane {
    static let zoneStart = Metres(millimetres: -6_000)
    static let zoneEnd = Metres(millimetres: 1_000)
    /// From the start of the zone to the detector.
    static let approach = Metres(millimetres: 6_000)
    /// The shortest gap in front of a vehicle, in length and in time. Assumption.
    static let shortestGap = Metres(millimetres: 2_000)
    static let shortestHeadway = Interval.milliseconds(400)
    /// How long after a vehicle a stray tag is heard.
    static let strayBehind = Interval.milliseconds(900)

    /// The antenna of the scenarios, with a longer pause after a report: a reader of several antennas polls them in turn, and a
    /// commit on flash stands between a message and its acknowledgement. Assumption: 120 ms, two reads of a tag at 90 km/h.
    static let field: AntennaField = {
        var field = AntennaField()
        field.reportsEvery = .milliseconds(120)
        return field
    }()

    /// As the example configuration has it.
    static func settings(_ number: Int) -> LaneSettings {
        let detector = DetectorNumber(0)
        let cameras: [LaneGeometry.Camera] = [
            .init(name: "front\(number)", detector: detector, moment: .leadingEdge, delay: .milliseconds(60)),
            .init(name: "rear\(number)", detector: detector, moment: .trailingEdge, delay: .milliseconds(20)),
        ]
        let geometry = LaneGeometry(
            zoneStart: zoneStart, zoneEnd: zoneEnd, detectors: [.init(name: "loop\(number)", position: .zero)],
            cameras: cameras, decideAt: Metres(millimetres: 2_000), head: Metres(millimetres: 15_000),
            slowest: .kilometresPerHour(5), fastest: .kilometresPerHour(160))
        return LaneSettings(lane: LaneNumber(UInt8(number)), geometry: geometry)
    }

    /// What the records of a station have in common.
    static func context(_ station: FleetStation, _ lanes: [LaneSettings]) -> RecordContext {
        var antennas: [AntennaNumber: String] = [:]
        var names: [LaneNumber: RecordContext.LaneNames] = [:]
        for settings in lanes {
            antennas[antenna(of: settings.lane)] = "antenna\(settings.lane.number)"
            names[settings.lane] = RecordContext.LaneNames(of: settings.geometry)
        }
        return RecordContext(
            station: StationID(station.number), journal: JournalID(high: station.seed, low: UInt64(station.number)),
            boot: "00000000-0000-4000-8000-000000000000", configuration: Digest(of: Array("fleet".utf8)),
            profile: "bergen", list: FleetYear.listName, antennas: antennas, lanes: names)
    }

    /// Each lane has one antenna, of its own number.
    static func antenna(of lane: LaneNumber) -> AntennaNumber { AntennaNumber(lane.number) }
}

/// The year of the fleet on both clocks.
enum FleetYear {
    static let listName = "agreements"
    /// The first moment: the computers of all stations started a day ago.
    static let begin = Instant(nanoseconds: Interval.days(1).nanoseconds)
    /// 2026-01-01T00:00:00Z, a Thursday.
    static let start = UTC(milliseconds: 1_767_225_600_000)

    static func utc(at instant: Instant) -> UTC {
        UTC(milliseconds: start.milliseconds + (instant - begin).milliseconds)
    }
}

extension UTC {
    /// So many days later.
    func plus(days: Int64) -> UTC { UTC(milliseconds: milliseconds + Interval.days(days).milliseconds) }
}
