import Lane
import Peripherals
import Station
import Synchronization
import Testing

@testable import LaneSim

struct FleetTests {
    /// Three stations, one day, a short list: every kind of thing that a year has happens in it.
    private static func small(seed: UInt64 = 2, threads: Int = 1, isChained: Bool = false) throws -> FleetResult {
        var settings = Fleet.Settings()
        (settings.stations, settings.days, settings.agreements) = (3, 1, 10_000)
        (settings.seed, settings.threads, settings.isChained) = (seed, threads, isChained)
        return try Fleet(settings).run { _ in }
    }

    @Test func `a fleet's totals and digests are the same for one thread and for two, in debug and in release`() throws
    {
        let one = try Self.small(isChained: true)
        let two = try Self.small(threads: 2, isChained: true)
        #expect(one.totals == two.totals)
        #expect(one.digest == two.digest)
        #expect(one.chain == two.chain)
        #expect(one.digest.hex == "24f562d720735428")
        #expect(one.chain?.hex == "0e696e96dc6ba7e1")
        #expect(one.totals.missing == [])
        #expect(one.totals.reads - one.totals.strays >= 2 * one.totals.tagged)
        #expect(one.totals.records == one.totals.passages + one.totals.strays)
    }

    @Test func `the last line has vehicles, seconds, rate and digest`() throws {
        var totals = FleetTotals()
        totals.vehicles = 1_004_480_000
        let station = StationResult(totals: totals, digest: FleetDigest(seed: 5), chain: .zero)
        let result = FleetResult(
            settings: Fleet.Settings(), took: .milliseconds(901_250), worked: .seconds(900), stages: StageTimes(),
            results: [station])
        let rate = Decimals.text(1_004_480_000_000 / 901_250, per: 1_000_000, places: 3)
        #expect(
            result.line
                == "year: 1004480000 vehicles, 901.2 s, \(rate) M vehicles/s/core, digest \(result.digest.hex)")
        #expect(FleetReport(result: result).lines.last == result.line)
        #expect(result.digest.hex.count == 16)
    }

    @Test func `what never happened in a year is named`() {
        #expect(
            FleetTotals().missing == [
                "edges", "reads", "wakes", "passages", "flags", "late reads", "stray reads", "second tags",
            ])
    }

    @Test func `the mean station has eight thousand passages a day`() {
        for seed in UInt64(1)...5 {
            let stations = (0..<344).map { FleetStation($0, seed: seed) }
            let mean = stations.reduce(0) { $0 + $1.perDay } / 344
            #expect((7_800...8_200).contains(mean), "seed \(seed): \(mean)")
        }
    }

    @Test func `a station's week has as many vehicles as its curve says`() {
        let station = FleetStation(1, seed: 3)
        let expected = (0..<168).reduce(Int64(0)) {
            $0 + Interval.hours(1).nanoseconds / Int64(station.meanGap(hour: $1))
        }
        #expect(abs(expected - 7 * station.perDay) < station.perDay / 20)
        var traffic = FleetTraffic(station, days: 7, FleetTraffic.Tables(tags: FleetTags(count: 100)))
        var road = FleetRoad()
        var events = 0
        while !traffic.isOver {
            traffic.draw(64, onto: &road)
            var before = Instant(nanoseconds: 0)
            while let event = road.takeNext() {
                #expect(event.at >= before)
                before = event.at
                events += 1
            }
            road.forgetTaken()
        }
        #expect(abs(Int64(traffic.vehicles) - expected) < expected / 50)
        #expect(events > 2 * traffic.vehicles)
    }

    @Test func `of ten thousand vehicles the shares of tags are those of Norway`() {
        var chance = SmallGenerator(seed: 1)
        let vehicles = (0..<100_000).map { _ in FleetVehicle(chance.next()) }
        let none = vehicles.count { $0.tag == .none }
        let readable = vehicles.count { $0.tag == .listed || $0.tag == .unlisted || $0.tag == .wronglyMounted }
        #expect((28_000...29_000).contains(none))
        #expect((70_500...71_500).contains(readable))
        #expect((300...700).contains(vehicles.count(where: \.hasLooseTag)))
        #expect((50...200).contains(vehicles.count(where: \.isFollowedByStray)))
    }
}

struct YearCommandTests {
    @Test(arguments: [
        (["--seed", "one"], "--seed one: expected a number from 0 to 18446744073709551615"),
        (["--seed", "-1"], "--seed -1: expected a number from 0 to 18446744073709551615"),
        (["--stations", "0"], "--stations 0: expected a number from 1 to 10000"),
        (["--days", "1e3"], "--days 1e3: expected a number from 1 to 3660"),
        (["--threads", "257"], "--threads 257: expected a number from 1 to 256"),
        (["--agreements", "11"], "--agreements 11: expected a number from 12 to"),
        (["fast"], "unexpected word 'fast'"),
        (["--thread", "2"], "unknown option --thread"),
    ])
    func `a command line that cannot be meant is refused with what was expected`(
        words: [String], message: String
    ) {
        let notes = Mutex("")
        let console = Console(line: { _ in }, note: { line in notes.withLock { $0 += line } })
        #expect(LaneSimCommands.program.run(["year"] + words, console) == .usage)
        #expect(notes.withLock { $0 }.contains(message))
    }

    @Test func `a small station's day, in which no tag is read late, fails and says what is missing`() {
        let notes = Mutex("")
        let console = Console(line: { _ in }, note: { line in notes.withLock { $0 += line } })
        let words = ["year", "--stations", "1", "--days", "1", "--agreements", "12", "--seed", "6"]
        let code = LaneSimCommands.program.run(words, console)
        #expect(code == .failed)
        #expect(notes.withLock { $0 }.contains("year: no late reads; let more stations or days pass"))
    }

    @Test func `progress is said twice a minute to a file, with rate and time left`() {
        var teller = ProgressTeller(isTerminal: false)
        let progress = { (seconds: Int64) in
            Fleet.Progress(vehicles: 1_000_000, expected: 4_000_000, took: .seconds(seconds))
        }
        #expect(teller.line(progress(29)) == nil)
        #expect(
            teller.line(progress(50)) == "year: 1000000 vehicles, 25 %, 20000 vehicles/s, about 150 s left")
        #expect(teller.line(progress(79)) == nil)
    }
}
