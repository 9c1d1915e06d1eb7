/// Which bytes of a file a request asks for (RFC 9110 §14).
package enum ByteRange: Hashable, Sendable {
    case whole
    /// One range, of one byte at least, within the file.
    case part(Range<Int>)
    /// Nothing of what was asked for is in the file.
    case unsatisfiable

    /// What the fields of a GET mean for a file of that size.
    ///
    /// What is no range, several ranges and units other than bytes are answered with the whole, as §14.2 allows. `If-Range` must name the
    /// very entity that is here, and not a weak tag or a date: else the whole is what the client has to get.
    package init(_ headers: Headers, size: Int, tag: String?) {
        guard let field = headers["Range"], headers["If-Range"].map({ $0 == tag && $0.hasPrefix("\"") }) ?? true else {
            self = .whole
            return
        }
        self = Self.parse(field, size: size) ?? .whole
    }

    /// `bytes=a-b`, `bytes=a-` or `bytes=-n`; nil for anything else.
    private static func parse(_ field: String, size: Int) -> ByteRange? {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let range = parts[1].drop(while: isBlank)
        let ends = range.prefix(range.count - range.reversed().prefix(while: isBlank).count)
            .split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) else { return nil }
        switch (number(ends[0]), number(ends[1])) {
        case (nil, nil): return nil
        case (nil, let count?):
            // Of an empty file nothing is the last byte, and the whole is what is left to give (§14.1.2).
            return count == 0 ? .unsatisfiable : size == 0 ? .whole : .part(max(size - count, 0)..<size)
        case (let first?, nil): return first < size ? .part(first..<size) : .unsatisfiable
        case (let first?, let last?):
            guard first <= last else { return nil }
            return first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
        }
    }

    /// Digits as a number; nil where there are none. One that is too large is as good as the largest: no file has so many bytes.
    private static func number(_ digits: Substring) -> Int? { digits.isEmpty ? nil : Int(digits) ?? .max }

    private static func isDigit(_ c: UInt8) -> Bool { (0x30...0x39).contains(c) }

    private static func isBlank(_ c: Character) -> Bool { c == " " || c == "\t" }
}
