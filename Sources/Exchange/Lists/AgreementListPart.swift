import Lane

/// One part of a list file: a signed file with a stretch of the list's content, that can be checked alone.
///
///       0  320  header, kind 3: which part, of how many; name, version and times of the list
///     320  320  the list's own header, kind 1, with its own signature
///     640    …  of the list's content of b bytes, in part k of n: from ⌊b · (k − 1) ÷ n⌋ up to ⌊b · k ÷ n⌋
///
/// So there is one way to divide a list in n parts.
package struct AgreementListPart: Sendable {
    /// The part's own header; verified.
    package let header: AgreementListHeader
    /// The list's header; verified.
    package let list: AgreementListHeader
    /// Which part it is, of how many.
    package let part: AgreementListHeader.Part
    let mapping: Mapping

    /// The largest part, in bytes.
    static let mostBytes = AgreementList.mostBytes + AgreementListHeader.bytes

    /// The whole file, in bytes.
    package var bytes: Int { mapping.count }

    /// Maps and verifies a part: both headers and signatures, digest and size. What it says of tags is verified with the whole list.
    package static func open(path: String, trusting keys: [PublicKey]) throws(ListError) -> AgreementListPart {
        let mapping = try Mapping(file: path, atMost: mostBytes)
        return try mapping.reading { () throws(ListError) in try AgreementListPart(mapping, trusting: keys) }
    }

    /// Verifies a part that is in memory, in the same way.
    package init(bytes: [UInt8], trusting keys: [PublicKey]) throws(ListError) {
        guard !bytes.isEmpty else { throw .truncated(bytes: 0, expected: AgreementListHeader.bytes) }
        try self.init(Mapping(copying: bytes), trusting: keys)
    }

    private init(_ mapping: Mapping, trusting keys: [PublicKey]) throws(ListError) {
        let envelope = try ListEnvelope(mapping, kind: .part, trusting: keys)
        guard let part = envelope.header.part else { throw .malformedHeader }
        (header, list) = (envelope.header, envelope.list)
        self.part = part
        self.mapping = mapping
        guard mapping.count == ListEnvelope.bytes + part.stretch(of: list).count else { throw .count }
        try AgreementList.verifyDigest(of: mapping, header)
    }

    /// The list's 320 bytes.
    var listHeader: [UInt8] { mapping.bytes(ListEnvelope.listHeader) }
}

extension AgreementListHeader.Part {
    /// Which bytes of a list's content belong to the part.
    func stretch(of list: AgreementListHeader) -> Range<Int> {
        list.contentBytes * (number - 1) / of..<list.contentBytes * number / of
    }
}
