import Exchange
import Lane
import Testing

@Suite struct LostRecordsTests {
    private let lost = LostRecords(Sequence(12), to: Sequence(18), digest: Samples.digest, reason: .damaged)

    private func body(_ lost: LostRecords, sequence: UInt64 = 12) -> String {
        Samples.body(.lost(lost), sequence: sequence)
    }

    @Test func `a gap names the records in whose place it stands, and what goes on behind them`() throws {
        let text = body(lost)
        #expect(text.contains(#""sequence":12,"type":"gap""#))
        #expect(text.hasSuffix(#""reason":"damaged","upTo":18,"digest":"\#(Samples.digest.hex)"}"#))
        #expect(LostRecords(body: Array(text.utf8)) == lost)
        #expect(lost.count == 7)
        #expect("\(lost)" == "records 12 to 18 are lost: damaged at the station")
    }

    @Test func `without a digest the gap itself is what goes on`() {
        let lost = LostRecords(Sequence(12), to: Sequence(12), digest: nil, reason: .expired)
        #expect(LostRecords(body: Array(body(lost).utf8)) == lost)
        #expect("\(lost)" == "record 12 is lost: past retention at the station")
    }

    @Test func `what declares no records is no such gap`() {
        let vehicles = Gap(lane: LaneNumber(1), from: Samples.at(1), to: Samples.at(2), count: 3)
        let bodies = [
            Samples.body(.gap(vehicles)), Samples.body(.event(.stop)),
            body(lost).replacing(#""upTo":18"#, with: #""upTo":11"#),
            body(lost).replacing(#""upTo":18"#, with: #""upTo":18446744073709551615"#),
            body(lost).replacing("damaged", with: "dull"),
            body(lost).replacing(#""type":"gap""#, with: #""type":"event""#),
        ]
        for body in bodies { #expect(LostRecords(body: Array(body.utf8)) == nil, "\(body)") }
    }
}
