import Lane
import TagReader

/// A TransCore reader's bytes, and the texts of tags.
enum ReaderFuzz {
    private static let moment = Instant(nanoseconds: 0)
    private static let good = ECPFrame(sequence: UInt8(ascii: "4"), data: Array("KING 1302".utf8))

    /// Frames, damage and noise are not more than what came; a frame is the same when it comes again; and the first good
    /// frame after anything is understood.
    static func decode(_ bytes: [UInt8]) throws {
        for crc in ECPCRC.allCases {
            var decoder = ECPDecoder(crc: crc)
            let outputs = bytes.flatMap { decoder.decode($0, at: moment) }
            let told = outputs.reduce(decoder.takeNoise()) { $0 + length(of: $1) }
            try Finding.unless(told <= bytes.count, "more came out than went in")
            for case .frame(let frame, _, _) in outputs {
                try Finding.unless(frames(of: frame.encoded(.crc(crc)), crc) == [frame], "a frame written is another")
            }
            let next = good.encoded(.crc(crc)).flatMap { decoder.decode($0, at: moment) }
            // By chance, or the fuzzer's skill, what stood before may be the beginning of a longer good frame.
            guard case .frame(let frame, _, _)? = next.last, frame.data.suffix(good.data.count) == good.data[...] else {
                throw Finding("a good frame was not understood")
            }
        }
    }

    private static func length(of output: ECPDecoder.Output) -> Int {
        switch output {
        case .frame(let frame, _, _): frame.data.count + 6
        case .line(let line, _): line.count + 1
        case .brokenOff(let beginning, _): beginning.count
        }
    }

    private static func frames(of bytes: [UInt8], _ crc: ECPCRC) -> [ECPFrame] {
        var decoder = ECPDecoder(crc: crc)
        return bytes.flatMap { decoder.decode($0, at: moment) }.compactMap {
            if case .frame(let frame, _, _) = $0 { frame } else { nil }
        }
    }

    /// A number is the same in a record, as a key, and in a tag's text again; what a reader appends is taken off.
    static func read(tagText text: [UInt8]) throws {
        for rule in [TagText.printed10or16, .agencySerial(prefix: "KING", digits: 4), .ata] {
            guard case .tag(let tag) = rule.content(of: text) else { continue }
            try Finding.unless(TagNumber(recordText: tag.recordText) == tag, "a number is another in a record")
            try Finding.unless(TagNumber(key: tag.key) == tag, "a number is another by its key")
            let prefix: [UInt8] = if case .agencySerial(let prefix, _) = rule { Array(prefix.utf8) } else { [] }
            try Finding.unless(
                rule.content(of: prefix + tag.characters) == .tag(tag), "a number is another when a tag holds it")
        }
        let message = TagMessage(text)
        let appended = TagMessage(message.text + Array("&12:34:56.78 01/31/26%00-3-01-0".utf8))
        try Finding.unless(
            appended.text == message.text && appended.antennaPort == 3, "a text is another with what is appended")
    }
}
