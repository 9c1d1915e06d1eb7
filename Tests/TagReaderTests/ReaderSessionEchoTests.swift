import Lane
import Testing

@testable import TagReader

/// A reader, or the adapter before it, that sends back what we write.
@Suite struct `A session that hears its own voice` {
    private func reading() -> Conversation {
        var talk = Conversation()
        talk.synchronise()
        #expect(talk.state == .reading)
        return talk
    }

    @Test func `never answers its echo, and still takes the read once`() throws {
        var talk = reading()
        let read = try #require(talk.hear("#4KING 13029A91\r\n").reads.first)
        #expect(talk.tell(.committed(read.token)) == [write("#4@3440\r")])
        #expect(talk.hear("#4@3440\r") == [])
        #expect(talk.hear("#4?343F\r") == [], "nor that of a NAK")
        #expect(talk.hear("#4@````\r#4?````\r") == [], "nor with the wild card")
        #expect(talk.hear("#4@3441\r") == [], "nor a damaged one")
        #expect(talk.counts[.echoes] == 5)
        #expect(talk.counts[.damagedFrames] == nil && talk.counts[.reports] == nil)
        #expect(talk.hear("#4KING 13029A91\r\n") == [write("#4@3440\r")], "a repeat is the same repeat")
    }

    @Test func `says once that an echo stays, and that it has ended`() {
        var talk = reading()
        var said: [ReaderAction] = []
        for number in 0..<40 {
            let digit = String(UnicodeScalar(Hex.digit(UInt8(number * 2 % 16))))
            guard let read = talk.hear(frame: digit + "KING \(1_300 + number)").reads.first else { continue }
            let written = talk.tell(.committed(read.token))
            said += written
            if number < 20 { for text in written.written { said += talk.hear(text) } }
        }
        #expect(said.written.count == 40, "one acknowledgement a message")
        #expect(said.filter { $0 == .echoing(true) }.count == 1)
        #expect(said.filter { $0 == .echoing(false) }.count == 1)
        #expect(said.last != .echoing(true) && talk.counts[.echoes] == 20)
    }

    @Test func `takes the echo of a query for no sign of life`() {
        var talk = reading()
        for _ in 0..<4 {
            for text in talk.waitForWake().written { #expect(talk.hear(text) == []) }
        }
        #expect(talk.state == .silent)
        #expect(talk.counts[.echoes] == 3)
    }

    @Test func `asks the reader to stop it, and goes on with one that does not`() {
        for answer in ["Done", "Error"] {
            var talk = Conversation()
            talk.tell(.start(lastAccepted: nil))
            talk.tell(.opened)
            var written = talk.wait(.milliseconds(600)).written
            var said: [String] = []
            for reply in ["1Done", "3Done", "5Done", "7Done", "9" + answer, "BECPS P1 T0A X0 S0", "DDone"] {
                for text in written { #expect(talk.hear(text) == []) }
                said += written
                written = talk.hear(frame: reply).written
            }
            #expect(said.contains(host("96170")))
            #expect(talk.counts[.refusedSettings] == (answer == "Done" ? nil : 1))
            talk.wait(.milliseconds(600))
            #expect(talk.state == .reading)
        }
    }

    @Test func `writes a bounded number of times in a second, whatever comes`() throws {
        var talk = reading()
        talk.wait(.seconds(2))
        let read = try #require(talk.hear(frame: "4KING 1302").reads.first)
        talk.tell(.committed(read.token))
        var written = 1
        for _ in 0..<2_000 { written += talk.hear(frame: "4KING 1302").written.count }
        #expect(written == WriteLimit.mostInSecond)
        #expect(talk.counts[.writesHeldBack] == 2_001 - WriteLimit.mostInSecond)
        talk.wait(.seconds(1))
        #expect(talk.hear(frame: "4KING 1302") == [write("#4@3440\r")])
    }
}
