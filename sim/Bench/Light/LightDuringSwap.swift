import Devices
import Exchange
import HTTP
import Lane
import Station

/// `byte-to-light-during-swap`: from the frame to the lamp while a list is fetched, verified, built and swapped every ten seconds,
/// against the same station while it has no list to fetch.
///
/// A round is a span of each, about ten seconds long; in the one a new version lies on offer from the beginning, and the station,
/// which asks every second, has it in force before the end. Versions are made between the spans, in which nothing is measured. What the
/// station keeps in memory beside the maps of lists is looked at every two seconds of both.
struct LightDuringSwap {
    private enum Span: CaseIterable {
        case swap
        case rest
    }

    /// What came of a span.
    private struct Seen {
        var times: [Int64] = []
        var memory = 0
    }

    static let name = "byte-to-light-during-swap"
    private static let rounds = 12
    /// Slots of a span, and of a piece of it between two looks at the memory.
    private static let frames = 2_500
    private static let piece = 500
    private static let framesWhenQuick = 100
    /// Bytes beside the maps of lists.
    private static let mostMegabytes = 32.0
    /// A list that is not in force after so long was refused.
    private static let patience = Interval.seconds(60)

    private let settings: BenchSettings
    private var slots = LightSlots()

    init(_ settings: BenchSettings) { self.settings = settings }

    mutating func run() throws -> [BenchResult] {
        var results: [BenchResult] = []
        for size in settings.sizes { results += try run(size) }
        return results
    }

    private mutating func run(_ size: Int) throws -> [BenchResult] {
        let folder = try BenchFolder("bench-swap")
        let lists = try RisingList(of: size, in: folder.path)
        let offers = ListsOnOffer()
        let server = try Server(ServerSettings(address: .tcp(address: "127.0.0.1", port: 0))) { head in
            .answer(offers.answer(head))
        }
        var end = try FarEnd(socket: folder.path + "/lamps")
        let tested = try StationUnderTest(
            folder: folder.path, port: end.terminal.path, lamps: folder.path + "/lamps",
            StationUnderTest.Lists(
                file: lists.path, key: lists.key.publicKey, central: "http://127.0.0.1:\(server.port ?? 0)",
                every: "1 s"))
        // The reader and the lamp are no programs of this computer: what measures must not wait for a worker of the station.
        let scheduling = Scheduling.askToBeFirst()
        let outcome: Result<[BenchResult], any Error>
        do {
            try end.waitForLamp()
            try tested.waitUntilReading(end)
            outcome = .success(try measure(lists, offers, tested, &end, scheduling))
        } catch {
            outcome = .failure(error)
        }
        try tested.stop()
        server.stop()
        return try outcome.get()
    }

    private mutating func measure(
        _ first: RisingList, _ offers: ListsOnOffer, _ tested: borrowing StationUnderTest, _ end: inout FarEnd,
        _ scheduling: Scheduling
    ) throws -> [BenchResult] {
        var lists = first
        var tail = Comparison(
            Self.name, unit: "µs", goal: .atMost(1.2),
            note:
                """
                p99 while a list is fetched, verified, built and swapped; other: the same station without; \(StationUnderTest.note); \
                what measures \(scheduling.text)
                """
        )
        var middle = Comparison(Self.name + " p50", unit: "µs", goal: nil, note: tail.note)
        var memory = Comparison(
            Self.name + " memory", unit: "MB", goal: .oursAtMost(Self.mostMegabytes),
            note: "the most resident memory beside the maps of lists, program text included; other: without")
        _ = try slots.throughStation(50, &end)
        for round in 0..<settings.rounds(most: Self.rounds) {
            var seen: [Span: Seen] = [:]
            for span in Turns.order(Span.self, round) {
                if span == .swap {
                    lists = try lists.next()
                    offers.offer(lists.version, file: lists.path, bytes: lists.bytes)
                }
                seen[span] = try spend(tested, &end)
                if span == .swap { try waitUntilInForce(lists.version, tested) }
            }
            guard let swap = seen[.swap], let rest = seen[.rest] else { continue }
            let (ours, other) = (Sample(swap.times), Sample(rest.times))
            tail.rounds.append(
                .init(ours: ours.percentile(99).microseconds, other: other.percentile(99).microseconds))
            middle.rounds.append(.init(ours: ours.median.microseconds, other: other.median.microseconds))
            memory.rounds.append(.init(ours: Double(swap.memory) / 1_024, other: Double(rest.memory) / 1_024))
            Terminal.print(
                """
                \(Self.name) round \(round + 1): p99 \(Int(tail.rounds[round].ours)) / \(Int(tail.rounds[round].other)) µs, \
                memory \(swap.memory / 1_024) / \(rest.memory / 1_024) MB
                """)
        }
        return [tail, middle, memory].map { settings.result($0, agreements: lists.count) }
    }

    /// A span of frames, and the most memory in it.
    private mutating func spend(_ tested: borrowing StationUnderTest, _ end: inout FarEnd) throws -> Seen {
        var seen = Seen()
        var rest = settings.isQuick ? Self.framesWhenQuick : Self.frames
        while rest > 0 {
            seen.times += try slots.throughStation(min(rest, Self.piece), &end)
            seen.memory = max(seen.memory, try ResidentMemory.besideLists(of: tested.processNumber))
            rest -= Self.piece
        }
        return seen
    }

    /// A swap that took longer than its span ends before the next begins.
    private func waitUntilInForce(_ version: ListVersion, _ tested: borrowing StationUnderTest) throws {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while tested.listInForce != version {
            guard MonotonicClock.now() < deadline else {
                throw BenchError("the station did not take list \(version); see its log")
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(50))
        }
    }
}
