import Devices
import Exchange
import Glibc
import Lane

/// Many stations, each for so many days: which, and on how many threads.
struct Fleet: Sendable {
    /// What the command says.
    struct Settings: Hashable, Sendable {
        /// Bounds that keep a mistyped number from running for a month.
        static let mostStations = 10_000
        static let mostDays = 3_660
        /// More threads than any computer at a desk has processors.
        static let mostThreads = 256

        var stations = 344
        var days = 365
        var seed: UInt64 = 1
        var threads = 1
        var isChained = false
        /// Agreements on the list: what Norway and its neighbours have.
        var agreements: UInt64 = 4_000_000
    }

    /// How far a run is.
    struct Progress: Sendable {
        let vehicles: Int
        /// What the mean day of the stations lets expect.
        let expected: Int
        let took: Interval
    }

    /// Between two looks at how far it is.
    private static let look = Interval.milliseconds(50)

    let settings: Settings
    private let list: AgreementList
    private let tables: FleetTraffic.Tables
    private let stations: [FleetStation]

    init(_ settings: Settings) throws {
        self.settings = settings
        let tags = FleetTags(count: settings.agreements)
        list = try tags.list()
        tables = FleetTraffic.Tables(tags: tags)
        stations = (0..<settings.stations).map { FleetStation($0, seed: settings.seed) }
    }

    /// Runs all of it, and says from time to time how far it is.
    ///
    /// A station is one piece of work with a seed of its own, and what stations came to is put together in their order: the result is
    /// the same for any number of threads.
    func run(_ progress: (Progress) -> Void) -> FleetResult {
        let desk = FleetDesk(stations: stations.count)
        let start = StageClock.now()
        let worked = StageClock.processTime()
        let expected = stations.reduce(0) { $0 + Int($1.perDay) } * settings.days
        var threads: [FleetThread] = []
        for _ in 0..<min(settings.threads, stations.count) { threads.append(FleetThread { work(desk) }) }
        while !desk.isDone {
            usleep(UInt32(Self.look.nanoseconds / 1_000))
            progress(Progress(vehicles: desk.vehicles, expected: expected, took: StageClock.now() - start))
        }
        for thread in threads { thread.join() }
        return FleetResult(
            settings: settings, took: StageClock.now() - start, worked: StageClock.processTime() - worked,
            stages: desk.stages, results: desk.results)
    }

    /// One thread: takes the next station until there is none.
    private func work(_ desk: FleetDesk) {
        while let place = desk.next() {
            var year = StationYear(stations[place], days: settings.days, tables)
            var times = StageTimes()
            var told = 0
            var blocks = 0
            while !year.isOver {
                times.run(&year, list, isChained: settings.isChained)
                blocks += 1
                guard blocks.isMultiple(of: 64) else { continue }
                desk.add(vehicles: year.vehicles - told)
                told = year.vehicles
            }
            let result = year.result
            desk.add(vehicles: year.vehicles - told)
            desk.finish(place, result, times)
        }
    }
}
