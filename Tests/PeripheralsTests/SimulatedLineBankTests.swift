import Devices
import FoundationEssentials
import Lane
import Synchronization
import Testing

@testable import Peripherals

struct SimulatedLineBankTests {
    private let path = "/tmp/bom-bank-\(UUID().uuidString.prefix(13))"

    /// Takes events until there are so many; waits for the descriptor, never for the clock.
    private func events(_ count: Int, from bank: inout LineBank) throws -> [LineEvent] {
        var events: [LineEvent] = []
        var poller = Poller(slots: 1)
        poller.watch(0, bank.descriptor)
        while events.count < count {
            try poller.wait(until: MonotonicClock.now() + .seconds(10))
            guard poller[0] != [], bank.receive(into: &events, ready: poller[0]) == nil else { break }
        }
        return events
    }

    /// Remembers changes, and wakes who waits for them.
    private final class Watcher: Sendable {
        let changes = Mutex<[SimulatedLineBank.LampChange]>([])
        let wakeUp: WakeUp
        init() throws { wakeUp = try WakeUp() }

        func take(_ change: SimulatedLineBank.LampChange) {
            changes.withLock { $0.append(change) }
            wakeUp.signal()
        }

        func changes(_ count: Int) throws -> [SimulatedLineBank.LampChange] {
            var poller = Poller(slots: 1)
            poller.watch(0, wakeUp.descriptor)
            while changes.withLock({ $0.count }) < count {
                try poller.wait(until: MonotonicClock.now() + .seconds(10))
                guard poller[0] != [] else { break }
                wakeUp.clear()
            }
            return changes.withLock { $0 }
        }
    }

    @Test func `a station that connects is told all levels, then each edge with its time`() throws {
        let bank = try SimulatedLineBank(path: path, inputs: ["lane1.loop": false, "lane2.loop": true])
        var station = try LineBank(path: path, inputs: ["lane1.loop", "lane2.loop"])
        let levels = try events(2, from: &station)
        #expect(levels.map(\.kind) == [.level, .level])
        #expect(levels.map(\.input) == [0, 1])
        #expect(levels.map(\.isHigh) == [false, true])
        let before = MonotonicClock.now()
        bank.set("lane1.loop", isHigh: true)
        bank.set("lane1.loop", isHigh: true)
        bank.set("lane1.loop", isHigh: false)
        let edges = try events(2, from: &station)
        #expect(edges.map(\.kind) == [.edge, .edge])
        #expect(edges.map(\.isHigh) == [true, false])
        #expect(edges.allSatisfy { before <= $0.at && $0.at <= MonotonicClock.now() })
        #expect(station.badLines == 0)
    }

    @Test func `lamps are shown with the time of each change, and stay when the station goes`() throws {
        let watcher = try Watcher()
        let bank = try SimulatedLineBank(path: path, inputs: [:], changed: watcher.take)
        var station = try LineBank(path: path, inputs: [])
        for places in [HeadPlaces.green, .green, .dark, .top] {
            #expect(station.show(places, on: LaneNumber(2)) == nil)
        }
        let changes = try watcher.changes(3)
        #expect(changes.map(\.places) == [.green, .dark, .top])
        #expect(changes.map(\.head) == [LaneNumber(2), LaneNumber(2), LaneNumber(2)])
        #expect(changes[0].at <= changes[1].at && changes[1].at <= changes[2].at)
        close(station)
        bank.stop()
        #expect(bank.state.lamps == [LaneNumber(2): .top])
    }

    private func close(_ station: consuming LineBank) {}

    @Test func `I9: the watchdog's darkener reaches the same lamps`() throws {
        let watcher = try Watcher()
        let bank = try SimulatedLineBank(path: path, inputs: [:], changed: watcher.take)
        var station = try LineBank(path: path, inputs: [])
        let darkness = DarkSwitch()
        darkness.install(try station.darkener(of: [LaneNumber(1), LaneNumber(2)]))
        #expect(station.show(.green, on: LaneNumber(1)) == nil)
        #expect(station.show(.white, on: LaneNumber(2)) == nil)
        #expect(darkness.darken())
        #expect(try watcher.changes(4).map(\.places) == [.green, .white, .dark, .dark])
        bank.stop()
    }

    @Test func `a dropped station is told by its descriptor and can come again`() throws {
        let bank = try SimulatedLineBank(path: path, inputs: ["lane1.loop": false])
        var station = try LineBank(path: path, inputs: ["lane1.loop"])
        _ = try events(1, from: &station)
        bank.drop()
        var poller = Poller(slots: 1)
        poller.watch(0, station.descriptor)
        try poller.wait(until: MonotonicClock.now() + .seconds(10))
        var none: [LineEvent] = []
        #expect(station.receive(into: &none, ready: poller[0]) == .ended)
        station = try LineBank(path: path, inputs: ["lane1.loop"])
        #expect(try events(1, from: &station).count == 1)
    }

    @Test(arguments: [
        "lamps 1 00", "lamps 0 001", "lamps 256 001", "lamps 1 0x1", "lamp 1 001", "lamps 1 001 ", "lamps  001", "",
        "x",
        String(repeating: "l", count: 1_000),
    ])
    func `a bad line is counted and changes no lamp`(line: String) {
        var parser = LampLineParser()
        let lines = parser.take(Array((line + "\nlamps 1 001\n").utf8)[...])
        #expect(lines.count == 2 && lines[0] == nil)
        #expect(lines[1]?.0 == LaneNumber(1) && lines[1]?.1 == .green)
    }

    @Test func `lines may be cut anywhere`() {
        let bytes = Array("lamps 1 001\nlamps 2 100\n".utf8)
        for cut in bytes.indices {
            var parser = LampLineParser()
            let lines = parser.take(bytes[..<cut]) + parser.take(bytes[cut...])
            #expect(lines.map { $0?.1 } == [.green, .top])
        }
    }
}
