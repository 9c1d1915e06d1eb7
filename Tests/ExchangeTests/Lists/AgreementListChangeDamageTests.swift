import Lane
import Testing

@testable import Exchange

struct AgreementListChangeDamageTests {
    private let samples: ChangeSamples
    private let bytes: [UInt8]

    init() throws {
        samples = try ChangeSamples()
        bytes = try samples.change()
    }

    private func error(_ bytes: [UInt8], trusting keys: [PublicKey]? = nil) -> ListError? {
        listError { () throws(ListError) in
            _ = try AgreementListChange(bytes: bytes, trusting: keys ?? [samples.key.publicKey])
        }
    }

    /// What comes of a change that was altered and rightly signed again.
    private func errorSigned(_ alter: (inout [UInt8]) -> Void) -> ListError? {
        var altered = bytes
        alter(&altered)
        return error(samples.signed(altered))
    }

    @Test func `I10: every flipped bit of a small change is refused`() {
        #expect(error(bytes) == nil)
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(error(damaged) != nil, "bit \(bit)")
        }
    }

    @Test func `every truncation of a change is refused, and every addition`() {
        for count in 0..<bytes.count {
            let expected = count < 320 ? 320 : bytes.count
            #expect(error(Array(bytes.prefix(count))) == .truncated(bytes: count, expected: expected))
        }
        #expect(error(bytes + [0]) == .count)
        #expect(error(bytes + [UInt8](repeating: 0, count: 16)) == .count)
    }

    @Test func `another key's change is refused, and a signature by another key under our key's name`() throws {
        let other = SigningKey(seed: [UInt8](repeating: 4, count: 32))
        let base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
        let next = try samples.list(ChangeSamples.nextRows, ChangeSamples.header(8), by: other)
        let theirs = try samples.change(from: base, to: next, by: other)
        #expect(error(theirs) == .unknownKey(other.publicKey.id))
        #expect(error(theirs, trusting: []) == .unknownKey(other.publicKey.id))
        #expect(error(theirs, trusting: [samples.key.publicKey, other.publicKey]) == nil)
        var forged = bytes
        forged.replaceSubrange(256..<320, with: other.signature(over: Array(forged[..<256])))
        #expect(error(forged) == .wrongSignature)
        var inner = bytes
        inner.replaceSubrange(576..<640, with: other.signature(over: Array(inner[320..<576])))
        #expect(error(ChangeSamples.signed(inner, by: samples.key)) == .wrongSignature)
    }

    @Test func `a list is no change and a change is no list`() throws {
        let list = try samples.bytes(ChangeSamples.rows, ChangeSamples.header(7))
        #expect(error(list) == .otherKind)
        let trusted = [samples.key.publicKey]
        let asList = listError { () throws(ListError) in _ = try AgreementList(bytes: bytes, trusting: trusted) }
        #expect(asList == .otherKind)
    }

    @Test func `operations out of order or twice are refused, though rightly signed`() {
        let swapped = errorSigned { bytes in
            let first = Array(bytes[640..<656])
            bytes.replaceSubrange(640..<656, with: bytes[656..<672])
            bytes.replaceSubrange(656..<672, with: first)
        }
        #expect(swapped == .unsorted(entry: 1))
        #expect(errorSigned { $0.replaceSubrange(656..<664, with: Array($0[640..<648])) } == .unsorted(entry: 1))
    }

    @Test(arguments: [5, 6, 0xFF]) func `an unknown status is refused, though rightly signed`(status: UInt8) {
        let last = bytes.count - 16
        let error = errorSigned {
            $0.replaceSubrange(last + 8..<last + 16, with: [status, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF])
        }
        #expect(error == .malformedEntry(entry: 2))
    }

    @Test func `a successor that is not the change's own is refused, though rightly signed`() {
        // Its name, version, times; each alone.
        for place in [336, 368, 372, 376, 384, 392] {
            #expect(errorSigned { $0[place] ^= 1 } == .malformedHeader, "byte \(place)")
        }
    }

    @Test func `operations that do nothing are refused where they are applied, though rightly signed`() throws {
        let base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
        let successor = try samples.list(ChangeSamples.rows, ChangeSamples.header(8))
        let approved = AgreementListEntry.agreement(Agreement(.approved)).word
        let idle: [(TagNumber, UInt64)] = [
            // Removes what is not there, below and above what is; sets what is there.
            (ListSamples.number(77), 0), (Samples.pan, 0), (ListSamples.number(1), approved),
            (Samples.printed, AgreementListEntry.denial.word),
        ]
        for (tag, word) in idle {
            var change = try ChangeStream(
                replacing: samples.folder / "change", from: base.header, to: successor.header,
                listHeader: successor.mapping.bytes(0..<320), issuers: [])
            try change.append(KeyMix.mixed(tag.key), word)
            try change.commit(signedBy: samples.key)
            let opened = try samples.opened(samples.read("change"))
            let error = listError { () throws(ListError) in try opened.apply(to: base, into: samples.folder / "list") }
            #expect(error == .idleOperation(operation: 0))
        }
        #expect(!samples.exists("list"))
        #expect(!samples.exists("list.part"))
    }

    @Test func `a change that does not make what its successor says is refused, though rightly signed`() throws {
        let base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
        var other = bytes
        // The digest of the list that results.
        other[480] ^= 1
        let change = try samples.opened(samples.signed(other))
        let error = listError { () throws(ListError) in try change.apply(to: base, into: samples.folder / "list") }
        #expect(error == .digestMismatch)
        #expect(!samples.exists("list"))
        #expect(!samples.exists("list.part"))
    }

    @Test func `a header that claims 2⁶⁰ operations takes no memory`() {
        #expect(errorSigned { $0[87] = 0x10 } == .tooMany(entries: 3 + 1 << 60))
        #expect(errorSigned { $0[407] = 0x10 } == .tooMany(entries: 4 + 1 << 60))
        for place in Array(80..<128) + Array(400..<448) {
            #expect(errorSigned { $0[place] ^= 0x10 } != nil, "byte \(place)")
        }
    }
}
