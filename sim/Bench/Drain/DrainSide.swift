import Devices
import Exchange
import FoundationEssentials
import HTTP
import Lane
import LaneSim
import Station
import Storage

/// The shipped `station` and `central`, a process each: the one delivers its backlog to the other over loopback.
struct DrainSide {
    /// What a drain came to.
    struct Outcome {
        let took: Interval
        /// Kilobytes.
        let stationPeak: Int
        let centralPeak: Int
    }

    /// Nobody waits longer for a drain.
    private static let patience = Interval.seconds(600)
    /// How often central is asked how far it is.
    private static let look = Interval.milliseconds(20)

    let backlog: BacklogJournal
    let programs: String

    init(_ backlog: BacklogJournal) throws {
        self.backlog = backlog
        programs = try StationUnderTest.programs()
    }

    /// Starts both and waits until central has everything durably. The time counts from the start of the station's process.
    func drain(into folder: String) throws -> Outcome {
        try backlog.forgetDelivery()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let central = try ChildProcess(
            programs + "/central", ["serve", "--folder", folder, "--listen", "127.0.0.1:0"], log: folder + ".log")
        let url = try Self.address(of: central)
        let station = try QuietStation(state: backlog.folder, beside: folder, central: url)
        let outcome: Result<Outcome, any Error>
        do {
            let start = MonotonicClock.now()
            let process = try station.start()
            try wait(for: url)
            let took = MonotonicClock.now() - start
            let stationPeak = try PeakMemory.kilobytes(of: process.number)
            _ = try process.stop()
            outcome = .success(
                Outcome(
                    took: took, stationPeak: stationPeak, centralPeak: try PeakMemory.kilobytes(of: central.number)))
        } catch {
            outcome = .failure(error)
        }
        _ = try central.stop(within: .seconds(60))
        return try outcome.get()
    }

    /// What central holds, counted in its database.
    static func records(in folder: String) throws -> Int {
        let database = try Database(path: folder + "/central.sqlite", access: .readOnly)
        return Int(try database.integer("SELECT count(*) FROM records WHERE type = 'passage'") ?? 0)
    }

    /// What the program's line says that it listens at.
    private static func address(of central: borrowing ChildProcess) throws -> String {
        var poller = Poller(slots: 1)
        poller.watch(0, central.output.number)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var line: [UInt8] = []
        let deadline = MonotonicClock.now() + FarEnd.patience
        while line.last != UInt8(ascii: "\n") {
            try poller.wait(until: deadline)
            guard MonotonicClock.now() < deadline else { throw BenchError("central did not start; see its log") }
            if case .bytes(let count) = central.output.read(into: &buffer, ready: poller[0]) {
                line += buffer[..<count]
            }
        }
        let text = String(decoding: line.dropLast(), as: UTF8.self)
        guard let place = text.split(separator: " ").last else { throw BenchError("central says: \(text)") }
        return String(place)
    }

    /// Waits until central has all passages durably.
    private func wait(for url: String) throws {
        var client = Client()
        let target = "/v1/stations/\(PassageMill.context.station.number)/journals/\(backlog.journal.hex)/position"
        let request = Request(.get, try Endpoint(url), target)
        var poller = Poller(slots: 0)
        let deadline = MonotonicClock.now() + Self.patience
        while MonotonicClock.now() < deadline {
            let answer = try PositionAnswer(json: client.perform(request).body)
            if answer.contiguous.number >= UInt64(backlog.count) { return }
            try poller.wait(until: MonotonicClock.now() + Self.look)
        }
        throw BenchError("central did not get all within \(Self.patience.milliseconds / 1_000) s")
    }
}
