import Exchange
import Lane

/// The loop of `lanesim year`, some days of a station at a time: for those who hold it against another.
package struct FleetPace: Sendable {
    private let list: AgreementList
    private let tables: FleetTraffic.Tables
    private var station = 0

    /// - Parameter agreements: how many are on the list.
    package init(agreements: Int) throws {
        let tags = FleetTags(count: UInt64(max(agreements, FleetTags.fewest)))
        list = try tags.list()
        tables = FleetTraffic.Tables(tags: tags)
    }

    /// Lets some days of the next station pass. Gives its vehicles, and how long they took on this thread.
    package mutating func run(days: Int) -> (vehicles: Int, took: Interval) {
        let start = StageClock.now()
        var year = StationYear(FleetStation(station, seed: 1), days: days, tables)
        station += 1
        while !year.isOver {
            for stage in StationYear.Stage.allCases where stage != .chain { year.run(stage, list) }
        }
        return (year.vehicles, StageClock.now() - start)
    }
}
