import Lane

/// Canonical JSON written by hand into one buffer; commas follow from the byte before.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1_024) }

    mutating func openObject(_ name: String? = nil) {
        begin(name)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func closeObject() { bytes.append(UInt8(ascii: "}")) }

    mutating func openArray(_ name: String? = nil) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
    }

    mutating func closeArray() { bytes.append(UInt8(ascii: "]")) }

    mutating func integer(_ name: String? = nil, _ value: some BinaryInteger) {
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func boolean(_ name: String? = nil, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// A string, cut between two characters where its escaped bytes would be more than the limit.
    mutating func text(_ name: String? = nil, _ value: String, atMost limit: Int = 64) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        if value.utf8.count <= limit, value.utf8.allSatisfy(Self.isPlain) {
            bytes.append(contentsOf: value.utf8)
        } else {
            bytes.append(contentsOf: Self.escaped(value, atMost: limit))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A moment on both clocks.
    mutating func moment(_ name: String, _ instant: Instant, _ utc: UTC) {
        openObject(name)
        text("utc", utc.text)
        integer("mono", instant.nanoseconds)
        closeObject()
    }

    private mutating func begin(_ name: String?) {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["): break
        default: bytes.append(UInt8(ascii: ","))
        }
        guard let name else { return }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: "\":".utf8)
    }

    /// Stands for itself in a string: printable ASCII but the quote and the backslash.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func escaped(_ value: String, atMost limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in value.unicodeScalars {
            let next = escaped(scalar)
            guard bytes.count + next.count <= limit else { break }
            bytes += next
        }
        return bytes
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar {
        case "\"", "\\": [UInt8(ascii: "\\"), UInt8(scalar.value)]
        case " "..."~": [UInt8(scalar.value)]
        default:
            String(scalar).utf16.flatMap { unit in
                Array("\\u".utf8) + Hex.digits(of: [UInt8(unit >> 8), UInt8(unit & 0xFF)])
            }
        }
    }
}
