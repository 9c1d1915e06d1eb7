import Glibc
import Lane
import Testing

@testable import Exchange

struct AgreementListDamageTests {
    private let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))

    private func error(_ bytes: [UInt8], trusting keys: [PublicKey]? = nil) -> ListError? {
        do throws(ListError) {
            _ = try AgreementList(bytes: bytes, trusting: keys ?? [key.publicKey])
            return nil
        } catch {
            return error
        }
    }

    /// The bytes after a change, with count, digest and signature made right again: only the change itself is wrong.
    private func signed(_ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        var bytes = try ListSamples.built(by: key).bytes
        change(&bytes)
        bytes.replaceSubrange(160..<192, with: Digest(of: Array(bytes[320...])).bytes)
        bytes.replaceSubrange(256..<320, with: key.signature(over: Array(bytes[..<256])))
        return bytes
    }

    @Test func `I10: every flipped bit of a small list is refused`() throws {
        let bytes = try ListSamples.built(by: key).bytes
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(error(damaged) != nil, "bit \(bit)")
        }
    }

    @Test func `every truncation is refused, and every addition`() throws {
        let bytes = try ListSamples.built(by: key).bytes
        for count in 0..<bytes.count {
            let expected = count < 320 ? 320 : bytes.count
            #expect(error(Array(bytes.prefix(count))) == .truncated(bytes: count, expected: expected))
        }
        #expect(error(bytes + [0]) == .count)
        #expect(error(bytes + [UInt8](repeating: 0, count: 16)) == .count)
    }

    @Test(arguments: [1, 8, 191, 319, 320, 400])
    func `what begins as no list does is none, however short it is`(count: Int) throws {
        let folder = try TestFolder()
        let text = Array("number,status\n".utf8) + [UInt8](repeating: 0x20, count: 400)
        for (bytes, expected) in [
            (text, ListError.wrongMagic), ([0x1F, 0x8B] + text, count > 1 ? .packed : .wrongMagic),
        ] {
            let short = Array(bytes.prefix(count))
            #expect(error(short) == expected)
            try folder.write(short, to: "short")
            #expect(throws: expected) { () throws(ListError) in try AgreementListFile.kind(of: folder / "short") }
            let change = #expect(throws: ListError.self) {
                try AgreementListChange(bytes: short, trusting: [key.publicKey])
            }
            #expect(change == expected)
        }
    }

    @Test func `another key's list is refused, and a signature by another key under our key's name`() throws {
        let other = SigningKey(seed: [UInt8](repeating: 2, count: 32))
        let theirs = try ListSamples.built(by: other).bytes
        #expect(error(theirs) == .unknownKey(other.publicKey.id))
        #expect(error(theirs, trusting: []) == .unknownKey(other.publicKey.id))
        #expect(error(theirs, trusting: [key.publicKey, other.publicKey]) == nil)
        var forged = try ListSamples.built(by: key).bytes
        forged.replaceSubrange(256..<320, with: other.signature(over: Array(forged[..<256])))
        #expect(error(forged) == .wrongSignature)
    }

    @Test func `content that is not the signed one is refused`() throws {
        let other = try ListSamples.built([ListSamples.rows[0], ListSamples.rows[1]], by: key).bytes
        var mixed = try ListSamples.built(Array(ListSamples.rows[1...]), by: key).bytes
        #expect(mixed.count == other.count)
        mixed.replaceSubrange(320..., with: other[320...])
        #expect(error(mixed) == .digestMismatch)
    }

    @Test func `entries out of order, not in their place or twice are refused, though rightly signed`() throws {
        let swapped = try signed { bytes in
            let first = Array(bytes[320..<336])
            bytes.replaceSubrange(320..<336, with: Array(bytes[336..<352]))
            bytes.replaceSubrange(336..<352, with: first)
        }
        #expect(error(swapped) == .unsorted(entry: 1))
        let apart = try signed { bytes in
            bytes.replaceSubrange(352..<368, with: bytes[336..<352])
            bytes.replaceSubrange(336..<352, with: [UInt8](repeating: 0, count: 16))
        }
        #expect(error(apart) == .unsorted(entry: 1))
        let twice = try signed { $0.replaceSubrange(336..<344, with: Array($0[320..<328])) }
        #expect(error(twice) == .unsorted(entry: 1))
    }

    @Test
    func `a key without an entry is refused, and an entry too few or in a bucket too many, though rightly signed`()
        throws
    {
        #expect(error(try signed { $0[352] = 1 }) == .malformedEntry(entry: 2))
        #expect(error(try signed { $0.replaceSubrange(384..<400, with: [UInt8](repeating: 0, count: 16)) }) == .count)
        let spilled = try signed { bytes in
            bytes[112] = 192
            bytes += [UInt8](repeating: 0, count: 64)
        }
        #expect(error(spilled) == .count)
    }

    @Test(arguments: [0, 5, 0xFF]) func `an unknown status is refused, though rightly signed`(status: UInt8) throws {
        #expect(error(try signed { $0[328] = status }) == .malformedEntry(entry: 0))
    }

    @Test(arguments: [1, 2, 8, 0x30, 0x80]) func `unknown flags are refused, though rightly signed`(flags: UInt8) throws
    {
        #expect(error(try signed { $0[329] = flags }) == .malformedEntry(entry: 0))
    }

    @Test func `headers that nobody should sign are refused`() throws {
        #expect(error(try signed { $0[0] = 0x88 }) == .wrongMagic)
        for place in [8, 10, 12] { #expect(error(try signed { $0[place] += 1 }) == .unknownFormat) }
        #expect(error(try signed { $0[12] = 1 }) == .unknownFormat)
        for kind: UInt8 in [0, 4, 0xFF] { #expect(error(try signed { $0[14] = kind }) == .unknownFormat) }
        for issuers: UInt8 in [1, 0xFF] { #expect(error(try signed { $0[144] = issuers }) == .malformedHeader) }
        #expect(error(try signed { $0[88] -= 1 }) == .count)
        let moved = try signed { bytes in
            bytes[88] += 1
            bytes[96] -= 1
        }
        #expect(error(moved) == .count)
        for place in [16, 22, 47, 104, 112, 118, 120, 129, 136, 144, 151, 192, 223, 224, 228, 232, 236, 240, 255] {
            #expect(error(try signed { $0[place] = 1 }) == .malformedHeader, "byte \(place)")
        }
        #expect(
            error(try signed { $0.replaceSubrange(72..<80, with: [UInt8](repeating: 0, count: 8)) }) == .malformedHeader
        )
        #expect(error(try signed { $0[79] = 0xFF }) == .malformedHeader)
    }

    @Test func `a header that claims too many entries takes no memory`() throws {
        for place in 84..<88 {
            let claimed = UInt64(3) + 1 << (8 * UInt64(place - 80))
            #expect(error(try signed { $0[place] = 1 }) == .tooMany(entries: claimed))
        }
        #expect(error(try signed { $0[87] = 0x10 }) == .tooMany(entries: 3 + 1 << 60))
        #expect(error(try signed { $0[119] = 0x10 }) == .malformedHeader)
        #expect(error(try signed { $0[151] = 0x10 }) == .malformedHeader)
        var most = try ListSamples.built([], by: key).bytes
        most.put(AgreementList.mostEntries, at: 80)
        most.put(AgreementList.mostEntries, at: 88)
        #expect(error(most) == .malformedHeader)
        let content = AgreementListLayout.bytes(for: AgreementList.mostEntries).upperBound
        most.put(content, at: 112)
        #expect(error(most) == .truncated(bytes: 320, expected: 320 + content))
        most.put(content + 64, at: 112)
        #expect(error(most) == .malformedHeader)
        most.put(AgreementList.mostEntries + 1, at: 80)
        #expect(error(most) == .tooMany(entries: UInt64(AgreementList.mostEntries) + 1))
    }

    @Test func `what is no file of ours is refused in one line`() throws {
        let folder = try TestFolder()
        let open = { (path: String) throws(ListError) in
            _ = try AgreementList.open(path: path, trusting: [self.key.publicKey])
        }
        let cause = "No such file or directory"
        #expect(throws: ListError.system(operation: "open", path: folder / "none", cause: cause)) {
            try open(folder / "none")
        }
        #expect(throws: ListError.system(operation: "open", path: "/tmp", cause: "not a file")) { try open("/tmp") }
        try folder.write([], to: "empty")
        #expect(throws: ListError.truncated(bytes: 0, expected: 320)) { try open(folder / "empty") }
        try folder.write([0], to: "long")
        #expect(unsafe truncate(folder / "long", AgreementList.mostBytes + 1) == 0)
        #expect(throws: ListError.self) { try open(folder / "long") }
        try folder.write(Array("<html>".utf8) + [UInt8](repeating: 0x20, count: 400), to: "html")
        #expect(throws: ListError.wrongMagic) { try open(folder / "html") }
    }
}

extension [UInt8] {
    fileprivate mutating func put(_ number: Int, at place: Int) {
        for byte in 0..<8 { self[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
    }
}
