import Testing

@testable import LaneSim

@Suite struct DeliveryProofTests {
    private let read = #","read":{"id":1,"tag":"printed:1000000011","reader":"east"}"#
    private var lines: [String] {
        records([
            body(1, type: "event"), body(2, type: "passage"), body(3, type: "replayedRead", read),
            body(4, type: "passage"), body(5, type: "event"),
        ])
    }

    @Test func `records that are the same on both sides are verified, also when the last are still on their way`() {
        for count in [4, 5] {
            let proof = DeliveryProof(station: lines, central: Array(lines.prefix(count)))
            #expect(proof.fault == nil)
            #expect(proof.committed == 2 && proof.delivered == 2 && proof.replayedTags == ["1000000011"])
            #expect(proof.text == "committed 2, at central 2; chain of \(count) records verified, digest by digest")
        }
    }

    @Test func `a passage that is not at the central server is missed (I2)`() {
        let proof = DeliveryProof(station: lines, central: Array(lines.prefix(3)))
        #expect(
            proof.text
                == "committed 2, at central 1; NOT VERIFIED: 2 passages are committed, 1 are at the central server")
    }

    @Test func `one changed byte on either side is found, and so is a record too many`() {
        var other = lines
        other[2] = other[2].replacing("east", with: "west")
        #expect(
            DeliveryProof(station: other, central: other).fault
                == "record 3 of the station's journal does not follow the one before it")
        #expect(
            DeliveryProof(station: lines, central: other).fault
                == "record 3 at the central server is not the station's")
        #expect(
            DeliveryProof(station: Array(lines.prefix(4)), central: lines).fault
                == "the central server has 5 records, the station's journal 4")
        #expect(DeliveryProof(station: ["{}"], central: []).fault == "record 1 of the station's journal is no record")
    }

    @Test func `a read that two records have is found`() {
        let twice = records([
            body(1, type: "passage", #","reads":[{"id":1},{"id":2}]"#),
            body(2, type: "passage", #","reads":[{"id":3}]"#),
            body(3, type: "replayedRead", #","read":{"id":2}"#),
        ])
        #expect(DeliveryProof(station: twice, central: twice).fault == "read 2 is in two records")
    }
}
