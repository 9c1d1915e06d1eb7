import Testing

@testable import HTTP

@Suite("Gzip")
struct GzipTests {
    private static func compressed(_ bytes: [UInt8], level: Int = 6, pieces: Int = .max) -> [UInt8] {
        var gzip = GzipWriter(level: level)
        var file: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            gzip.take(Array(rest.prefix(pieces))) { file += $0 }
            rest = rest.dropFirst(pieces)
        }
        gzip.end { file += $0 }
        return file
    }

    private static func inflated(_ file: [UInt8], mostBytes: Int = .max, pieces: Int = .max) throws -> [UInt8] {
        var gzip = GzipReader(mostBytes: mostBytes)
        var bytes: [UInt8] = []
        var rest = file[...]
        while !rest.isEmpty {
            try gzip.take(Array(rest.prefix(pieces))) { bytes += $0 }
            rest = rest.dropFirst(pieces)
        }
        try gzip.end()
        #expect(gzip.count == bytes.count)
        return bytes
    }

    /// Neither all alike nor without any pattern.
    private static func sample(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { place in
            state = state &* 1_664_525 &+ 1_013_904_223
            return place % 3 == 0 ? UInt8(state >> 24) : UInt8(truncatingIfNeeded: place >> 4)
        }
    }

    private static let text = Array("the agreement list at national scale".utf8)
    /// `printf 'the agreement list at national scale' | gzip -n`
    private static let golden: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x05, 0xC1, 0x81, 0x09, 0x00, 0x20, 0x0C, 0x03,
        0xB0, 0x57, 0xFA, 0x5A, 0x91, 0xA2, 0x83, 0x6D, 0x82, 0xEB, 0xFF, 0x98, 0xF8, 0x08, 0xDC, 0x4F, 0x2A, 0xB5,
        0x91, 0x31, 0x06, 0x8D, 0xA6, 0xE3, 0x36, 0x13, 0xB3, 0x98, 0xFA, 0xFC, 0x34, 0x5C, 0xAD, 0x24, 0x00, 0x00,
        0x00,
    ]

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 400_000], [1, 6, 9])
    func `comes out as it went in`(count: Int, level: Int) throws {
        let bytes = Self.sample(count)
        let file = Self.compressed(bytes, level: level)
        #expect(try Self.inflated(file, mostBytes: count) == bytes)
        #expect(Self.compressed(bytes, level: level) == file)
    }

    @Test(arguments: [1, 2, 3, 17, 1_000, 65_536])
    func `in any pieces`(pieces: Int) throws {
        let bytes = Self.sample(100_000)
        let file = Self.compressed(bytes)
        #expect(Self.compressed(bytes, pieces: pieces) == file)
        #expect(try Self.inflated(file, pieces: pieces) == bytes)
    }

    @Test func `is that of gzip`() throws {
        #expect(try Self.inflated(Self.golden) == Self.text)
        #expect(Self.compressed(Self.text).prefix(10) == Self.golden.prefix(10))
    }

    @Test func `a stricter level gives no longer file`() {
        let bytes = Self.sample(400_000)
        #expect(Self.compressed(bytes, level: 9).count < Self.compressed(bytes, level: 1).count)
    }

    @Test func `one byte more than stated is refused, and never given on`() throws {
        let bytes = Self.sample(200_000)
        let file = Self.compressed(bytes)
        #expect(try Self.inflated(file, mostBytes: 200_000) == bytes)
        for most in [199_999, 100_000, 1, 0] {
            var gzip = GzipReader(mostBytes: most)
            var given = 0
            let error = #expect(throws: GzipError.self) { try gzip.take(file) { given += $0.count } }
            #expect(error == .tooLarge(mostBytes: most))
            #expect(given <= most)
        }
        #expect(GzipError.tooLarge(mostBytes: 7).description == "gzip: more than 7 bytes would come out of it")
    }

    /// Deflate makes a thousandth of zeros: this one is 256 MB.
    @Test func `a bomb is stopped at the stated number of bytes, in the memory of one block`() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 22)
        var bomb: [UInt8] = []
        var writer = GzipWriter(level: 9)
        for _ in 0..<64 { writer.take(zeros) { bomb += $0 } }
        writer.end { bomb += $0 }
        #expect(bomb.count < (64 << 22) / 1_000)
        let most = 1 << 20
        var (given, largest, taken) = (0, 0, 0)
        var reader = GzipReader(mostBytes: most)
        let error = #expect(throws: GzipError.self) {
            while taken < bomb.count {
                let piece = Array(bomb[taken..<min(taken + 256, bomb.count)])
                taken += piece.count
                try reader.take(piece) {
                    given += $0.count
                    largest = max(largest, $0.count)
                }
            }
        }
        #expect(error == .tooLarge(mostBytes: most))
        #expect(given <= most && largest <= GzipReader.block)
        #expect(taken < bomb.count / 100, "not read on behind the limit")
    }

    @Test func `every truncation is refused`() {
        let file = Self.compressed(Self.text)
        for count in file.indices {
            #expect(throws: GzipError.truncated) { try Self.inflated(Array(file[..<count])) }
        }
    }

    @Test func `every flipped bit is refused, or changes nothing`() throws {
        let file = Self.compressed(Self.text)
        var accepted: [Int] = []
        for place in file.indices {
            for bit in 0..<8 {
                var broken = file
                broken[place] ^= 1 << bit
                do {
                    #expect(try Self.inflated(broken) == Self.text)
                    accepted.append(place)
                } catch {
                    #expect(error is GzipError)
                }
            }
        }
        // What no reader looks at: the flag that says that it is text, time, level and system, and what fills the last byte up.
        let unread = Set([3, 4, 5, 6, 7, 8, 9, file.count - 9])
        #expect(accepted.allSatisfy(unread.contains))
        #expect(accepted.filter { $0 == 3 }.count == 1)
    }

    @Test func `a wrong checksum and a wrong length are named`() {
        let file = Self.compressed(Self.text)
        for (place, words) in [(file.count - 8, "incorrect data check"), (file.count - 1, "incorrect length check")] {
            var broken = file
            broken[place] ^= 1
            #expect(throws: GzipError.damaged(words)) { try Self.inflated(broken) }
        }
        #expect(GzipError.damaged("incorrect data check").description == "gzip: damaged (incorrect data check)")
    }

    @Test(arguments: [1, 7, .max])
    func `what stands behind the end is refused, another member too`(pieces: Int) {
        let file = Self.compressed(Self.text)
        for tail in [[0], [0x1F], file, [UInt8](repeating: 0, count: 512)] {
            #expect(throws: GzipError.trailing) { try Self.inflated(file + tail, pieces: pieces) }
        }
    }

    @Test func `something else is no gzip`() {
        let zlib: [UInt8] = [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]
        for file in [Array("<html>".utf8), zlib, [0x89] + Array("BOMLST\n".utf8)] {
            let error = #expect(throws: GzipError.self) { try Self.inflated(file) }
            #expect(error == .damaged("incorrect header check"))
        }
        #expect(throws: GzipError.truncated) { try Self.inflated([]) }
    }

    @Test func `a sink that fails stops it with its own error`() {
        struct Full: Error {}
        let file = Self.compressed(Self.sample(100_000))
        var gzip = GzipReader(mostBytes: .max)
        #expect(throws: Full.self) { try gzip.take(file) { _ in throw Full() } }
    }
}
