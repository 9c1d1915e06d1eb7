import Lane

/// The two headers with which a change and a part begin: their own and, behind it, that of the whole list they belong to.
struct ListEnvelope {
    /// The file's own.
    let header: AgreementListHeader
    /// The list's; a whole one's.
    let list: AgreementListHeader

    /// Both headers; what belongs to the list follows.
    static let bytes = 2 * AgreementListHeader.bytes
    /// Where the list's header stands in the file.
    static let listHeader = AgreementListHeader.bytes..<2 * AgreementListHeader.bytes

    /// Reads both and verifies their signatures, which are by one key, and that they agree.
    init(_ mapping: Mapping, kind: AgreementListHeader.Kind, trusting keys: [PublicKey]) throws(ListError) {
        try AgreementListHeader.requireRoom(in: mapping)
        let signed = mapping.bytes(0..<AgreementListHeader.signedBytes)
        header = try AgreementListHeader(signed: signed, fileBytes: mapping.count)
        guard header.kind == kind else { throw .otherKind }
        guard mapping.count >= Self.listHeader.upperBound else { throw .count }
        guard let key = keys.first(where: { [header] in $0.id == header.key }) else { throw .unknownKey(header.key) }
        guard key.verifies(Self.signature(at: 0, in: mapping), over: signed) else { throw .wrongSignature }
        let listSigned = mapping.bytes(
            Self.listHeader.lowerBound..<Self.listHeader.lowerBound + AgreementListHeader.signedBytes)
        list = try AgreementListHeader(signed: listSigned)
        guard list.key == key.id,
            key.verifies(Self.signature(at: Self.listHeader.lowerBound, in: mapping), over: listSigned)
        else { throw .wrongSignature }
        guard list.kind == .whole, list.name == header.name, list.version == header.version,
            list.issuedAt == header.issuedAt,
            list.activeFrom == header.activeFrom, list.staleAfter == header.staleAfter
        else { throw .malformedHeader }
    }

    private static func signature(at offset: Int, in mapping: Mapping) -> [UInt8] {
        mapping.bytes(offset + AgreementListHeader.signedBytes..<offset + AgreementListHeader.bytes)
    }
}

extension ListVersion {
    /// Whether this is the version behind that one: the next of the same epoch.
    package func follows(_ predecessor: ListVersion) -> Bool {
        epoch == predecessor.epoch && version > 1 && version - 1 == predecessor.version
    }
}
