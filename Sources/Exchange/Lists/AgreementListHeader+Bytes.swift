import Lane

extension AgreementListHeader {
    private static let magic: [UInt8] = [0x89] + Array("BOMLST\n".utf8)
    /// How a gzip file begins (RFC 1952, 2.3.1).
    private static let gzip: [UInt8] = [0x1F, 0x8B]
    /// The number of `AgreementListLayout`; 1 was sorted by key.
    private static let layout: UInt16 = 2

    /// The 256 bytes that are signed.
    var signed: [UInt8] {
        var bytes: [UInt8] = Self.magic
        for number: UInt16 in [1, UInt16(Self.bytes), Self.layout, kind.rawValue] { bytes.append(littleEndian: number) }
        bytes += name.utf8 + [UInt8](repeating: 0, count: 32 - name.utf8.count)
        bytes.append(littleEndian: version.epoch)
        bytes.append(littleEndian: version.version)
        for number in [issuedAt.milliseconds, activeFrom.milliseconds, staleAfter.milliseconds] {
            bytes.append(littleEndian: UInt64(bitPattern: number))
        }
        let issuers = issuerCount == 0 ? 0 : fileBytes - issuerBytes
        for number in [
            count, approvals, denials, Self.bytes, contentBytes, 0, KeyMix.number, issuers, issuerCount,
        ] {
            bytes.append(littleEndian: UInt64(number))
        }
        bytes.append(littleEndian: key.number)
        bytes += digest.bytes + (predecessor?.digest ?? .zero).bytes
        bytes.append(littleEndian: predecessor?.version.epoch ?? 0)
        bytes.append(littleEndian: predecessor?.version.version ?? 0)
        bytes.append(littleEndian: UInt32(part?.number ?? 0))
        bytes.append(littleEndian: UInt32(part?.of ?? 0))
        return bytes + [UInt8](repeating: 0, count: 16)
    }

    /// Refuses a file that has no room for a header: it was cut off where it begins as a list does, else it is none.
    static func requireRoom(in mapping: Mapping) throws(ListError) {
        guard mapping.count < bytes else { return }
        let beginning = mapping.bytes(0..<min(mapping.count, magic.count))
        guard magic.starts(with: beginning) else { throw error(beginning: beginning[...]) }
        throw .truncated(bytes: mapping.count, expected: bytes)
    }

    /// What a file is that begins as no list does.
    private static func error(beginning bytes: ArraySlice<UInt8>) -> ListError {
        bytes.starts(with: gzip) ? .packed : .wrongMagic
    }

    /// Reads the signed bytes of a file of that size. Nothing in them is trusted yet.
    init(signed bytes: [UInt8], fileBytes: Int) throws(ListError) {
        try self.init(signed: bytes)
        guard fileBytes >= self.fileBytes else { throw .truncated(bytes: fileBytes, expected: self.fileBytes) }
        guard fileBytes == self.fileBytes else { throw .count }
    }

    /// Reads the signed bytes of a header, wherever it stands. Nothing in them is trusted yet; but whatever it says, no number of
    /// it is larger than a list may have.
    init(signed bytes: [UInt8]) throws(ListError) {
        guard bytes.count == Self.signedBytes, bytes.starts(with: Self.magic) else {
            throw Self.error(beginning: bytes[...])
        }
        let fields = Fields(bytes: bytes)
        let (format, size, layout) = (fields.number(8, 2), fields.number(10, 2), fields.number(12, 2))
        guard format == 1, size == UInt64(Self.bytes), layout == UInt64(Self.layout),
            let kind = Kind(rawValue: UInt16(fields.number(14, 2)))
        else { throw .unknownFormat }
        let stale = fields.number(72, 8)
        guard let digest = Digest(bytes: bytes[160..<192]), stale > 0,
            stale <= UInt64(Self.longestStaleAfter.milliseconds)
        else { throw .malformedHeader }
        self.init(
            name: String(decoding: bytes[16..<48].prefix { $0 != 0 }, as: UTF8.self), version: fields.version(48),
            issuedAt: UTC(milliseconds: Int64(bitPattern: fields.number(56, 8))),
            activeFrom: UTC(milliseconds: Int64(bitPattern: fields.number(64, 8))),
            staleAfter: .milliseconds(Int64(stale)))
        self.kind = kind
        self.digest = digest
        key = KeyID(fields.number(152, 8))
        try readCounts(fields)
        try readKind(fields)
        // What these fields cannot say (zeros, offsets, a name's padding) must be exactly as it would be written.
        guard RecordContext.isName(name), signed == bytes else { throw .malformedHeader }
    }

    private mutating func readCounts(_ fields: Fields) throws(ListError) {
        let (entries, approvals, denials) = (fields.number(80, 8), fields.number(88, 8), fields.number(96, 8))
        guard entries <= UInt64(AgreementList.mostEntries) else { throw .tooMany(entries: entries) }
        guard approvals <= entries, denials <= entries - approvals else { throw .count }
        (self.approvals, self.denials) = (Int(approvals), Int(denials))
        removals = Int(entries) - self.approvals - self.denials
        let issuers = fields.number(144, 8)
        guard issuers <= UInt64(IssuerPrefix.mostOfList) else { throw .malformedHeader }
        issuerCount = Int(issuers)
        let content = fields.number(112, 8)
        guard content <= UInt64(AgreementList.mostBytes) else { throw .malformedHeader }
        contentBytes = Int(content)
    }

    /// What only one kind has, and whether the content can be as long as it says.
    private mutating func readKind(_ fields: Fields) throws(ListError) {
        switch kind {
        case .whole:
            guard removals == 0 else { throw .count }
            guard AgreementListLayout.bytes(for: count).contains(contentBytes - issuerBytes),
                (contentBytes - issuerBytes).isMultiple(of: AgreementListLayout.bucketBytes)
            else { throw .malformedHeader }
        case .change:
            guard let digest = Digest(bytes: fields.bytes[192..<224]) else { throw .malformedHeader }
            predecessor = Predecessor(version: fields.version(224), digest: digest)
            let table = contentBytes - Self.bytes - count * AgreementListLayout.slotBytes
            guard issuerCount == 0, (0...IssuerPrefix.mostOfList * IssuerPrefix.tableRowBytes).contains(table),
                table.isMultiple(of: IssuerPrefix.tableRowBytes)
            else { throw .malformedHeader }
        case .part:
            let part = Part(number: Int(fields.number(232, 4)), of: Int(fields.number(236, 4)))
            guard (1...Part.most).contains(part.of), (1...part.of).contains(part.number), count == 0,
                issuerCount == 0, contentBytes >= Self.bytes
            else { throw .malformedHeader }
            self.part = part
        }
    }

    /// The numbers of a header.
    private struct Fields {
        let bytes: [UInt8]

        func number(_ offset: Int, _ size: Int) -> UInt64 {
            bytes[offset..<offset + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }

        func version(_ offset: Int) -> ListVersion {
            ListVersion(epoch: UInt32(number(offset, 4)), version: UInt32(number(offset + 4, 4)))
        }
    }
}

extension [UInt8] {
    mutating func append(littleEndian number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
