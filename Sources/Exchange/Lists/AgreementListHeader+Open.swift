extension AgreementListHeader {
    /// The header of a whole list's file, with a trusted signature; whatever became of the file behind it.
    ///
    /// - Throws: `ListError`, also where the file is shorter than a header.
    package static func open(path: String, trusting keys: [PublicKey]) throws(ListError) -> AgreementListHeader {
        let mapping = try Mapping(file: path, atMost: AgreementList.mostBytes, .fewLines)
        guard mapping.count >= bytes else { throw .truncated(bytes: mapping.count, expected: bytes) }
        return try mapping.reading { () throws(ListError) in
            let signed = mapping.bytes(0..<signedBytes)
            let header = try AgreementListHeader(signed: signed)
            guard header.kind == .whole else { throw .otherKind }
            guard let key = keys.first(where: { $0.id == header.key }) else { throw .unknownKey(header.key) }
            guard key.verifies(mapping.bytes(signedBytes..<bytes), over: signed) else { throw .wrongSignature }
            return header
        }
    }
}
