import Camera
import HTTP

/// Files that others made: packed lists, and pictures.
enum FileFuzz {
    private static let mostBytes = 1 << 16

    /// Not more than its limit comes out, the same however it is cut; and what was packed comes out again.
    static func inflate(_ bytes: [UInt8]) throws {
        let inflated = try Cuts.indifferent(bytes) { Self.inflated($0) }
        try Finding.unless((inflated ?? []).count <= mostBytes, "more came out than the limit")
        var packed: [UInt8] = []
        var writer = GzipWriter(level: 6)
        writer.take(bytes) { packed += $0 }
        writer.end { packed += $0 }
        try Finding.unless(bytes.count > mostBytes || Self.inflated([packed]) == bytes, "unpacked, it is another")
        try Finding.unless(Self.inflated([packed.dropLast()]) == nil, "half a file was taken")
    }

    /// Nil: it is damaged, too large or not whole.
    private static func inflated(_ pieces: [[UInt8]]) -> [UInt8]? {
        var out: [UInt8] = []
        var reader = GzipReader(mostBytes: mostBytes)
        do {
            for piece in pieces { try reader.take(piece) { out += $0 } }
            try reader.end()
            return out
        } catch {
            return nil
        }
    }

    /// A picture that was taken has a size, and is none with something behind it, or with its end missing.
    static func look(_ bytes: [UInt8]) throws {
        guard let shape = try? JPEGShape(of: bytes) else { return }
        try Finding.unless(shape.width > 0 && shape.height > 0, "a picture without a size")
        try Finding.unless((try? JPEGShape(of: bytes + [0x41])) == nil, "something behind a picture was taken for it")
        let picture = bytes.prefix(bytes.lastIndex(of: 0xD9) ?? 0)
        try Finding.unless((try? JPEGShape(of: Array(picture))) == nil, "a picture without its end was taken")
    }
}
