import Exchange
import Lane
import Testing

struct MessageTests {
    private let journal = JournalID(high: 1, low: 0xFF)
    private let hex = "000000000000000100000000000000ff"
    private func text(_ message: some Message) -> String { String(decoding: message.json, as: UTF8.self) }

    @Test func `a position`() throws {
        let answer = PositionAnswer(journal: journal, contiguous: Sequence(0), digest: .zero)
        #expect(text(answer) == #"{"contiguous":0,"digest":"\#(Digest.zero.hex)","journal":"\#(hex)"}"#)
        #expect(try PositionAnswer(json: answer.json) == answer)
    }

    @Test func `a batch's answer, with and without a pace`() throws {
        var answer = BatchAnswer(journal: journal, contiguous: Sequence(.max), digest: .zero)
        let zero = Digest.zero.hex
        let plain = #"{"contiguous":18446744073709551615,"digest":"\#(zero)","journal":"\#(hex)","rejected":[]}"#
        #expect(text(answer) == plain)
        #expect(try BatchAnswer(json: answer.json) == answer)
        answer.rejected = [.init(sequence: Sequence(7), reason: "lane")]
        answer.pace = .init(records: 10, pauseMilliseconds: 500)
        #expect(text(answer).contains(#""pace":{"pauseMilliseconds":500,"records":10}"#))
        #expect(text(answer).contains(#""rejected":[{"reason":"lane","sequence":7}]"#))
        #expect(try BatchAnswer(json: answer.json) == answer)
    }

    @Test func `a refusal`() throws {
        let refusal = Refusal(.gap, expected: Sequence(12), message: "record 15 came, 12 is expected")
        #expect(text(refusal) == #"{"error":"gap","expected":12,"message":"record 15 came, 12 is expected"}"#)
        #expect(try Refusal(json: refusal.json) == refusal)
    }

    @Test(arguments: [
        "", "{}", "null", "<html>", #"{"contiguous":-1,"digest":"","journal":""}"#,
        #"{"contiguous":1,"digest":"\#(Digest.zero.hex)","journal":"12"}"#,
    ])
    func `rubbish is no message`(text: String) {
        #expect(throws: MessageError.malformed) { try PositionAnswer(json: Array(text.utf8)) }
    }

    @Test func `a message that is too long is not looked at`() {
        let bytes = [UInt8](repeating: 0x20, count: longestMessage + 1)
        #expect(throws: MessageError.tooLong(bytes: longestMessage + 1)) { try Refusal(json: bytes) }
    }

    @Test func `members that are not known are skipped`() throws {
        let newer = #"{"error":"gap","expected":12,"message":"","since":"later"}"#
        #expect(try Refusal(json: Array(newer.utf8)).expected == Sequence(12))
    }

    @Test func `journals are named by 32 hexadecimal digits`() {
        #expect(JournalID(hex: hex) == journal)
        #expect(journal.hex == hex)
        #expect(JournalID(hex: hex.dropLast()) == nil)
        #expect(JournalID.random() != JournalID.random())
    }
}
