import Exchange
import Lane
import Peripherals
import Testing

@testable import Central

@Suite struct `A record's head` {
    private let body = Sample.body(12, type: "passage")

    @Test func `is read from the body's bytes`() throws {
        let head = try #require(RecordHead(scanning: body))
        #expect(head.version == 1)
        #expect(head.station == Sample.journal.station)
        #expect(head.journal == Sample.journal.journal)
        #expect(head.sequence == Sequence(12))
        #expect(head.type == "passage")
    }

    @Test func `is nil in every truncation before the type's end`() {
        let end = body.count - "\"boot\":\"b\"}".utf8.count
        for count in 0..<end { #expect(RecordHead(scanning: Array(body[..<count])) == nil) }
        #expect(RecordHead(scanning: Array(body[..<end])) != nil)
    }

    @Test func `survives every flipped bit, and never keeps the same content`() {
        let whole = RecordHead(scanning: body)
        for index in 0..<(body.count - 12) {
            for bit in 0..<8 {
                var flipped = body
                flipped[index] ^= 1 << bit
                #expect(RecordHead(scanning: flipped) != whole)
            }
        }
    }

    @Test func `says what the decoder says, of many records and of damaged ones`() throws {
        var chance = SmallGenerator(seed: 5)
        var read = 0
        for _ in 0..<500 {
            let body = try Self.anyBody(&chance)
            let fields = try #require(RecordFields(body: body))
            #expect(RecordHead(scanning: body) == RecordHead(fields))
            for _ in 0..<20 {
                let damaged = Self.damaged(body, &chance)
                guard let head = RecordHead(scanning: damaged), let fields = RecordFields(body: damaged) else {
                    continue
                }
                read += 1
                #expect(head == RecordHead(fields), "\(String(decoding: damaged, as: UTF8.self))")
            }
        }
        #expect(read > 1_000)
    }

    /// A record of any type, station and place.
    private static func anyBody(_ chance: inout SmallGenerator) throws -> [UInt8] {
        let station = StationID(UInt32.random(in: 1...999_999_999, using: &chance))
        let journal = JournalID(high: chance.next(), low: chance.next())
        let sequence = Sequence((chance.next() >> 5) >> (chance.next() % 58) + 1)
        let context = RecordContext(
            station: station, journal: journal, boot: "boot", configuration: .zero, profile: "classic",
            list: "agreements", antennas: [:], lanes: [:])
        let at = Instant(nanoseconds: Int64(chance.next() >> 20))
        let drafts: [RecordDraft] = [
            .event(.start(downtime: nil, version: "1")), .gap(Gap(lane: LaneNumber(1), from: at, to: at, count: 3)),
            .passage(
                Passage(
                    id: PassageID(1), lane: LaneNumber(2), start: at,
                    decision: .init(.noTag, tag: nil, list: nil, at: at)), photos: []),
        ]
        let stamp = Stamp(at: at, utc: UTC(milliseconds: 1_767_225_600_123), clock: .good)
        return RecordEncoder(context: context).body(
            of: drafts[Int(chance.next() % 3)], sequence: sequence, stamp: stamp)
    }

    /// A byte changed, gone, doubled or put in, in the first part mostly.
    private static func damaged(_ body: [UInt8], _ chance: inout SmallGenerator) -> [UInt8] {
        var body = body
        let place = Int(chance.next() % UInt64(chance.next() % 4 == 0 ? body.count : 120))
        switch chance.next() % 4 {
        case 0: body[place] ^= 1 << (chance.next() % 8)
        case 1: body[place] = UInt8(ascii: "0") + UInt8(chance.next() % 10)
        case 2: body.remove(at: place)
        default: body.insert(body[Int(chance.next() % UInt64(body.count))], at: place)
        }
        return body
    }

    @Test(arguments: [
        ("\"sequence\":12", "\"sequence\":0"),
        ("\"sequence\":12", "\"sequence\":01"),
        ("\"sequence\":12", "\"sequence\":-1"),
        ("\"sequence\":12", "\"sequence\":1000000000000000000"),
        ("00abcd", "00ABCD"),
        ("\"station\":7", "\"station\":4294967296"),
        ("\"passage\"", "\"\""),
        ("\"passage\"", "\"abcdefghijklmnopqrstuvwxyzabcdefg\""),
        ("\"v\":1", "\"v\": 1"),
        ("\"v\":1,\"station\":7", "\"station\":7,\"v\":1"),
    ]) func `is not read from other bytes`(part: String, other: String) throws {
        let text = String(decoding: body, as: UTF8.self)
        let place = try #require(text.firstRange(of: part))
        #expect(RecordHead(scanning: Array(text.replacingCharacters(place, by: other).utf8)) == nil)
    }
}

extension RecordHead {
    /// What the decoder makes of it.
    fileprivate init(_ fields: RecordFields) {
        self.init(
            version: UInt64(fields.v), station: StationID(fields.station), journal: fields.journal,
            sequence: fields.sequence, type: fields.type)
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
    }

    fileprivate func replacingCharacters(_ range: Range<Index>, by other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
