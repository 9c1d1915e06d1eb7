import Lane
import Peripherals
import Testing

@Suite struct VirtualLineTests {
    private let start = Instant(nanoseconds: 1_000_000_000)

    /// What has arrived when, until the line is calm; a reader that repeats for ever is left after a second.
    private func arrivals(_ line: inout VirtualLine) -> [(at: Instant, bytes: [UInt8])] {
        var told: [(Instant, [UInt8])] = []
        while let due = line.wake, due < start + .seconds(1) { told.append((due, line.advance(to: due))) }
        return told
    }

    @Test func `at 9600 baud the first byte arrives after 1.04 ms, and a piece when its last byte has`() {
        var line = VirtualLine(setup: .asSetUp, baud: 9_600, piece: 8)
        line.happen(.powerOn, at: start)
        let told = arrivals(&line).filter { !$0.bytes.isEmpty }
        #expect(told.first?.bytes.count == 8)
        #expect(told.first?.at == start + VirtualLine.byteTime(at: 9_600) * 8)
        #expect(String(decoding: told.flatMap(\.bytes).prefix(8), as: UTF8.self) == "#0Model ")
    }

    @Test func `a piece of one byte tells of each byte as it comes`() {
        var line = VirtualLine(setup: .asSetUp, baud: 9_600)
        line.happen(.powerOn, at: start)
        let told = arrivals(&line).filter { !$0.bytes.isEmpty }
        let pauses = zip(told, told.dropFirst()).prefix(20).map { $1.at - $0.at }
        #expect(told.map(\.bytes.count).max() == 1)
        #expect(Set(pauses) == [VirtualLine.byteTime(at: 9_600)])
    }

    @Test func `what a reader sends while its adapter is out is lost, and nothing of it comes later`() {
        var line = VirtualLine(setup: .asSetUp, baud: 9_600, piece: 8)
        line.happen(.powerOn, at: start)
        line.unplug()
        #expect(arrivals(&line).flatMap(\.bytes) == [])
        line.plug()
        #expect(line.advance(to: start + .milliseconds(10)).isEmpty)
    }

    @Test func `a babbling line gives rubbish for as long as it was told to, and no frame`() {
        var line = VirtualLine(setup: .asSetUp, baud: 9_600, piece: 8, seed: 3)
        line.disturb(.babble(.milliseconds(100)), at: start)
        line.happen(.powerOn, at: start)
        // The reader repeats its sign-on after half a second.
        let rubbish = arrivals(&line).filter { $0.at < start + .milliseconds(400) }.flatMap(\.bytes)
        #expect(rubbish.count == 100)
    }
}
