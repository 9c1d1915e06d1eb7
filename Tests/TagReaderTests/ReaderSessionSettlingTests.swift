import Lane
import Testing

@testable import TagReader

/// What a reader has kept is told from what it reads now by its pauses: its memory is a queue, and a reader with something
/// in it begins again at once after an acknowledgement.
@Suite struct `A session after the set-up` {
    /// The reader has just answered `00`; it began each answer 25 ms after our command.
    private func settling() -> Conversation {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.answerSetUp()
        #expect(talk.state == .synchronising)
        return talk
    }

    /// A message, its commit 5 ms later, and the acknowledgement.
    private func take(_ frame: String, _ talk: inout Conversation) -> HeardRead? {
        let read = talk.hear(frame: frame).reads.first
        talk.wait(.milliseconds(5))
        if let read { talk.tell(.committed(read.token)) }
        return read
    }

    @Test func `takes for kept what comes straight after an acknowledgement, and for live what comes after a pause`() {
        var talk = settling()
        for frame in ["8KING 1303", "AKING 1304", "CKING 1305"] {
            #expect(take(frame, &talk)?.isReplayed == true)
            talk.wait(.milliseconds(20))
        }
        talk.wait(.milliseconds(30))
        #expect(talk.state == .reading, "50 ms without a word: its memory is empty")
        #expect(take("EKING 1306", &talk)?.isReplayed == false)
    }

    @Test func `comes to live reads by the first pause of a reader that reads ten a second`() {
        var talk = settling()
        let opened = talk.now
        var replayed = 0
        for number in 0..<20 {
            let digit = String(UnicodeScalar(Hex.digit(UInt8(number * 2 % 16))))
            if take(digit + "KING \(1_300 + number)", &talk)?.isReplayed == true { replayed += 1 }
            if talk.state != .reading { #expect(talk.now - opened < .milliseconds(200)) }
            talk.wait(.milliseconds(95))
        }
        #expect(replayed == 1)
    }

    @Test func `waits for a message that has begun in the pause`() throws {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        talk.wait(.milliseconds(30))
        talk.hear("#AKI")
        talk.wait(.milliseconds(60))
        let read = try #require(talk.hear(String(good("AKING 1304").dropFirst(4))).reads.first)
        #expect(read.isReplayed)
    }

    @Test func `takes the pause after a lost acknowledgement for none`() {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        talk.wait(.milliseconds(100))
        #expect(talk.state == .reading)
        talk.wait(.milliseconds(400))
        #expect(talk.hear(frame: "8KING 1303") == [write("#8@3840\r")])
        #expect(talk.state == .synchronising)
        talk.wait(.milliseconds(20))
        #expect(take("AKING 1304", &talk)?.isReplayed == true)
        talk.wait(.milliseconds(100))
        #expect(take("CKING 1305", &talk)?.isReplayed == false)
        talk.wait(.milliseconds(500))
        talk.hear(frame: "CKING 1305")
        #expect(talk.state == .reading, "a new message had confirmed the pause")
    }

    @Test func `takes for kept what waited while the station stood still, and what comes straight after it`() {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        talk.wait(.seconds(1))
        #expect(talk.state == .reading)
        talk.tell(.stoodStill)
        #expect(talk.state == .synchronising)
        for frame in ["AKING 1304", "CKING 1305"] {
            #expect(take(frame, &talk)?.isReplayed == true)
            talk.wait(.milliseconds(20))
        }
        talk.wait(.milliseconds(30))
        #expect(talk.state == .reading)
        #expect(take("EKING 1306", &talk)?.isReplayed == false)
    }

    @Test func `does not take for a pause that the reader waits for a commit from before the standstill`() {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        talk.wait(.seconds(1))
        let read = talk.hear(frame: "AKING 1304").reads.first
        talk.tell(.stoodStill)
        talk.wait(.milliseconds(300))
        #expect(talk.state == .synchronising && read?.isReplayed == false)
        if let read { talk.tell(.committed(read.token)) }
        #expect(take("CKING 1305", &talk)?.isReplayed == true)
    }

    @Test func `does not go back for ever when its acknowledgements are never heard`() {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        var returns = 0
        for _ in 0..<100 {
            talk.wait(.milliseconds(500))
            talk.hear(frame: "8KING 1303")
            if talk.state == .synchronising { returns += 1 }
        }
        #expect(returns == 3)
    }

    @Test func `does not take the silence of a damaged message for a pause`() {
        var talk = settling()
        _ = take("8KING 1303", &talk)
        talk.wait(.milliseconds(10))
        #expect(talk.hear("#AKING 13049999\r\n") == [write("#A?413F\r")])
        talk.wait(.milliseconds(500))
        #expect(take("AKING 1304", &talk)?.isReplayed == true)
    }

    @Test func `gives a slow reader longer`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        for answer in ["1Done", "3Done", "5Done", "7Done", "9ECPS P1 T0A X0 S0", "BDone"] {
            talk.wait(.milliseconds(120))
            talk.hear(frame: answer)
        }
        for frame in ["8KING 1303", "AKING 1304", "CKING 1305"] {
            #expect(take(frame, &talk)?.isReplayed == true)
            talk.wait(.milliseconds(110))
        }
        talk.wait(.milliseconds(90))
        #expect(talk.state == .reading)
    }

    @Test func `bears a reader that never pauses for half a minute only`() {
        var talk = settling()
        let begun = talk.now
        var number: UInt8 = 0
        while talk.state == .synchronising, talk.now - begun < .minutes(2) {
            _ = take(String(UnicodeScalar(Hex.digit(number * 2 % 16))) + "KING 1303", &talk)
            number = (number + 1) % 8
            talk.wait(.milliseconds(20))
        }
        #expect(talk.state == .reading)
        #expect(talk.now - begun >= .seconds(30) && talk.now - begun < .seconds(31))
    }
}
