import Lane
import TagReader
import Testing

@testable import Station

@Suite struct ConfigurationValueTests {
    private static let time = ValueType.duration(.days(-10) ... .days(10_000))
    private static let length = ValueType.length(Metres(millimetres: -1_000_000)...Metres(millimetres: 1_000_000))
    private static let speed = ValueType.speed(.kilometresPerHour(1) ... .kilometresPerHour(300))

    @Test(
        arguments: [
            ("500 ms", 500_000_000, "500 ms"), ("500ms", 500_000_000, "500 ms"), ("1.5 s", 1_500_000_000, "1500 ms"),
            ("60 s", 60_000_000_000, "1 min"), ("90 min", 5_400_000_000_000, "90 min"),
            ("48 h", 172_800_000_000_000, "2 d"),
            ("0 s", 0, "0 s"), ("0 ms", 0, "0 s"), ("7 us", 7_000, "7 us"), ("3 ns", 3, "3 ns"),
            ("-5 s", -5_000_000_000, "-5 s"),
        ] as [(String, Int64, String)])
    func `a duration is read exactly and written in its largest whole unit`(
        _ text: String, _ nanoseconds: Int64, _ written: String
    ) throws {
        let value = try Self.time.parse(text)
        #expect(value == Interval(nanoseconds: nanoseconds))
        #expect(Self.time.format(value) == written)
        #expect(try Self.time.parse(written) == value)
    }

    @Test(
        arguments: [
            ("12.5 m", 12_500, "12.5 m"), ("-6 m", -6_000, "-6 m"), ("40 cm", 400, "0.4 m"), ("-1 mm", -1, "-0.001 m"),
            ("0 m", 0, "0 m"), ("100.250 m", 100_250, "100.25 m"),
        ] as [(String, Int64, String)])
    func `a length is read to the millimetre and written in metres`(
        _ text: String, _ millimetres: Int64, _ written: String
    ) throws {
        let value = try Self.length.parse(text)
        #expect(value == Metres(millimetres: millimetres))
        #expect(Self.length.format(value) == written)
        #expect(try Self.length.parse(written) == value)
    }

    @Test func `every whole speed in kilometres an hour is written as it was read`() throws {
        for n in 1...300 as ClosedRange<Int64> {
            #expect(try Self.speed.parse("\(n) km/h") == .kilometresPerHour(n))
            #expect(Self.speed.format(.kilometresPerHour(n)) == "\(n) km/h")
        }
        #expect(Self.speed.format(try Self.speed.parse("22.5 m/s")) == "81 km/h")
        #expect(Self.speed.format(try Self.speed.parse("22.501 m/s")) == "22.501 m/s")
    }

    @Test(
        arguments: [
            ("512 MB", .bytes(512_000_000), "512 MB"), ("50 %", .percent(50), "50 %"), ("7%", .percent(7), "7 %"),
        ] as [(String, ListMemory, String)])
    func `the memory of a list is a size or a part of the computer's memory`(
        _ text: String, _ value: ListMemory, _ written: String
    ) throws {
        #expect(try ValueType.listMemory.parse(text) == value)
        #expect(ValueType.listMemory.format(value) == written)
    }

    @Test func `the memory of a list is half of what the computer has, unless a size is named`() {
        #expect(ListMemory.byDefault.bytes(of: 8_000_000_000) == 4_000_000_000)
        #expect(ListMemory.bytes(512_000_000).bytes(of: 8_000_000_000) == 512_000_000)
    }

    @Test func `a size is in units of a thousand`() throws {
        let size = ValueType.size(0...10_000_000_000)
        #expect(try size.parse("4 MB") == 4_000_000)
        #expect(size.format(4_000_000) == "4 MB")
        #expect(size.format(65_536) == "65536 B")
        #expect(size.format(0) == "0 B")
    }

    @Test(arguments: [
        "", "s", "1", "1 S", "1 s s", "1,5 s", "--1 s", "1. s", ".5 s", "1e3 s", "0.0000000001 s",
        "9223372036854775807 d", "1.1234567890 s", "١ s", "+1 s", "1 s\u{301}",
    ])
    func `what is no duration is refused`(_ text: String) {
        #expect(throws: ValueError.self) { try Self.time.parse(text) }
    }

    @Test func `amounts by chance come back as they were written`() throws {
        var seed: UInt64 = 7
        for _ in 0..<10_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let amount = Int64(bitPattern: seed) % 864_000_000_000_000 / (1 << Int64(seed & 31))
            let interval = Interval(nanoseconds: amount)
            #expect(try Self.time.parse(Self.time.format(interval)) == interval)
            let metres = Metres(millimetres: amount % 1_000_001)
            #expect(try Self.length.parse(Self.length.format(metres)) == metres)
        }
    }

    @Test(
        arguments: [
            (.printed10or16, "printed10or16"), (.ata, "ata"), (.agencySerial(prefix: "", digits: 8), "agencySerial 8"),
            (.agencySerial(prefix: "KING", digits: 4), "agencySerial 4 KING"),
        ] as [(TagText, String)])
    func `a rule of tag texts is written as it is read`(_ rule: TagText, _ text: String) throws {
        #expect(ValueType.tagText.format(rule) == text)
        #expect(try ValueType.tagText.parse(text) == rule)
    }

    @Test(
        arguments: [
            (.once, "once"), (.asFound, "asFound"), (.everyRead, "everyRead"), (.command("41"), "41"),
        ] as [(ReaderSettings.Uniqueness, String)])
    func `a setting of uniqueness is written as it is read`(
        _ value: ReaderSettings.Uniqueness, _ text: String
    ) throws {
        #expect(ValueType.uniqueness.format(value) == text)
        #expect(try ValueType.uniqueness.parse(text) == value)
    }

    @Test func `a list takes commas and blanks, and the word none for nothing`() throws {
        let list = ValueType<[Int]>.optionalList(of: .count(0...9), most: 3)
        #expect(try list.parse("1, 2 3") == [1, 2, 3])
        #expect(try list.parse("none") == [])
        #expect(list.format([]) == "none")
        #expect(list.format([1, 2]) == "1, 2")
        #expect(throws: ValueError("\"12\" is out of range", offset: 3)) { try list.parse("1, 12") }
        #expect(throws: ValueError("4 values")) { try list.parse("1 2 3 4") }
    }
}

@Suite struct KnownWordsTests {
    private let words = KnownWords(["gapHold", "crossLane", "head", "id"])

    @Test(arguments: [
        ("gaphold", "gapHold"), ("gap_hold", "gapHold"), ("gapHodl", "gapHold"), ("corssLane", "crossLane"),
        ("haed", "head"), ("heads", "head"),
    ])
    func `a typing error finds its word`(_ typed: String, _ word: String) {
        #expect(words.nearest(to: typed) == word)
    }

    @Test(arguments: ["", "retention", "x", "no", String(repeating: "head", count: 40)])
    func `another word finds nothing`(_ typed: String) {
        #expect(words.nearest(to: typed) == nil)
    }
}
