import Devices
import Lane
import LaneSim
import Station

/// `byte-to-light`: from the last byte of a reader's frame to the byte of the lamp line, through the station and through the echo.
///
/// Every measured frame, of both sides, so comes into the same machine: the station has just worked and has gone back to
/// sleep, the processors are idle again, and the caches hold what the station's commit left. A round is 2 000 slots (`LightSlots`) of one
/// side and 2 000 of the other; rounds take turns in which side goes first.
struct ByteToLight {
    private enum Side: CaseIterable {
        case station
        case echo
    }

    private static let frames = 2_000
    private static let framesWhenQuick = 100
    /// An echo whose p99 is so many times its median was disturbed by the machine, not by us.
    private static let noisy = 3

    private let settings: BenchSettings
    private var slots = LightSlots()

    init(_ settings: BenchSettings) { self.settings = settings }

    mutating func run() throws -> [BenchResult] {
        let folder = try BenchFolder("bench-light")
        var station = try FarEnd(socket: folder.path + "/lamps")
        var echo = try FarEnd(socket: folder.path + "/echo")
        let tested = try StationUnderTest(
            folder: folder.path, port: station.terminal.path, lamps: folder.path + "/lamps")
        let other = try ChildProcess(
            "\(StationUnderTest.programs())/bench", [Echo.word, echo.terminal.path, folder.path + "/echo"],
            log: folder.path + "/echo.log")
        // Both processes end with the measurement, however it ends.
        let outcome: Result<[BenchResult], any Error>
        do {
            try station.waitForLamp()
            try echo.waitForLamp()
            try tested.waitUntilReading(station)
            outcome = .success(try measure(&station, &echo))
        } catch {
            outcome = .failure(error)
        }
        try tested.stop()
        _ = try other.stop()
        return try outcome.get()
    }

    private mutating func measure(_ station: inout FarEnd, _ echo: inout FarEnd) throws -> [BenchResult] {
        var middle = Comparison(
            "byte-to-light p50", unit: "µs", goal: .atMost(1.2), note: StationUnderTest.note)
        var tail = Comparison("byte-to-light p99", unit: "µs", goal: .atMost(1.5), note: StationUnderTest.note)
        var noisyRounds = 0
        // The first frames fill caches and tables on both sides.
        for side in Side.allCases { _ = try times(of: side, 50, &station, &echo) }
        for round in 0..<settings.rounds {
            var samples: [Side: Sample<Int64>] = [:]
            for side in round % 2 == 0 ? Side.allCases : Side.allCases.reversed() {
                let frames = settings.isQuick ? Self.framesWhenQuick : Self.frames
                samples[side] = Sample(try times(of: side, frames, &station, &echo))
            }
            guard let ours = samples[.station], let other = samples[.echo] else { continue }
            middle.rounds.append(.init(ours: ours.median.microseconds, other: other.median.microseconds))
            tail.rounds.append(
                .init(ours: ours.percentile(99).microseconds, other: other.percentile(99).microseconds))
            let isNoisy = other.percentile(99) > Int64(Self.noisy) * other.median
            noisyRounds += isNoisy ? 1 : 0
            show(round, middle.rounds[round], tail.rounds[round], isNoisy)
        }
        return [middle, tail].map {
            $0.result(machine: settings.machine, isQuick: settings.isQuick, noisyRounds: noisyRounds)
        }
    }

    private func show(_ round: Int, _ middle: Comparison.Round, _ tail: Comparison.Round, _ isNoisy: Bool) {
        func text(_ round: Comparison.Round) -> String {
            "\(round.ours.rounded(places: 1)) / \(round.other.rounded(places: 1)) = \(round.ratio.rounded(places: 2))"
        }
        Terminal.print(
            "byte-to-light round \(round + 1): p50 \(text(middle)), p99 \(text(tail))\(isNoisy ? ", noisy" : "")")
    }

    /// Nanoseconds of each frame through one side.
    private mutating func times(
        of side: Side, _ frames: Int, _ station: inout FarEnd, _ echo: inout FarEnd
    ) throws -> [Int64] {
        switch side {
        case .station: try slots.throughStation(frames, &station)
        case .echo: try slots.throughEcho(frames, &station, &echo)
        }
    }
}
