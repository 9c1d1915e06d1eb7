import Lane
import Testing

@testable import TagReader

@Suite struct `The decoder` {
    private let at = Instant(nanoseconds: 5)

    /// Decodes all pieces one after the other; the noise comes last.
    private func decode(_ pieces: [ArraySlice<UInt8>]) -> (outputs: [ECPDecoder.Output], noise: Int) {
        var decoder = ECPDecoder(crc: .printed)
        var noise = 0
        let outputs = pieces.flatMap { piece in
            defer { noise += decoder.takeNoise() }
            return piece.flatMap { decoder.decode($0, at: at) }
        }
        return (outputs, noise)
    }

    private func decode(_ text: String) -> [ECPDecoder.Output] { decode([Array(text.utf8)[...]]).outputs }

    private func frame(_ sequence: Character, _ data: String, clashes: Int = 0) -> ECPDecoder.Output {
        .frame(
            ECPFrame(sequence: sequence.asciiValue ?? 0, data: Array(data.utf8)), at: at, clashes: clashes)
    }

    private func frames(_ outputs: [ECPDecoder.Output]) -> [ECPFrame] {
        outputs.compactMap { if case .frame(let frame, _, _) = $0 { frame } else { nil } }
    }

    @Test func `takes a tag message as the manual prints it`() {
        // #  4  K I N G   1 3 0 2   9 A 9 1   CR LF
        // |  |  data                CRC       end
        #expect(decode("#4KING 13029A91\r\n") == [frame("4", "KING 1302")])
    }

    @Test(arguments: vectors) func `takes each frame of the manuals`(text: String) {
        #expect(frames(decode(text + "\r\n")).count == 1)
    }

    @Test(arguments: vectors) func `takes nothing of a frame that is cut short`(text: String) {
        for count in 0..<text.utf8.count {
            let cut = String(decoding: text.utf8.prefix(count), as: UTF8.self)
            #expect(frames(decode(cut)).isEmpty)
            #expect(frames(decode(cut + "\r\n")).isEmpty, "ended early")
            #expect(frames(decode(cut + "#4KING 13029A91\r\n")).last?.data == Array("KING 1302".utf8), "broken off")
        }
    }

    @Test(arguments: vectors) func `takes no flipped bit for another frame`(text: String) {
        let bytes = Array((text + "\r\n").utf8)
        let whole = ECPFrame(Array(text.utf8.dropFirst()), checking: .printed)
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                // A bit of the end, or the case of a CRC digit, may leave the frame as it was; it never makes another.
                for frame in frames(decode([flipped[...]]).outputs) { #expect(frame == whole) }
                if index < text.utf8.count - 4 { #expect(frames(decode([flipped[...]]).outputs).isEmpty) }
            }
        }
    }

    @Test func `does not mind how the bytes are cut`() {
        let stream = Array("x#4KI#4KING 13029A91\r\n\u{7F}#6KING 13#02%01-0-1F-0E11E\r\n#1Done\r\n".utf8)
        let whole = decode([stream[...]])
        for first in stream.indices {
            for second in first...stream.count {
                let cut = decode([stream[..<first], stream[first..<second], stream[second...]])
                #expect(cut == whole)
            }
        }
    }

    @Test func `begins anew at a start character, and finds the frame behind it`() {
        #expect(
            decode("#4KING 1#4KING 13029A91\r\n") == [
                .brokenOff(Array("#4KING 1".utf8), at: at), frame("4", "KING 1302"),
            ])
    }

    @Test func `takes a text with a start character in it when the CRC vouches for it`() {
        #expect(decode(good("4KI#NG 1302")) == [frame("4", "KI#NG 1302", clashes: 1)])
    }

    // Field lesson 14 (libosdp #222): a start byte inside a checksum must not swallow what follows it.
    @Test func `searches a rejected frame again from a start character in its checksum`() {
        let damaged = "#4KING 13029#91"
        #expect(decode(damaged + "\r\n" + "#4KING 13029A91\r\n").last == frame("4", "KING 1302"))
        #expect(decode(damaged + "#4KING 13029A91\r\n").last == frame("4", "KING 1302"))
        for length in 0...200 {
            let noise = "#" + String(repeating: "Z", count: length)
            #expect(frames(decode(noise + "#4KING 13029A91\r\n")).count == 1, "behind \(length) characters of noise")
        }
        #expect(frames(decode(String(repeating: "#", count: 500) + "4KING 13029A91\r\n")).count == 1)
    }

    @Test func `gives an overlong line up without giving up the line behind it`() {
        let outputs = decode("#" + String(repeating: "A", count: 78) + "\r\n#4KING 13029A91\r\n")
        #expect(
            outputs == [
                .brokenOff(Array(("#" + String(repeating: "A", count: 78)).utf8), at: at), frame("4", "KING 1302"),
            ])
    }

    @Test func `gives lines of the Basic protocol as they are`() {
        #expect(decode("#101````\r#Error\r\n") == [line("101````"), line("Error")])
    }

    private func line(_ text: String) -> ECPDecoder.Output { .line(Array(text.utf8), at: at) }

    @Test func `counts what comes outside a line`() {
        #expect(decode([Array("abc\r\n#4KING 13029A91\r\nxy".utf8)[...]]).noise == 5)
    }

    @Test func `finds the frame within one frame of any noise`() {
        var generator = SplitMix(state: 14)
        for _ in 0..<2_000 {
            let noise = (0..<Int(generator.next() % 200)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let good = Array("#4KING 13029A91\r\n".utf8)
            let found = frames(decode([(noise + good)[...]]).outputs)
            #expect(found.last?.data == Array("KING 1302".utf8))
        }
    }
}
