import Lane
import Testing

@testable import TagReader

@Suite struct `A session in trouble` {
    private func reading() -> Conversation {
        var talk = Conversation()
        talk.synchronise()
        #expect(talk.state == .reading)
        return talk
    }

    @Test func `synchronises again when the reader signs on`() {
        var talk = reading()
        #expect(talk.hear("#0Model E4 Ver 1.00 SN123456924E\r\n").last == write("#0@3040\r"))
        #expect(talk.state == .synchronising)
        #expect(talk.hear("#2Copyright 2008 TransCore8B26\r\n") == [write("#2@````\r")])
        #expect(talk.counts[.signOns] == 1)
        #expect(talk.wait(.milliseconds(200)) == [write("#D01````\r")])
        talk.answerSetUp(from: 13)
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
    }

    @Test func `synchronises again after a sign-on in the Basic protocol`() {
        var talk = reading()
        talk.hear("#Model E4 Ver 1.00 SN123456\r\n#Copyright 2008 TransCore\r\n")
        #expect(talk.state == .synchronising)
        #expect(talk.wait(.milliseconds(600)) == [write("#D01````\r")])
    }

    @Test func `does not acknowledge a new message by the commit of one from before the reader's restart`() throws {
        var talk = reading()
        let read = try #require(talk.hear(frame: "0KING 1302").reads.first)
        talk.hear("#0Model E4 Ver 1.00 SN123456924E\r\n")
        #expect(talk.tell(.committed(read.token)) == [])
        let fresh = try #require(talk.hear(frame: "0KING 1302").reads.first, "a new read after the restart")
        #expect(fresh.isReplayed)
    }

    @Test func `tries a lost port again, spread and bounded`() {
        var talk = reading()
        #expect(talk.tell(.lost("read /dev/ttyUSB0: Input/output error")) == [.close])
        #expect(talk.state == .portMissing("read /dev/ttyUSB0: Input/output error"))
        #expect(talk.tell(.lost("again")) == [], "said once")
        var waits: [Interval] = []
        for _ in 0..<40 {
            let before = talk.now
            #expect(talk.waitForWake() == [.open])
            waits.append(talk.now - before)
            #expect(talk.tell(.openFailed("open /dev/ttyUSB0: No such file or directory")) == [.close])
        }
        #expect(waits.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(2) })
        #expect(waits.suffix(20).contains { $0 < .seconds(1) })
        #expect(waits.suffix(20).contains { $0 > .milliseconds(1_500) })
        talk.waitForWake()
        talk.tell(.opened)
        #expect(talk.state == .synchronising)
        #expect(talk.counts[.portFailures] == 41)
    }

    @Test func `acknowledges over a new connection what was committed while the port was away`() throws {
        var talk = reading()
        let read = try #require(talk.hear(frame: "4KING 1302").reads.first)
        talk.tell(.lost("gone"))
        #expect(talk.tell(.committed(read.token)) == [], "nobody listens")
        talk.waitForWake()
        talk.tell(.opened)
        #expect(talk.hear(frame: "4KING 1302") == [write("#4@````\r")])
    }

    @Test func `forgets half a frame when the port is opened anew`() {
        var talk = reading()
        talk.hear("#4KING ")
        talk.tell(.lost("gone"))
        talk.waitForWake()
        talk.tell(.opened)
        #expect(talk.hear("13029A91\r\n").reads.isEmpty)
    }

    @Test func `probes silence with a display query, and any answer proves life`() {
        var talk = reading()
        #expect(talk.wait(.milliseconds(29_900)) == [])
        #expect(talk.wait(.milliseconds(100)).written == [host("D505")])
        talk.hear(frame: "DError")
        #expect(talk.state == .reading)
        #expect(talk.wait(.seconds(30)).written == [host("F505")])
        talk.hear(frame: "FModel E4 Ver 1.00 SN123456")
        #expect(talk.state == .reading)
        #expect(talk.counts[.signOns] == nil, "an answer is no sign-on")
    }

    @Test func `calls a reader silent that does not answer, never switches its RF off, and hears it come back`() {
        var talk = reading()
        #expect(talk.wait(.seconds(33)).written == [host("D505"), host("D505"), host("D505")])
        #expect(talk.state == .silent)
        let written = talk.wait(.hours(2)).written
        #expect(written.allSatisfy { $0.contains("505") && !$0.contains("01````") })
        #expect((200...800).contains(written.count))
        #expect(talk.hear(frame: "4KING 1302").reads.first?.isReplayed == false)
        #expect(talk.state == .reading)
    }

    @Test func `sets up anew a reader that answers the query in the Basic protocol`() {
        var talk = reading()
        talk.wait(.seconds(30))
        talk.hear("#Error\r\n")
        #expect(talk.state == .synchronising)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func `bears a minute of nonsense, and recovers`(seed: UInt64) {
        var talk = reading()
        var generator = SplitMix(state: seed)
        var written = 0
        for _ in 0..<600 {
            let bytes = (0..<96).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            written += talk.tell(.bytes(bytes)).written.reduce(0) { $0 + $1.utf8.count }
            written += talk.wait(.milliseconds(100)).written.reduce(0) { $0 + $1.utf8.count }
        }
        #expect(talk.state == .faulty(.nonsense))
        #expect(written < 4_000, "nonsense is not answered for ever: \(written)")
        #expect((talk.counts[.noiseBytes] ?? 0) + (talk.counts[.damagedFrames] ?? 0) > 0)
        talk.hear("\r\n")
        let read = talk.hear(frame: "4KING 1302").reads.first { $0.content != .unreadable }
        #expect(read != nil)
        if let read { talk.tell(.committed(read.token)) }
        talk.wait(.seconds(1))
        #expect(talk.state == .reading)
    }

    @Test func `counts a glitch and stays in data mode`() {
        var talk = reading()
        talk.hear("\u{1}\u{2}~")
        #expect(talk.counts[.noiseBytes] == 3)
        #expect(talk.state == .reading)
    }

    @Test func `ignores what makes no sense in its state`() {
        var talk = Conversation()
        #expect(talk.tell(.opened) == [])
        #expect(talk.tell(.lost("x")) == [])
        #expect(talk.tell(.wake) == [])
        #expect(talk.tell(.committed(ReadToken(9))) == [])
        #expect(talk.tell(.commitFailed(ReadToken(9))) == [])
        #expect(talk.hear(frame: "4KING 1302") == [])
        #expect(talk.tell(.stop) == [])
        #expect(talk.state == nil)
    }
}
