import Lane
import Testing

@testable import TagReader

@Suite struct `A session that meets a reader` {
    @Test func `opens the port, listens for a repeat's time, then greets with the wild card`() {
        var talk = Conversation()
        #expect(talk.tell(.start(lastAccepted: nil)) == [.open])
        #expect(talk.state == .synchronising)
        #expect(talk.tell(.opened) == [])
        #expect(talk.wait(.milliseconds(599)) == [])
        #expect(talk.wait(.milliseconds(1)) == [write("#101````\r")])
    }

    @Test func `sets up one in command mode under ECP, reads back, and goes to data mode`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.now = talk.now + .milliseconds(20)
        #expect(talk.hear("#1DoneC0B1\r\n").written == [host("36140")])
        #expect(talk.hear("#3DoneAED1\r\n").written == [host("56120A")], "500 ms")
        #expect(talk.hear("#5Done1C71\r\n").written == [host("74100")])
        #expect(talk.hear(frame: "7Done").written == [host("9525")])
        #expect(talk.hear(frame: "9ECPS P1 T0A X0 S0").written == [host("B00")])
        talk.now = talk.now + .milliseconds(40)
        #expect(talk.hear(frame: "BDone") == [])
        #expect(talk.counts[.setUps] == 1)
        #expect(talk.counts[.millisecondsWithoutRF] == 60)
        #expect(talk.counts[.refusedSettings] == nil)
        #expect(talk.state == .synchronising, "what comes at once was kept by the reader meanwhile")
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
    }

    @Test func `takes first what one in data mode has kept: commit, then acknowledge`() throws {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.now = talk.now + .milliseconds(300)
        let first = try #require(talk.hear("#4KING 13029A91\r\n").reads.first)
        #expect(first.isReplayed)
        #expect(first.content == .tag(try #require(.serial("1302"))))
        #expect(talk.wait(.milliseconds(500)) == [], "no command as long as a read is under way")
        #expect(talk.tell(.committed(first.token)) == [write("#4@````\r")])
        talk.now = talk.now + .milliseconds(60)
        let second = try #require(talk.hear("#6KING 1302%01-0-1F-0E11E\r\n").reads.first)
        #expect(second.isReplayed)
        #expect(talk.tell(.committed(second.token)) == [write("#6@````\r")])
        #expect(talk.wait(.milliseconds(199)) == [])
        #expect(talk.wait(.milliseconds(1)) == [write("#101````\r")])
        talk.answerSetUp()
        let third = try #require(talk.hear(frame: "8KING 1303").reads.first)
        #expect(third.isReplayed, "sent at once after the set-up")
        #expect(talk.tell(.committed(third.token)) == [write("#8@3840\r")], "the true CRC from here on")
        talk.wait(.milliseconds(200))
        #expect(talk.state == .reading)
        #expect(try #require(talk.hear(frame: "AKING 1304").reads.first).isReplayed == false)
    }

    @Test func `gives up waiting for a disk that does not answer, and sets the reader up all the same`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.hear("#4KING 13029A91\r\n")
        #expect(talk.wait(.milliseconds(1_499)) == [])
        #expect(talk.wait(.milliseconds(1)) == [write("#101````\r")])
    }

    @Test func `leads one out of the Basic protocol, past its echo`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        #expect(talk.hear("#101````\r\n") == [], "the echo")
        #expect(talk.hear("#Error\r\n") == [write("#01\r")])
        #expect(talk.hear("#01\r\n#Done\r\n") == [write("#611\r")])
        #expect(talk.hear("#611\r#Done\r\n") == [write("#301````\r")])
        for digit in ["3", "5", "7"] { talk.hear(frame: digit + "Done") }
        #expect(talk.hear(frame: "9Done") == [write(host("B6170"))], "it echoes: one setting more")
        talk.hear(frame: "BDone")
        talk.hear(frame: "DECPS P1 T0A X0 S0")
        talk.hear(frame: "FDone")
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
        #expect(talk.counts[.damagedFrames] == nil)
        #expect(talk.counts[.echoes] == 3)
    }

    @Test func `takes the answer to 611 in the new protocol too, and never sends 611 twice`() {
        for answer in ["#Done\r\n", good("1Done"), good("0Done")] {
            var talk = inBasic()
            #expect(talk.hear(answer) == [write("#301````\r")])
        }
        var talk = inBasic()
        #expect(talk.wait(.seconds(1)) == [write("#301````\r")], "its answer was lost")
    }

    /// `#611` has been sent.
    private func inBasic() -> Conversation {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.hear("#Error\r\n")
        #expect(talk.hear("#Done\r\n") == [write("#611\r")])
        return talk
    }

    @Test func `tries another sequence when the answer is an old one`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        #expect(talk.hear(frame: "1RDID 01") == [write("#301````\r")])
        talk.answerSetUp(from: 3)
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
    }

    @Test func `sees by the first setting that an old Done was no obedience`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.hear("#1DoneC0B1\r\n")
        #expect(talk.hear(frame: "3Error") == [write(host("501"))], "still in data mode: 01 once more")
        #expect(talk.hear("#5Done1C71\r\n") == [write(host("76140"))])
        #expect(talk.hear(frame: "7Done") == [write(host("96120A"))])
        #expect(talk.counts[.refusedSettings] == nil)
    }

    @Test func `counts a refused setting and goes on; an error may come without CRC`() {
        var talk = Conversation { $0.furtherCommands = ["311", "63", "302"] }
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.hear(frame: "1Done")
        talk.hear(frame: "3Done")
        #expect(talk.hear(frame: "5Done").written == [host("74100")])
        #expect(talk.hear("#7Error\r\n").written == [host("9311")])
        #expect(talk.hear(frame: "9Done").written == [host("B302")], "63 is never sent")
        #expect(talk.hear(frame: "BError").written == [host("D525")])
        #expect(talk.counts[.refusedSettings] == 2)
    }

    @Test func `writes once more what was not kept, then counts it and goes on`() {
        var talk = Conversation { $0.uniqueness = .asFound }
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        for digit in ["1", "3", "5"] { talk.hear(frame: digit + "Done") }
        #expect(talk.hear(frame: "7ECPS P1 TFE X0 S0").written == [host("96140")])
        talk.hear(frame: "9Done")
        talk.hear(frame: "BDone")
        #expect(talk.hear(frame: "DECPS P1 TFE X0 S0").written == [host("F00")])
        #expect(talk.counts[.refusedSettings] == 1)
    }

    @Test func `repeats an unanswered command with the same sequence, and begins again with another`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.hear(frame: "1Done")
        #expect(talk.wait(.seconds(1)).written == [host("36140")])
        #expect(talk.wait(.seconds(1)).written == [host("36140")])
        #expect(talk.wait(.seconds(1)).written == ["#501````\r"])
        #expect(talk.hear(frame: "3Done") == [], "too late")
        #expect(talk.counts[.strayAnswers] == 1)
        talk.answerSetUp(from: 5)
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
    }

    @Test func `calls a reader that never answers silent, and tries again for ever`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        let written = talk.wait(.seconds(10)).written
        #expect(
            written.prefix(7) == [
                "#101````\r", "#101````\r", "#101````\r", "#301````\r", "#301````\r", "#301````\r", "#01\r",
            ])
        #expect(talk.state == .silent)
        let later = talk.wait(.hours(1)).written
        #expect((700...4_000).contains(later.count), "bounded: \(later.count)")
        #expect(talk.state == .silent)
        let greeting = last(of: &talk)
        talk.answerSetUp(from: greeting)
        talk.wait(.milliseconds(600))
        #expect(talk.state == .reading)
    }

    /// Waits for a greeting and gives its sequence digit's value.
    private func last(of talk: inout Conversation) -> UInt8 {
        for _ in 0..<50 {
            let written = talk.waitForWake().written.last ?? ""
            if written.hasSuffix("01````\r"), let digit = written.utf8.dropFirst().first {
                return Hex.value(digit) ?? 1
            }
        }
        return 1
    }

    @Test func `names the CRC variant that would have fitted`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        let digits = String(decoding: ECPCRC.xmodem.digits(over: "4KING 1302".utf8), as: UTF8.self)
        for _ in 0..<12 {
            talk.hear("#4KING 1302\(digits)\r\n")
            talk.wait(.seconds(1))
        }
        #expect(talk.state == .faulty(.otherCRC(.xmodem)))
    }

    @Test func `says when the reader stays in command mode, or in the Basic protocol`() {
        var stubborn = Conversation()
        stubborn.tell(.start(lastAccepted: nil))
        stubborn.tell(.opened)
        stubborn.wait(.milliseconds(600))
        for digit in ["1", "3", "5", "7"] { stubborn.hear(frame: digit + "Done") }
        stubborn.hear(frame: "9ECPS P1 T0A X0 S0")
        for digit in ["B", "D", "F"] { stubborn.hear(frame: digit + "Error") }
        #expect(stubborn.state == .faulty(.staysInCommandMode))

        var basic = Conversation()
        basic.tell(.start(lastAccepted: nil))
        basic.tell(.opened)
        basic.wait(.milliseconds(600))
        for _ in 0..<20 { basic.hear("#Error\r\n") }
        #expect(basic.state == .faulty(.basicOnly))
    }

    @Test func `that stops in command mode sends the reader back to data mode`() {
        var talk = Conversation()
        talk.tell(.start(lastAccepted: nil))
        talk.tell(.opened)
        talk.wait(.milliseconds(600))
        talk.hear(frame: "1Done")
        #expect(talk.tell(.stop) == [write("#500````\r"), .close])
        #expect(talk.tell(.wake) == [])
        #expect(talk.hear("#4KING 13029A91\r\n") == [])
        #expect(talk.wakeAt == nil)
    }
}

/// A command of ours with the printed CRC and its end.
func host(_ body: String) -> String {
    "#" + body + String(decoding: ECPCRC.printed.digits(over: body.utf8), as: UTF8.self) + "\r"
}
