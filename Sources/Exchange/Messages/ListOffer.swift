import Lane

/// `GET /v1/lists/{name}?after=E.V`, 200: the file with which a station comes from the version that it has to a higher one.
///
///     {"name":"agreements","epoch":9821,"version":6,"kind":"change","after":{"epoch":9821,"version":5},
///      "listBytes":240000320,"bytes":48211,"encoding":"gzip","path":"/v1/lists/agreements/9821.6.change.gz",
///      "newest":{"epoch":9821,"version":9},"activeIn":5400}
///
/// An offer is a promise and no proof: what counts in the end is the signature in the file.
package struct ListOffer: Message {
    /// What the file is.
    package enum Kind: String, Codable, Hashable, Sendable {
        case whole
        /// It is applied to the list of `after`, and to no other.
        case change
    }

    /// How the file lies at central and travels.
    package enum Encoding: String, Codable, Hashable, Sendable {
        case identity
        /// One gzip member (RFC 1952).
        case gzip
    }

    /// Which list (`RecordContext.isName`).
    package var name: String
    /// What is in force when the file has been taken.
    package var version: ListVersion
    package var kind: Kind
    /// The predecessor of a change; nil for a whole list.
    package var after: ListVersion?
    /// Size of the whole list that results, in bytes: what the station needs room and memory for.
    package var listBytes: Int
    /// Size of the file as it is fetched, in bytes.
    package var bytes: Int
    package var encoding: Encoding
    /// Where the file is fetched at the same server. It never changes its content.
    package var path: String
    /// The highest version that central has; above `version` there is more to fetch.
    package var newest: ListVersion
    /// In how many seconds the list is to be used, by central's clock: for a station whose own clock is not good. Nil: at once.
    package var activeIn: Int?

    package init(
        name: String, version: ListVersion, kind: Kind, after: ListVersion? = nil, listBytes: Int, bytes: Int,
        encoding: Encoding, path: String, newest: ListVersion, activeIn: Int? = nil
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.after = after
        self.listBytes = listBytes
        self.bytes = bytes
        self.encoding = encoding
        self.path = path
        self.newest = newest
        self.activeIn = activeIn
    }

    /// The seconds from one moment to the one from which a list may be used, rounded up; nil: it may be used at once.
    package static func activeIn(_ activeFrom: UTC, at now: UTC) -> Int? {
        guard activeFrom > now else { return nil }
        let (wait, overflow) = activeFrom.milliseconds.subtractingReportingOverflow(now.milliseconds)
        return overflow ? mostActiveIn : min(Int(wait / 1_000) + (wait % 1_000 == 0 ? 0 : 1), mostActiveIn)
    }

    /// The longest wait, in seconds: a list that is to be used later has an issuer with a wrong clock.
    package static let mostActiveIn = 366 * 86_400

    /// The longest path: a name of 16 bytes and two numbers of ten digits make 62.
    package static let longestPath = 128
    /// The least file: a list without entries is a header, and compressed shorter than that.
    package static let leastBytes = 64
    /// The most bytes of a file to fetch. Compressing what cannot be compressed makes it longer, by 5 bytes in 16 KB.
    package static let mostBytes = AgreementList.mostBytes + AgreementList.mostBytes / 1_024 + 1_024

    /// Why this cannot be an offer; nil when all is within its bounds.
    package var flaw: String? {
        if !RecordContext.isName(name) { return "the name is no list's name" }
        if !Self.isPath(path) { return "the path is not one of a list's file" }
        if newest < version { return "the newest version is below the offered one" }
        if let activeIn, !(0...Self.mostActiveIn).contains(activeIn) {
            return "a list to be used in \(activeIn) s; the most is \(Self.mostActiveIn)"
        }
        if !(AgreementListHeader.bytes...AgreementList.mostBytes).contains(listBytes) {
            return "a list of \(listBytes) bytes; the most is \(AgreementList.mostBytes)"
        }
        if !(Self.leastBytes...Self.mostBytes).contains(bytes) {
            return "a file of \(bytes) bytes; the most is \(Self.mostBytes)"
        }
        switch (kind, after) {
        case (.whole, .some): return "a whole list that names a predecessor"
        case (.change, nil): return "a change without a predecessor"
        case (.change, let after?) where after >= version: return "a change whose predecessor is not below it"
        case (.whole, nil), (.change, .some): break
        }
        if kind == .whole, encoding == .identity, bytes != listBytes {
            return "a whole list of \(listBytes) bytes in a file of \(bytes)"
        }
        return nil
    }

    /// Below `/v1/lists/`, without anything that is escaped or climbs.
    private static func isPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return path.utf8.count <= longestPath && path.hasPrefix("/v1/lists/") && parts.count > 3
            && parts.dropFirst().allSatisfy { !["", ".", ".."].contains($0) && $0.utf8.allSatisfy(isPlain) }
    }

    private static func isPlain(_ c: UInt8) -> Bool {
        (0x30...0x39).contains(c) || (0x41...0x5A).contains(c) || (0x61...0x7A).contains(c)
            || "._-".utf8.contains(c)
    }
}

/// Epoch and version stand beside the other members; those of other versions in an object of their own.
extension ListOffer {
    private enum Member: String, CodingKey {
        case name, epoch, version, kind, after, listBytes, bytes, encoding, path, newest, activeIn
    }

    /// Reads an offer; one out of its bounds is `MessageError.outOfBounds`.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            name: try members.decode(String.self, forKey: .name),
            version: ListVersion(
                epoch: try members.decode(UInt32.self, forKey: .epoch),
                version: try members.decode(UInt32.self, forKey: .version)),
            kind: try members.decode(Kind.self, forKey: .kind),
            after: try members.decodeIfPresent(ListVersion.self, forKey: .after),
            listBytes: try members.decode(Int.self, forKey: .listBytes),
            bytes: try members.decode(Int.self, forKey: .bytes),
            encoding: try members.decode(Encoding.self, forKey: .encoding),
            path: try members.decode(String.self, forKey: .path),
            newest: try members.decode(ListVersion.self, forKey: .newest),
            activeIn: try members.decodeIfPresent(Int.self, forKey: .activeIn))
        if let flaw { throw MessageError.outOfBounds(flaw) }
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(name, forKey: .name)
        try members.encode(version.epoch, forKey: .epoch)
        try members.encode(version.version, forKey: .version)
        try members.encode(kind, forKey: .kind)
        try members.encodeIfPresent(after, forKey: .after)
        try members.encode(listBytes, forKey: .listBytes)
        try members.encode(bytes, forKey: .bytes)
        try members.encode(encoding, forKey: .encoding)
        try members.encode(path, forKey: .path)
        try members.encode(newest, forKey: .newest)
        try members.encodeIfPresent(activeIn, forKey: .activeIn)
    }
}
