/// A record as it travels and as exports have it: one line of NDJSON, `{"digest":"<64 hex>","body":<body>}` and a newline.
package struct RecordLine: Hashable, Sendable {
    /// Why some bytes are no record line.
    package enum Problem: Error, Hashable, Sendable {
        case tooLong(bytes: Int)
        /// Not a line of this form, or a body that is not canonical JSON.
        case malformed
    }

    /// The digest that chains the body to the record before it.
    package let digest: Digest
    /// The canonical body, without a newline.
    package let body: [UInt8]

    package init(digest: Digest, body: [UInt8]) {
        self.digest = digest
        self.body = body
    }

    /// Lines of one digest differ only where one is damaged.
    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// The longest line, newline included.
    package static let mostBytes = head.count + 64 + middle.count + Record.mostBytes + 2

    /// How many bytes the line has, newline included.
    package var count: Int { Self.head.count + 64 + Self.middle.count + body.count + Self.end.count }

    /// The line with its newline.
    package var bytes: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(count)
        append(to: &line)
        return line
    }

    /// Appends the line with its newline.
    package func append(to lines: inout [UInt8]) {
        lines += Self.head
        digest.appendHex(to: &lines)
        lines += Self.middle
        lines += body
        lines += Self.end
    }

    /// Takes a line apart, with or without its newline: the body is a slice of it, never written anew.
    ///
    /// The digest is not checked here, it depends on the record before: `follows(_:)`.
    package init(parsing line: some Collection<UInt8>) throws(Problem) {
        guard line.count <= Self.mostBytes else { throw .tooLong(bytes: line.count) }
        let line = Array(line)
        var place = 0
        self = try Self(at: &place, in: line)
        guard place == line.count else { throw .malformed }
    }

    /// Takes the line apart that begins at a place among others, and goes on behind it. Only the last needs no newline.
    package init(at place: inout Int, in lines: [UInt8]) throws(Problem) {
        let bytes = lines.span
        let digest = place + Self.head.count
        let body = digest + 64 + Self.middle.count
        let most = body + Record.mostBytes
        guard Self.stands(Self.head, in: bytes, at: place), Self.stands(Self.middle, in: bytes, at: digest + 64),
            let value = Digest(hexIn: bytes, at: digest),
            let end = RecordSyntax.endOfObject(in: bytes, from: body, before: most),
            Self.stands(end + 1 < bytes.count ? Self.end : [UInt8(ascii: "}")], in: bytes, at: end)
        else { throw .malformed }
        self.init(digest: value, body: Array(lines[body..<end]))
        place = min(end + Self.end.count, bytes.count)
    }

    /// Takes all lines apart, one behind the other.
    package static func all(in bytes: [UInt8]) throws(Problem) -> [RecordLine] {
        var (lines, place): ([RecordLine], Int) = ([], 0)
        while place < bytes.count { lines.append(try RecordLine(at: &place, in: bytes)) }
        return lines
    }

    private static func stands(_ word: [UInt8], in bytes: Span<UInt8>, at place: Int) -> Bool {
        guard place + word.count <= bytes.count else { return false }
        for (offset, byte) in word.enumerated() where bytes[place + offset] != byte { return false }
        return true
    }

    /// Whether this record is undamaged and comes right after the one with that digest.
    package func follows(_ predecessor: Digest) -> Bool { Digest.chained(to: predecessor, body: body) == digest }

    private static let head = Array(#"{"digest":""#.utf8)
    private static let middle = Array(#"","body":"#.utf8)
    private static let end = Array("}\n".utf8)
}
