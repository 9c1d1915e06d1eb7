import Exchange
import Lane

/// A record's body for people: a line for each member, and one for each element of a list.
struct RecordLines {
    private(set) var lines: [String] = []
    private let clear: Bool
    private var line = ""
    private var depth = 0

    /// - Parameter body: one JSON object, as records are.
    init(body: [UInt8], clear: Bool) {
        self.clear = clear
        var rest = body[...]
        while let byte = rest.popFirst() { take(byte, &rest) }
        end()
    }

    private mutating func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) {
        switch byte {
        case UInt8(ascii: "\""): line += text(&rest)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            // Members begin lines, and so do the elements of a member's list.
            if depth > 1 { line.unicodeScalars.append(Unicode.Scalar(byte)) }
            if depth == 2, byte == UInt8(ascii: "["), Self.isNested(rest) { end() }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if depth > 1 { line.unicodeScalars.append(Unicode.Scalar(byte)) }
            depth -= 1
        case UInt8(ascii: ",") where depth == 1 || (depth == 2 && Self.isNested(rest)): end()
        default: line.unicodeScalars.append(Unicode.Scalar(byte))
        }
    }

    /// Whether what comes is a list or an object itself.
    private static func isNested(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.first == UInt8(ascii: "[") || rest.first == UInt8(ascii: "{")
    }

    private mutating func end() {
        if !line.isEmpty { lines.append((depth > 1 ? "    " : "  ") + line) }
        line = ""
    }

    /// A string with its quotes; a tag's number only as far as everybody may know it.
    private func text(_ rest: inout ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            bytes.append(byte)
            if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() { bytes.append(escaped) }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !clear, let tag = TagNumber(recordText: text) else { return "\"\(text)\"" }
        return "\"\(tag.redactedText)\""
    }
}
