import Exchange
import Lane
import Testing

struct RecordLineTests {
    private let line: RecordLine = {
        let body = Array(Samples.body(.passage(Samples.revisedPassage, photos: [])).utf8)
        return RecordLine(digest: .chained(to: Samples.digest, body: body), body: body)
    }()

    @Test func `a line is the digest, the body and a newline`() {
        let line = RecordLine(digest: Samples.digest, body: Array(#"{"v":1}"#.utf8))
        let text = #"{"digest":"bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319","body":{"v":1}}"#
        #expect(String(decoding: line.bytes, as: UTF8.self) == text + "\n")
    }

    @Test func `a line is taken apart into the same bytes, with or without its newline`() throws {
        #expect(try RecordLine(parsing: line.bytes) == line)
        #expect(try RecordLine(parsing: line.bytes.dropLast()) == line)
        #expect(line.follows(Samples.digest))
        #expect(!line.follows(.zero))
    }

    @Test func `every truncation is refused`() {
        for count in 0..<line.bytes.count - 1 {
            #expect(throws: RecordLine.Problem.malformed) { try RecordLine(parsing: line.bytes.prefix(count)) }
        }
    }

    @Test func `I10: every flipped bit is refused or caught by the digest`() {
        for bit in 0..<(line.bytes.count - 1) * 8 {
            var bytes = line.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            do {
                let parsed = try RecordLine(parsing: bytes)
                #expect(!parsed.follows(Samples.digest), "bit \(bit)")
            } catch {
                #expect(error == .malformed)
            }
        }
    }

    @Test func `a byte more, before, after or between, is refused or caught`() {
        for place in 0...line.bytes.count {
            for byte in [UInt8(ascii: " "), UInt8(ascii: "}"), UInt8(ascii: "\n"), UInt8(ascii: "0"), 0x00, 0xFF] {
                var bytes = line.bytes
                bytes.insert(byte, at: place)
                do {
                    #expect(try !RecordLine(parsing: bytes).follows(Samples.digest), "\(byte) at \(place)")
                } catch {}
            }
        }
    }

    @Test func `a line longer than the longest is refused before it is looked at`() {
        let bytes = [UInt8](repeating: 0x20, count: RecordLine.mostBytes + 1)
        #expect(throws: RecordLine.Problem.tooLong(bytes: RecordLine.mostBytes + 1)) {
            try RecordLine(parsing: bytes)
        }
    }

    @Test func `the longest body has a line, one byte more has none`() throws {
        let frame = #"{"x":""}"#.utf8.count
        let body = { (count: Int) in
            Array((#"{"x":""# + String(repeating: "x", count: count - frame) + #""}"#).utf8)
        }
        let longest = RecordLine(digest: .zero, body: body(Record.mostBytes))
        #expect(longest.bytes.count == RecordLine.mostBytes)
        #expect(try RecordLine(parsing: longest.bytes) == longest)
        let tooLong = RecordLine(digest: .zero, body: body(Record.mostBytes + 1))
        #expect(throws: RecordLine.Problem.malformed) { try RecordLine(parsing: tooLong.bytes.dropLast()) }
    }

    @Test(arguments: [
        "{}", #"{"a":[]}"#, #"{"a":0}"#, #"{"a":-1}"#, #"{"a":[1,[2,{"b":true}]],"c":false}"#,
        #"{"a":"\u00e5\\\""}"#, #"{"":""}"#, #"{"a":[[[[[[1]]]]]]}"#,
    ])
    func `canonical bodies are taken`(body: String) throws {
        let line = RecordLine(digest: .zero, body: Array(body.utf8))
        #expect(try RecordLine(parsing: line.bytes) == line)
    }

    @Test(arguments: [
        "", "1", "[]", "{", "}", "{}}", "{{}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":01}"#, #"{"a":-0}"#,
        #"{"a":1.0}"#, #"{"a":1e3}"#, #"{"a":null}"#, #"{"a":tru}"#, #"{"a": 1}"#, #"{ "a":1}"#, #"{a:1}"#,
        #"{"a":"\n"}"#, #"{"a":"\u00E5"}"#, #"{"a":"\u00e"}"#, #"{"a":"å"}"#, "{\"a\":\"\n\"}", #"{"a":[1 ,2]}"#,
        #"{"a":"}"#, #"{"a":-}"#, #"{"a":[1}"#, #"{"a":[1,]}"#, #"{"a":[[[[[[[[1]]]]]]]]}"#, #"{"a":1}{"b":2}"#,
    ])
    func `any other body is refused`(body: String) {
        let line = RecordLine(digest: .zero, body: Array(body.utf8))
        #expect(throws: RecordLine.Problem.malformed) { try RecordLine(parsing: line.bytes) }
    }
}
