import Lane

/// The first 320 bytes of a list file. All numbers are little-endian and stand at multiples of their size; times are
/// milliseconds since 1970-01-01T00:00Z. Bytes 0 to 255 are what is signed.
///
///       0   8  magic 89 "BOMLST" 0A      128   8  key mix, 1: `KeyMix`
///       8   2  format, 1                 136   8  offset of the issuers, 0: none
///      10   2  size of the header, 320   144   8  number of issuers, 0
///      12   2  layout, 2: buckets        152   8  key id of the signature
///      14   2  kind, 1: a whole list     160  32  digest of the content, BLAKE2b-256
///      16  32  name, padded with zeros   192  32  digest of the predecessor's content; zeros
///      48   4  epoch                              for a whole list
///      52   4  version                   224  32  zeros
///      56   8  issued at                 256  64  signature, Ed25519, over bytes 0 to 255
///      64   8  active from               320      the content: `AgreementListLayout`
///      72   8  stale after, a span
///      80   8  number of entries         320 is a multiple of 64: in a mapped file no bucket
///      88   8  of them approvals         lies across two cache lines. Other layouts, kinds
///      96   8  of them denials           and key mixes get numbers of their own; a reader
///     104   8  offset of the content     refuses a number it does not know.
///     112   8  bytes of the content
///     120   8  zero
package struct AgreementListHeader: Hashable, Sendable {
    /// Which list: a name that stays the same over its versions (`RecordContext.isName`).
    package var name: String
    package var version: ListVersion
    package var issuedAt: UTC
    /// The list may be used from this moment on.
    package var activeFrom: UTC
    /// A list older than this (since `issuedAt`) is stale: decided by as usual, flagged and alarmed. Above zero, whole milliseconds.
    package var staleAfter: Interval
    /// Filled in by the builder.
    package internal(set) var approvals = 0
    /// Filled in by the builder.
    package internal(set) var denials = 0
    /// Buckets of the content, those behind the last entry's own among them. Filled in by the builder.
    package internal(set) var buckets = 0
    /// BLAKE2b-256 of everything behind the header.
    package internal(set) var digest = Digest.zero
    package internal(set) var key = KeyID(0)

    /// How many entries the list has.
    package var count: Int { approvals + denials }

    package init(name: String, version: ListVersion, issuedAt: UTC, activeFrom: UTC? = nil, staleAfter: Interval) {
        self.name = name
        self.version = version
        self.issuedAt = issuedAt
        self.activeFrom = activeFrom ?? issuedAt
        self.staleAfter = staleAfter
    }

    static let bytes = 320
    static let signedBytes = 256
}

extension AgreementListHeader {
    private static let magic: [UInt8] = [0x89] + Array("BOMLST\n".utf8)

    /// The 256 bytes that are signed.
    var signed: [UInt8] {
        var bytes: [UInt8] = Self.magic
        for number: UInt16 in [1, UInt16(Self.bytes), Self.layout, 1] { bytes.append(littleEndian: number) }
        bytes += name.utf8 + [UInt8](repeating: 0, count: 32 - name.utf8.count)
        bytes.append(littleEndian: version.epoch)
        bytes.append(littleEndian: version.version)
        for number in [issuedAt.milliseconds, activeFrom.milliseconds, staleAfter.milliseconds] {
            bytes.append(littleEndian: UInt64(bitPattern: number))
        }
        let content = buckets * AgreementListLayout.bucketBytes
        for number in [count, approvals, denials, Self.bytes, content, 0, KeyMix.number, 0, 0] {
            bytes.append(littleEndian: UInt64(number))
        }
        bytes.append(littleEndian: key.number)
        return bytes + digest.bytes + [UInt8](repeating: 0, count: 64)
    }

    /// Reads the signed bytes of a file of that size. Nothing in them is trusted yet.
    init(signed bytes: [UInt8], fileBytes: Int) throws(ListError) {
        guard bytes.starts(with: Self.magic) else { throw .wrongMagic }
        let number = { (offset: Int, size: Int) in
            bytes[offset..<offset + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        let shape = [8, 10, 12, 14].map { number($0, 2) }
        guard shape == [1, UInt64(Self.bytes), UInt64(Self.layout), 1] else { throw .unknownFormat }
        let entries = number(80, 8)
        guard entries <= UInt64(AgreementList.mostEntries) else { throw .tooMany(entries: entries) }
        let content = Int(clamping: number(112, 8))
        guard AgreementListLayout.bytes(for: Int(entries)).contains(content) else { throw .malformedHeader }
        let expected = Self.bytes + content
        guard fileBytes >= expected else { throw .truncated(bytes: fileBytes, expected: expected) }
        guard fileBytes == expected else { throw .count }
        let nameBytes = bytes[16..<48].prefix { $0 != 0 }
        guard let digest = Digest(bytes: bytes[160..<192]) else { throw .malformedHeader }
        self.init(
            name: String(decoding: nameBytes, as: UTF8.self),
            version: ListVersion(epoch: UInt32(number(48, 4)), version: UInt32(number(52, 4))),
            issuedAt: UTC(milliseconds: Int64(bitPattern: number(56, 8))),
            activeFrom: UTC(milliseconds: Int64(bitPattern: number(64, 8))),
            staleAfter: .milliseconds(0))
        let stale = number(72, 8)
        guard stale > 0, stale <= UInt64(Self.longestStaleAfter.milliseconds) else { throw .malformedHeader }
        staleAfter = .milliseconds(Int64(stale))
        guard number(88, 8) <= entries, number(96, 8) <= entries else { throw .count }
        approvals = Int(number(88, 8))
        denials = Int(number(96, 8))
        guard approvals + denials == Int(entries) else { throw .count }
        buckets = content / AgreementListLayout.bucketBytes
        self.digest = digest
        key = KeyID(number(152, 8))
        // What these fields cannot say (zeros, offsets, a name's padding) must be exactly as it would be written.
        guard RecordContext.isName(name), signed == bytes else { throw .malformedHeader }
    }

    /// The number of `AgreementListLayout`; 1 was sorted by key.
    private static let layout: UInt16 = 2

    /// Longer than this no list is good for: ten years.
    static let longestStaleAfter = Interval.days(3_650)
}

extension [UInt8] {
    mutating func append(littleEndian number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
