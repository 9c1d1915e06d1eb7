import Testing

@testable import HTTP

@Suite("A range of a file of ten bytes")
struct ByteRangeTests {
    private func range(_ field: String, size: Int = 10) -> ByteRange {
        ByteRange(["Range": field], size: size, tag: "\"1.2\"")
    }

    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-9", 0..<10), ("bytes=3-5", 3..<6), ("bytes=9-9", 9..<10), ("bytes=9-", 9..<10),
        ("bytes=0-", 0..<10), ("bytes=3-10", 3..<10), ("bytes=3-99999999999999999999", 3..<10), ("bytes=-1", 9..<10),
        ("bytes=-10", 0..<10), ("bytes=-11", 0..<10), ("bytes=-99999999999999999999", 0..<10), ("Bytes=3-5", 3..<6),
        ("bytes= 3-5 ", 3..<6),
    ])
    func `that lies in it`(_ field: String, _ part: Range<Int>) { #expect(range(field) == .part(part)) }

    @Test(arguments: ["bytes=10-10", "bytes=10-", "bytes=99999999999999999999-", "bytes=-0", "bytes=11-12"])
    func `that lies outside`(_ field: String) { #expect(range(field) == .unsatisfiable) }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=5-3", "bytes=a-b", "bytes=1-2-3", "bytes=+1-2", "bytes=1-2,4-5",
        "bytes=1-2,", "lines=1-2", "bytes 1-2", "bytes=1 -2", "bytes=--1", "bytes=\u{0661}-", "=1-2",
    ])
    func `that is none, or is more than one, means the whole`(_ field: String) { #expect(range(field) == .whole) }

    @Test func `of a file without bytes`() {
        #expect(range("bytes=0-", size: 0) == .unsatisfiable)
        #expect(range("bytes=-5", size: 0) == .whole)
        #expect(range("bytes=-0", size: 0) == .unsatisfiable)
    }

    @Test func `counts only while the entity is the one that was meant`() {
        let meant = { (name: String, tag: String?) in
            ByteRange(["If-Range": name, "Range": "bytes=3-5"], size: 10, tag: tag)
        }
        #expect(meant("\"1.2\"", "\"1.2\"") == .part(3..<6))
        #expect(meant("\"1.3\"", "\"1.2\"") == .whole)
        #expect(meant("W/\"1.2\"", "W/\"1.2\"") == .whole)
        #expect(meant("\"1.2\"", nil) == .whole)
        #expect(meant("Sat, 29 Oct 1994 19:43:31 GMT", "\"1.2\"") == .whole)
        #expect(ByteRange(["If-Range": "\"1.2\""], size: 10, tag: "\"1.2\"") == .whole)
    }
}
