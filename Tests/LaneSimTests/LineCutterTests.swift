import Testing

@testable import LaneSim

@Suite struct LineCutterTests {
    @Test func `lines come out whole, wherever the bytes are cut`() {
        let bytes = Array("first\n\nthird ✓\nrest".utf8)
        for cut in 0...bytes.count {
            var cutter = LineCutter()
            #expect(cutter.take(bytes[..<cut]) + cutter.take(bytes[cut...]) == ["first", "", "third ✓"])
            #expect(cutter.take([0x0A]) == ["rest"])
        }
    }
}
