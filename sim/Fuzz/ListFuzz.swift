import Exchange
import Lane

/// Reads any bytes as a list, a change or a part, as a station does with what it has fetched.
///
/// A fuzzer cannot sign. So what it made up is signed here, digests and all, and the parsers behind the signature are reached.
/// A list that was taken and is not what a list has to be is a finding.
struct ListFuzz: Sendable {
    private let samples: FuzzSamples
    private let keys: [PublicKey]

    init(_ samples: FuzzSamples) {
        self.samples = samples
        keys = [samples.key.publicKey]
    }

    /// Where both headers end.
    private static let both = 2 * AgreementListHeader.bytes

    func run(_ raw: [UInt8]) throws {
        guard raw.count >= AgreementListHeader.bytes else { return try read(raw) }
        try read(signed(raw))
    }

    private func read(_ bytes: [UInt8]) throws {
        if let list = try? AgreementList(bytes: bytes, trusting: keys, checking: .header) { try use(list) }
        if let list = try? AgreementList(bytes: bytes, trusting: keys) { try check(list) }
        if let change = try? AgreementListChange(bytes: bytes, trusting: keys) { try apply(change) }
        if let part = try? AgreementListPart(bytes: bytes, trusting: keys) {
            try Finding.unless(
                part.part.number >= 1 && part.part.number <= part.part.of, "a part that is none was taken")
        }
    }

    /// A list of which only the header was verified: whatever it holds, it is safe to ask, to go through and to build on.
    private func use(_ list: AgreementList) throws {
        for value in 0..<20 { _ = list.answer(for: FuzzSamples.tag(value)) }
        var entries = 0
        list.entries { _, _ in entries += 1 }
        try Finding.unless(entries <= list.bytes / 16, "more entries than bytes for them")
        let path = samples.folder.path + "/made"
        try? AgreementListChange.make(from: list, to: samples.base, signedBy: samples.key, into: path)
        try? AgreementListChange.make(from: samples.base, to: list, signedBy: samples.key, into: path)
    }

    /// A list that was taken has what its header says, and each entry is found.
    private func check(_ list: AgreementList) throws {
        var (entries, found) = (0, 0)
        list.entries { tag, entry in
            entries += 1
            if list.entry(of: tag) == entry { found += 1 }
        }
        try Finding.unless(found == entries, "an entry that no lookup finds was taken")
        try Finding.unless(entries == list.count, "a list with other entries than it says was taken")
    }

    /// What comes of a change is a list like any.
    private func apply(_ change: AgreementListChange) throws {
        let path = samples.folder.path + "/applied"
        guard (try? change.apply(to: samples.base, into: path)) != nil else { return }
        guard let list = try? AgreementList.open(path: path, trusting: keys) else {
            throw Finding("a change made a list that cannot be opened")
        }
        try Finding.unless(list.header == change.successor, "a change made another list than it says")
    }

    /// The bytes with keys, digests and signatures made right, and a change made one for the base.
    private func signed(_ raw: [UInt8]) -> [UInt8] {
        var bytes = raw
        if bytes[14] != 1, bytes.count >= Self.both {
            let base = samples.base.header
            if bytes[14] == 2 { bytes.replaceSubrange(192..<224, with: base.digest.bytes) }
            sign(&bytes, at: AgreementListHeader.bytes)
        }
        let content = Array(bytes[AgreementListHeader.bytes...])
        bytes.replaceSubrange(160..<192, with: Digest(of: content).bytes)
        sign(&bytes, at: 0)
        return bytes
    }

    private func sign(_ bytes: inout [UInt8], at start: Int) {
        let id = samples.key.publicKey.id.number
        bytes.replaceSubrange(
            start + 152..<start + 160, with: (0..<8).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) })
        let signature = samples.key.signature(over: Array(bytes[start..<start + 256]))
        bytes.replaceSubrange(start + 256..<start + 320, with: signature)
    }
}
