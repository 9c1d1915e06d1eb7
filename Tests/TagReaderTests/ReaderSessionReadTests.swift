import Lane
import Testing

@testable import TagReader

@Suite struct `A session in data mode` {
    private let message = "#4KING 13029A91\r\n"
    private let ack = write("#4@3440\r")

    private func reading(_ change: (inout ReaderSettings) -> Void = { _ in }) -> Conversation {
        var talk = Conversation(change)
        talk.synchronise()
        talk.wait(.seconds(1))
        #expect(talk.state == .reading)
        return talk
    }

    @Test func `gives a read out at once and acknowledges it when it is durable`() throws {
        var talk = reading()
        let heard = talk.hear(message)
        let read = try #require(heard.reads.first)
        #expect(heard == [.read(read)])
        #expect(read.content == .tag(try #require(.serial("1302"))))
        #expect(read.at == talk.now - Interval(nanoseconds: 1_041_666))
        #expect(read.antennaPort == 0)
        #expect(read.raw == Array("KING 1302".utf8))
        #expect(!read.isReplayed)
        #expect(read.accepted == AcceptedFrame(sequence: UInt8(ascii: "4"), bytes: Array("KING 1302".utf8)))
        #expect(talk.tell(.committed(read.token)) == [ack])
        #expect(talk.tell(.committed(read.token)) == [], "once")
    }

    @Test func `dates a read by its own first byte, not by the chunk's, and never after now`() throws {
        var talk = reading()
        let at = talk.now
        talk.now = at + .milliseconds(20)
        let bytes = Array(("xyz" + message).utf8)
        let read = try #require(talk.session.handle(.bytes(bytes), at: at, now: talk.now).reads.first)
        #expect(read.at == at + Interval(nanoseconds: 1_041_666) * 2)
        let again = Array("#6KING 1302%01-5-1F-0".utf8)
        let crc = ECPCRC.printed.digits(over: again.dropFirst())
        let other = try #require(
            talk.session.handle(.bytes([0, 0, 0] + again + crc + [13, 10]), at: talk.now, now: talk.now).reads.first)
        #expect(other.at == talk.now - Interval(nanoseconds: 1_041_666))
        #expect(other.antennaPort == 5)
    }

    @Test func `gives a read out once, however the frame is cut`() throws {
        let bytes = Array(message.utf8)
        for cut in bytes.indices {
            var talk = reading()
            let reads = talk.tell(.bytes(Array(bytes[..<cut]))).reads + talk.tell(.bytes(Array(bytes[cut...]))).reads
            #expect(reads.count == 1)
        }
    }

    @Test func `does not journal a repeat again, before or after the commit`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        talk.wait(.milliseconds(500))
        #expect(talk.hear(message) == [], "its commit is under way")
        #expect(talk.tell(.committed(read.token)) == [ack])
        talk.wait(.milliseconds(500))
        #expect(talk.hear(message) == [ack], "the acknowledgement was lost")
        #expect(talk.counts[.repeats] == 2)
    }

    @Test func `takes the same tag with another sequence for another read`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        talk.tell(.committed(read.token))
        #expect(talk.hear(frame: "6KING 1302").reads.count == 1)
    }

    @Test func `acknowledges at once after a restart what was durable before it`() throws {
        var first = reading()
        let read = try #require(first.hear(message).reads.first)
        var second = Conversation()
        second.tell(.start(lastAccepted: read.accepted))
        second.tell(.opened)
        #expect(second.hear(message) == [write("#4@````\r")])
        #expect(second.hear(frame: "6KING 1302").reads.count == 1)
    }

    @Test func `withholds the acknowledgement when the commit fails, and journals the repeat anew`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        #expect(talk.tell(.commitFailed(read.token)) == [])
        talk.wait(.milliseconds(500))
        let again = try #require(talk.hear(message).reads.first)
        #expect(again.token != read.token)
        #expect(again.isReplayed, "the lane has had it")
        #expect(again.accepted == read.accepted)
        #expect(talk.hear(message) == [])
        #expect(talk.tell(.committed(again.token)) == [ack])
    }

    @Test func `honours a commit that comes after it was called failed`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        talk.tell(.commitFailed(read.token))
        #expect(talk.tell(.committed(read.token)) == [ack])
    }

    @Test func `takes reads for replayed that queued up behind a slow commit`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        talk.wait(.seconds(5))
        #expect(talk.tell(.committed(read.token)) == [ack])
        #expect(talk.state == .synchronising)
        talk.wait(.milliseconds(20))
        let next = try #require(talk.hear(frame: "6KING 1303").reads.first)
        #expect(next.isReplayed)
        talk.tell(.committed(next.token))
        talk.wait(.milliseconds(200))
        #expect(talk.state == .reading)
        #expect(try #require(talk.hear(frame: "8KING 1304").reads.first).isReplayed == false)
    }

    @Test func `acknowledges only what the reader waits with`() throws {
        var talk = reading()
        let first = try #require(talk.hear(message).reads.first)
        let second = try #require(talk.hear(frame: "6KING 1303").reads.first)
        #expect(talk.tell(.committed(first.token)) == [], "it has moved on")
        #expect(talk.tell(.committed(second.token)) == [write("#6@3640\r")])
    }

    @Test func `takes a bounded number of reads at once`() {
        var talk = reading()
        var reads = 0
        for n in 0..<40 { reads += talk.hear(frame: "4KING 13\(n + 10)").reads.count }
        #expect(reads == ReadIntake.mostOutstanding)
        #expect(talk.counts[.crowdedReads] == 40 - ReadIntake.mostOutstanding)
    }

    @Test func `acknowledges a text that is no tag of this site when it is durable, as unreadable`() throws {
        var talk = reading()
        let read = try #require(talk.hear(frame: "4RING 1302").reads.first)
        #expect(read.content == .unreadable)
        #expect(talk.tell(.committed(read.token)) == [ack])
        #expect(try #require(talk.hear(frame: "6KING 130").reads.first).content == .malformed)
    }

    @Test func `acknowledges reports and errors at once`() {
        var talk = reading()
        #expect(talk.hear(frame: "4Presence") == [ack])
        #expect(talk.hear(frame: "6Error07") == [write("#6@3640\r"), .errorReported(7)])
        #expect(talk.state == .reading)
        #expect(talk.hear(frame: "6Error07") == [write("#6@3640\r")], "a repeat is no second error")
        talk.hear(frame: "8Error06")
        #expect(talk.state == .faulty(.reported(6)), "without a frequency nothing is read")
        talk.hear(frame: "AKING 1302")
        #expect(talk.state == .reading)
    }

    @Test func `counts a start character in a text and takes the read`() throws {
        var talk = reading { $0.tagText = .ata }
        #expect(try #require(talk.hear(good("4KI#NG")).reads.first).content == .unreadable)
        #expect(talk.counts[.startClashes] == 1)
    }

    @Test func `asks for a damaged message once more`() throws {
        var talk = reading()
        #expect(talk.hear("#4KING 13#29A91\r\n") == [write("#4?343F\r")])
        talk.wait(.milliseconds(60))
        let read = try #require(talk.hear(message).reads.first)
        #expect(talk.tell(.committed(read.token)) == [ack])
        #expect(talk.wait(.seconds(2)) == [], "no evidence: the repeat was good")
        #expect(talk.counts[.damagedFrames] == 1)
    }

    @Test func `gives damage out as unreadable when only damage comes of a tag`() throws {
        var talk = reading()
        let at = talk.now
        talk.hear("#4KING 1x029A91\r\n")
        talk.wait(.milliseconds(60))
        talk.hear("#4KINx 13029A91\r\n")
        let evidence = try #require(talk.wait(.milliseconds(90)).reads.first)
        #expect(evidence.content == .unreadable)
        #expect(evidence.at == at - Interval(nanoseconds: 1_041_666))
        #expect(evidence.accepted == nil)
        #expect(evidence.antennaPort == nil, "nothing in a damaged frame is known, the port neither")
        talk.hear("#4KINx 13029A91\r\n")
        #expect(talk.wait(.seconds(1)).reads.isEmpty, "one read for one message")
        let read = try #require(talk.hear(message).reads.first)
        #expect(read.token != evidence.token)
        #expect(read.content == .tag(try #require(.serial("1302"))))
    }

    @Test func `takes the damaged repeat of a known read for no evidence`() throws {
        var talk = reading()
        let read = try #require(talk.hear(message).reads.first)
        talk.tell(.committed(read.token))
        talk.hear("#4KING 1x029A91\r\n")
        #expect(talk.wait(.seconds(1)).reads.isEmpty)
    }

    @Test func `never takes a flipped bit for another read`() {
        let bytes = Array(message.utf8)
        for index in bytes.indices {
            for bit in 0..<8 {
                var talk = reading()
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                for read in talk.tell(.bytes(flipped)).reads + talk.wait(.seconds(1)).reads {
                    #expect(read.content == .unreadable || read.raw == Array("KING 1302".utf8))
                }
                #expect(talk.hear(message).reads.count <= 1)
            }
        }
    }
}
