import Testing

@testable import TagReader

@Suite struct `An ECP frame` {
    private func command(_ sequence: Character, _ data: String) -> String {
        let frame = ECPFrame(sequence: sequence.asciiValue ?? 0, data: Array(data.utf8))
        return String(decoding: frame.encoded(.crc(.printed)), as: UTF8.self)
    }

    @Test func `is encoded as the manuals print it`() {
        #expect(command("1", "01") == "#1011643\r")
        #expect(command("3", "00") == "#3003600\r")
        #expect(command("5", "611") == "#56119DC4\r")
        #expect(command("3", "610") == "#36103763\r")
        #expect(command("7", "521") == "#7521C8C5\r")
        #expect(command("9", "526") == "#9526EBCD\r")
    }

    @Test func `acknowledges and refuses with the sequence of the message`() {
        let four = UInt8(ascii: "4")
        #expect(ECPFrame.acknowledgement(of: four).encoded(.crc(.printed)) == Array("#4@3440\r".utf8))
        #expect(ECPFrame.refusal(of: four).encoded(.crc(.printed)) == Array("#4?343F\r".utf8))
        #expect(ECPFrame.acknowledgement(of: UInt8(ascii: "6")).encoded(.wild) == Array("#6@````\r".utf8))
    }

    @Test(arguments: vectors) func `is read back from the frames of the manuals`(text: String) throws {
        let frame = try #require(ECPFrame(Array(text.utf8.dropFirst()), checking: .printed))
        #expect(frame.encoded(.crc(.printed)) == Array(text.utf8) + [UInt8(ascii: "\r")])
    }

    @Test func `is a message when its sequence is even, an answer when it is odd`() {
        for (digit, isMessage) in [("0", true), ("1", false), ("A", true), ("E", true), ("F", false)] {
            #expect(ECPFrame(sequence: digit.utf8.first ?? 0, data: []).isMessage == isMessage)
        }
    }

    @Test func `has one to seventy-two characters of data`() {
        for (count, isGood) in [(0, false), (1, true), (72, true), (73, false)] {
            let body = "4" + String(repeating: "A", count: count)
            let digits = String(decoding: ECPCRC.printed.digits(over: body.utf8), as: UTF8.self)
            #expect((ECPFrame(Array((body + digits).utf8), checking: .printed) != nil) == isGood)
        }
    }

    @Test func `is refused when its sequence is no hex digit`() {
        let digits = String(decoding: ECPCRC.printed.digits(over: "GKING".utf8), as: UTF8.self)
        #expect(ECPFrame(Array(("GKING" + digits).utf8), checking: .printed) == nil)
    }
}
