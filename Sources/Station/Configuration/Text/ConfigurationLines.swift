/// The lines of a text file whose bytes come from anywhere: bounded, UTF-8, no control characters.
struct ConfigurationLines: Sendable {
    /// A file of a station with 16 lanes and every key written out has 40 kB.
    static let mostBytes = 1_000_000
    /// The longest sensible line is a list of keys; a longer one means that this is no text.
    static let mostCharacters = 4_096

    private(set) var lines: [[Unicode.Scalar]] = []

    /// Splits and checks; the first byte that cannot be text is the only error.
    init(_ bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        func error(_ text: String, at position: TextPosition? = nil) -> ConfigurationErrors {
            ConfigurationErrors(ConfigurationError(file: file, position: position, text: text))
        }
        guard bytes.count <= Self.mostBytes else {
            throw error("more than \(Self.mostBytes) bytes, which is no configuration; name another file")
        }
        var rest = bytes.starts(with: Self.byteOrderMark) ? bytes[3...] : bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[..<end]
            if end < rest.endIndex, line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            lines.append(try Self.scalars(of: line) { error($1, at: TextPosition(line: lines.count + 1, column: $0)) })
            rest = rest[min(end + 1, rest.endIndex)...]
        }
    }

    /// Editors on other systems put it in front of UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func scalars(
        of line: ArraySlice<UInt8>, error: (_ column: Int, String) -> ConfigurationErrors
    ) throws(ConfigurationErrors) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var decoder = UTF8()
        var bytes = line.makeIterator()
        while true {
            let column = scalars.count + 1
            switch decoder.decode(&bytes) {
            case .emptyInput: return scalars
            case .error: throw error(column, "bytes that are no UTF-8 text; save the file as UTF-8")
            case .scalarValue(let scalar):
                guard scalar == "\t" || !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)) else {
                    let code = String(scalar.value, radix: 16, uppercase: true)
                    throw error(
                        column,
                        "a control character (U+\(String(repeating: "0", count: 4 - code.count))\(code)); remove it")
                }
                guard column <= mostCharacters else {
                    throw error(column, "a line of more than \(mostCharacters) characters")
                }
                scalars.append(scalar)
            }
        }
    }
}
