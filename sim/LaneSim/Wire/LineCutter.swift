/// Cuts what a program writes into lines, in whatever pieces it comes.
struct LineCutter {
    private var rest: [UInt8] = []

    /// The lines that these bytes complete.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [String] {
        rest += bytes
        var lines: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeSubrange(...end)
        }
        return lines
    }
}
