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

    /// The line with its newline.
    package var bytes: [UInt8] {
        Self.head + Hex.digits(of: digest.bytes) + Self.middle + body + Array("}\n".utf8)
    }

    /// Takes a line apart, with or without its newline: the body is a slice of it, never written anew.
    ///
    /// The digest is not checked here, it depends on the record before: `follows(_:)`.
    package init(parsing line: some Collection<UInt8>) throws(Problem) {
        guard line.count <= Self.mostBytes else { throw .tooLong(bytes: line.count) }
        var rest = Array(line)[...]
        if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
        guard rest.starts(with: Self.head) else { throw .malformed }
        rest = rest.dropFirst(Self.head.count)
        guard let bytes = Hex.bytes(of: rest.prefix(64)), let digest = Digest(bytes: bytes) else { throw .malformed }
        rest = rest.dropFirst(64)
        guard rest.starts(with: Self.middle), rest.last == UInt8(ascii: "}") else { throw .malformed }
        let body = Array(rest.dropFirst(Self.middle.count).dropLast())
        guard body.count <= Record.mostBytes, RecordSyntax.isCanonicalObject(body) else { throw .malformed }
        self.init(digest: digest, body: body)
    }

    /// Whether this record is undamaged and comes right after the one with that digest.
    package func follows(_ predecessor: Digest) -> Bool { Digest.chained(to: predecessor, body: body) == digest }

    private static let head = Array(#"{"digest":""#.utf8)
    private static let middle = Array(#"","body":"#.utf8)
}
