import Lane
import Testing

@testable import Exchange

/// The file byte for byte: whoever changes one changes the format.
struct AgreementListFormatTests {
    /// The secret key of RFC 8032's first test.
    private let key: SigningKey
    private let bytes: [UInt8]

    init() throws {
        key = SigningKey(seed: try #require(Hex.bytes(of: Array(ListSamples.secret.utf8))))
        bytes = try ListSamples.built(by: key).bytes
    }

    private func text(_ range: Range<Int>) -> String { Hex.text(of: bytes[range]) }

    @Test func `the header`() {
        #expect(text(0..<8) == "89424f4d4c53540a")  // magic
        #expect(text(8..<16) == "0100" + "4001" + "0200" + "0100")  // format 1, 320 bytes, buckets, whole
        #expect(text(16..<48) == "6e6f72776179" + String(repeating: "00", count: 26))  // norway
        #expect(text(48..<56) == "01000000" + "07000000")  // epoch 1, version 7
        #expect(text(56..<64) == "009eec139c010000")  // 1 769 860 800 000 ms
        #expect(text(64..<72) == "019eec139c010000")
        #expect(text(72..<80) == "0014730f00000000")  // 259 200 000 ms
        #expect(text(80..<104) == "0300000000000000" + "0200000000000000" + "0100000000000000")
        #expect(text(104..<120) == "4001000000000000" + "8000000000000000")  // 128 bytes at 320
        #expect(text(120..<152) == "0000000000000000" + "0100000000000000" + String(repeating: "00", count: 16))
        #expect(text(152..<160) == Hex.text(of: Digest(of: key.publicKey.bytes).bytes.prefix(8)))
        #expect(text(160..<192) == Digest(of: Array(bytes[320...])).hex)
        #expect(text(192..<256) == String(repeating: "00", count: 64))
        #expect(Array(bytes[256..<320]) == key.signature(over: Array(bytes[..<256])))
        #expect(bytes.count == 320 + 2 * 64)
    }

    /// Two buckets: the upper half of the mixed keys begins with slot 4.
    @Test func `the entries, ascending by mixed key, each in its bucket`() {
        let slots = [(0, ListSamples.number(0)), (1, Samples.printed), (4, Samples.pan)]
        for (slot, tag) in slots {
            let place = 320 + 16 * slot
            #expect(bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) } == KeyMix.mixed(tag.key))
        }
        #expect(text(328..<336) == "0300" + "000000" + "ffffff")
        #expect(text(344..<352) == "0001" + "000000" + "000000")
        // Noon of 2026-01-31 is quarter 914 640 = 0x0DF4D0 since 2000.
        #expect(text(392..<400) == "0100" + "d0f40d" + "d1f40d")
        for empty in [2, 3, 5, 6, 7] {
            #expect(text(320 + 16 * empty..<336 + 16 * empty) == String(repeating: "00", count: 16))
        }
    }

    @Test func `the whole file, as Python's struct and hashlib and openssl's Ed25519 make it`() {
        #expect(Digest(of: bytes).hex == "2f1e0ea409df19c1ea8903bf61ce596eb494b99374d13b42eb82e22d089df51c")
    }
}

struct AgreementListEntryTests {
    private func agreement(_ from: Int64?, _ until: Int64?) -> AgreementListEntry {
        let from = from.map { UTC(milliseconds: $0) }
        return .agreement(Agreement(.approved, validFrom: from, validUntil: until.map { UTC(milliseconds: $0) }))
    }
    private let noon = ListSamples.noon
    private let quarter = ListSamples.quarter

    @Test func `validity is rounded to quarters in the customer's favour`() {
        let rounded = agreement(noon, noon + quarter)
        #expect(AgreementListEntry(word: agreement(noon, noon + quarter).word) == rounded)
        #expect(AgreementListEntry(word: agreement(noon + 1, noon + 1).word) == rounded)
        #expect(AgreementListEntry(word: agreement(noon + quarter - 1, noon + quarter).word) == rounded)
    }

    @Test func `dates before 2000 and beyond the count are no dates, or end at the ends`() {
        #expect(AgreementListEntry(word: agreement(.min, .max).word) == agreement(nil, nil))
        #expect(AgreementListEntry(word: agreement(nil, nil).word) == agreement(nil, nil))
        #expect(AgreementListEntry(word: agreement(nil, .min).word) == agreement(nil, 946_684_800_000))
    }

    @Test(arguments: AgreementListEntry.VehicleClass.allCases)
    func `the class stands in the upper half of the flags`(vehicle: AgreementListEntry.VehicleClass) {
        let entry = AgreementListEntry.agreement(Agreement(.noticeOverdue), vehicle)
        #expect(entry.word == 0xFFFFFF_000000_00_03 | UInt64(vehicle.rawValue) << 12)
        #expect(AgreementListEntry(word: entry.word) == entry)
    }

    @Test func `words that no list holds are no entries`() {
        #expect(AgreementListEntry(word: 0) == nil)
        #expect(AgreementListEntry(word: 5) == nil)
        #expect(AgreementListEntry(word: 1 << 8 | 1) == nil)
        #expect(AgreementListEntry(word: 1 << 9 | 1) == nil)
        #expect(AgreementListEntry(word: 1 << 8 | 1 << 16) == nil)
        #expect(AgreementListEntry(word: 1 << 8 | 1 << 12) == nil)
        #expect(AgreementListEntry(word: 3 << 12 | 1) == nil)
        #expect(AgreementListEntry(word: 2 << 12 | 1) != nil)
        #expect(AgreementListEntry(word: 1 << 8) == .denial)
    }

    @Test func `a denial beats everything, then the graver status, then the shorter validity, then the class`() {
        let inOrder: [AgreementListEntry] = [
            .denial, .agreement(Agreement(.blocked)), .agreement(Agreement(.noticeOverdue)),
            .agreement(Agreement(.noticePrepaidLow)), agreement(noon + quarter, nil), agreement(noon, noon + quarter),
            agreement(noon, nil), .agreement(Agreement(.approved), .heavy), .agreement(Agreement(.approved), .light),
            agreement(nil, nil),
        ]
        for (index, entry) in inOrder.enumerated() {
            for (other, lesser) in inOrder.enumerated() { #expect(entry.isGraver(than: lesser) == (index < other)) }
        }
    }
}
