import Lane
import Testing

@testable import TagReader

/// I1 and I8 for reads: what a reader has been told to forget is in the journal once, and a backlog ends when faults do.
@Suite struct `Between reader and journal` {
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `no read is lost or journalled twice, whatever line, disk, port and power do`(seed: UInt64) {
        let modes: [ReaderModel.Mode] = [.basic, .command, .data]
        var world = ReaderWorld(seed: seed, mode: modes[Int(seed % 3)])
        world.run(until: Instant(nanoseconds: 300_000_000_000))
        world.hasFaults = false
        world.run(until: Instant(nanoseconds: 400_000_000_000))

        let journalled = world.journal.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(world.reader.kept.isEmpty, "the backlog reaches zero")
        #expect(world.state == .reading)
        #expect(journalled == world.reader.forgotten, "each once, in order")
        #expect(journalled.count > 20, "the run was one: \(journalled.count)")
    }
}
