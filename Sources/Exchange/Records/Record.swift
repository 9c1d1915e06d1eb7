import Lane

/// What holds for every record of a journal.
///
/// A record is one line of canonical JSON, its **body**, and the digest that chains it to the record before:
///
///     {"v":1,"station":…,"journal":"<32 hex>","sequence":…,"type":"passage","boot":"…",
///      "at":{"utc":"2026-01-31T12:00:00.123Z","mono":<ns>},"clock":"good", … the members of its type … }
///
/// Canonical: fixed order of members, members without a value left out, no white space, integers only, ASCII (anything
/// else as `\u` escapes). `mono` and every offset are nanoseconds; offsets count from the record's `start`.
package enum Record {
    /// The longest body, in bytes: a bounded line for every reader. The worst passage is shorter (tested).
    package static let mostBytes = 4_096

    /// The version of the body's format, its member `v`.
    package static let format = 1

    /// The body of a passage that was found open after a crash: the same bytes with the flag `recovered`.
    ///
    /// A body without flags (any other type) is returned as it is.
    package static func recovered(_ body: [UInt8]) -> [UInt8] {
        guard let flags = flagWords(in: body) else { return body }
        var words = body[flags].split(separator: UInt8(ascii: ",")).map { Array($0) }
        let recovered = quoted("recovered")
        guard !words.contains(recovered) else { return body }
        let after = Passage.Flags.words.drop { $0.1 != "recovered" }.dropFirst().map { quoted($0.1) }
        words.insert(recovered, at: words.firstIndex { after.contains($0) } ?? words.endIndex)
        let marked = Array(words.joined(separator: [UInt8(ascii: ",")]))
        return body[..<flags.lowerBound] + marked + body[flags.upperBound...]
    }

    /// Where the words of `"flags":[…]` stand. Inside a string the quotes would be escaped, so the first match is the member.
    private static func flagWords(in body: [UInt8]) -> Range<Int>? {
        let name = Array(#""flags":["#.utf8)
        guard body.count >= name.count else { return nil }
        let place = (0...body.count - name.count).first { body[$0..<$0 + name.count].elementsEqual(name) }
        guard let start = place.map({ $0 + name.count }),
            let end = body[start...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return start..<end
    }

    private static func quoted(_ word: String) -> [UInt8] { Array("\"\(word)\"".utf8) }
}
