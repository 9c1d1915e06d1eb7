import Lane
import TagReader
import Testing

@testable import Peripherals

struct MeetingTests {
    private func settings() -> ReaderSettings {
        var settings = ReaderSettings(name: "reader1")
        settings.uniqueness = .everyRead
        settings.furtherCommands = ["311"]
        return settings
    }

    private func texts(_ meeting: Meeting) -> [String] {
        meeting.reads.filter { $0.accepted != nil }.map { read in
            String(decoding: read.raw.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self)
        }
    }

    @Test(arguments: [ReaderSetup(), .asSetUp], [false, true])
    func `from the factory or set up already, the session comes to reading`(setup: ReaderSetup, old: Bool) {
        var model = ReaderModel()
        model.answersSwitchInOldProtocol = old
        var meeting = Meeting(model: model, setup: setup, settings: settings())
        meeting.start()
        meeting.run(until: .seconds(20))
        #expect(meeting.state == .reading)
        #expect(meeting.reader.setup.mode == .ecp && !meeting.reader.isInCommandMode)
        #expect(!meeting.reader.setup.hasFlowControl)
        #expect(meeting.reader.setup.timeout == 10)
        #expect(meeting.reader.setup.uniqueness == .transmitAll)
        #expect(meeting.reader.setup.appendsAuxiliary)
    }

    @Test func `reads come once each, in order, with their antenna`() {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        meeting.start()
        for number in 0..<20 {
            meeting.hold(
                "TAG\(number)", antenna: UInt8(number % 4), at: .seconds(20) + .milliseconds(Int64(30 * number)))
        }
        meeting.run(until: .seconds(40))
        #expect(texts(meeting) == (0..<20).map { "TAG\($0)" })
        #expect(meeting.reads.map(\.antennaPort) == (0..<20).map { UInt8($0 % 4) })
        #expect(meeting.reads.allSatisfy { !$0.isReplayed })
        #expect(meeting.reader.memory.isEmpty)
    }

    @Test func `what the reader has buffered before we came is replayed`() {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        for number in 0..<10 { meeting.ask(.tag(text: "TAG\(number)", antenna: 0)) }
        meeting.run(until: .seconds(3))
        meeting.start()
        meeting.run(until: .seconds(30))
        #expect(meeting.state == .reading)
        #expect(texts(meeting) == (0..<10).map { "TAG\($0)" })
        #expect(meeting.reads.allSatisfy { $0.isReplayed })
    }

    /// Reads at a constant pace before, while and after we come: what is called live is fresh, and it is soon.
    @Test(
        arguments: [(before: 0, every: 100, within: 2_000), (30, 100, 2_500), (64, 100, 5_000), (200, 80, 8_000)])
    func `constant reads come live when the reader's memory is empty, and no old one does`(
        before: Int, every: Int64, within: Int64
    ) {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        let start = Interval.seconds(1) + .milliseconds(every * Int64(before))
        func held(_ number: Int) -> Interval { .seconds(1) + .milliseconds(every * Int64(number)) }
        for number in 0..<(before + 300) { meeting.hold("TAG\(number)", antenna: 0, at: held(number)) }
        meeting.run(until: start)
        meeting.start()
        meeting.run(until: start + .milliseconds(within))
        #expect(meeting.state == .reading)
        meeting.run(until: start + .seconds(60))
        var live = 0
        for (read, text) in zip(meeting.reads, texts(meeting)) {
            guard !read.isReplayed, let number = Int(text.dropFirst(3)) else { continue }
            live += 1
            #expect(read.at - (Instant(nanoseconds: 0) + held(number)) < .milliseconds(200), "\(text)")
        }
        #expect(live > 100)
        #expect(texts(meeting).count == Set(texts(meeting)).count)
    }

    @Test func `an adapter that echoes costs no read, doubles none, and makes no storm`() {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        meeting.hasEcho = true
        meeting.start()
        for number in 0..<50 {
            meeting.hold("TAG\(number)", antenna: 0, at: .milliseconds(Int64(20_000 + 200 * number)))
        }
        meeting.run(until: .seconds(60))
        #expect(meeting.state == .reading)
        #expect(texts(meeting) == (0..<50).map { "TAG\($0)" })
        #expect(meeting.counts[.echoes, default: 0] >= 50)
        #expect(meeting.writes < 100, "\(meeting.writes)")
    }

    @Test(arguments: ["1", "3", "5", "7", "9", "B", "D", "F"])
    func `a reader in command mode whose last host seq is any is met`(digit: String) {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        meeting.ask(.bytes(Array("#\(digit)01````\r".utf8)))
        #expect(meeting.reader.isInCommandMode)
        meeting.start()
        meeting.run(until: .seconds(30))
        #expect(meeting.state == .reading)
        #expect(!meeting.reader.isInCommandMode)
    }

    @Test(arguments: [LineFault.damage(frames: 3), .cut(frames: 3), .swallow(frames: 3), .noise(bytes: 40)])
    func `a harmed line loses no read and doubles none`(fault: LineFault) {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        meeting.start()
        meeting.disturb(fault, at: .seconds(20))
        for number in 0..<5 { meeting.hold("TAG\(number)", antenna: 0, at: .milliseconds(Int64(20_000 + number))) }
        meeting.run(until: .seconds(60))
        #expect(texts(meeting) == (0..<5).map { "TAG\($0)" })
        #expect(meeting.state == .reading)
    }

    @Test func `a minute of nonsense is told, and passes`() {
        var meeting = Meeting(setup: .asSetUp, settings: settings())
        meeting.start()
        meeting.disturb(.babble(.minutes(1)), at: .seconds(20))
        meeting.run(until: .seconds(79))
        #expect(meeting.state?.isDown == true)
        meeting.hold("TAG", antenna: 0, at: .seconds(179))
        meeting.run(until: .seconds(240))
        #expect(meeting.state == .reading)
        #expect(texts(meeting) == ["TAG"])
    }

    @Test func `a reader that reboots is set up again and reads on`() {
        var model = ReaderModel()
        model.keepsMessages = true
        var meeting = Meeting(model: model, setup: .asSetUp, settings: settings())
        meeting.start()
        meeting.run(until: .seconds(20))
        meeting.reboot(at: .seconds(21))
        meeting.hold("TAG", antenna: 0, at: .seconds(40))
        meeting.run(until: .seconds(60))
        #expect(meeting.state == .reading)
        #expect(meeting.counts[.signOns, default: 0] >= 1)
        #expect(texts(meeting) == ["TAG"])
    }

    /// Zero failures in 100 seeds bounds the rate at 3 in 100.
    @Test(arguments: 1...100)
    func `I1: whatever harms the line, each tag is taken once and in order`(seed: UInt64) {
        var chance = SmallGenerator(seed: seed)
        var meeting = Meeting(setup: .asSetUp, settings: settings(), seed: seed)
        meeting.start()
        for _ in 0..<10 {
            let frames = Int(chance.next() % 4) + 1
            let faults = [
                LineFault.damage(frames: frames), .cut(frames: frames), .swallow(frames: frames),
                .noise(bytes: frames * 9), .join(frames: frames), .repeat(frames: frames), .delay(frames: frames),
            ]
            meeting.disturb(faults[Int(chance.next() % 7)], at: .milliseconds(Int64(20_000 + chance.next() % 20_000)))
        }
        for number in 0..<30 {
            meeting.hold("TAG\(number)", antenna: 0, at: .milliseconds(Int64(20_000 + number * 600)))
        }
        meeting.run(until: .minutes(5))
        #expect(texts(meeting) == (0..<30).map { "TAG\($0)" })
        #expect(meeting.state == .reading)
    }
}
