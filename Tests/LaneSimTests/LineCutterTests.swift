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

    @Test func `what the devices say is understood, and nothing else`() {
        #expect(DemoNews(deviceLine: "ready") == .devicesReady)
        #expect(DemoNews(deviceLine: "played") == .played)
        #expect(DemoNews(deviceLine: "camera front1 8080") == .camera("front1", port: 8_080))
        #expect(DemoNews(deviceLine: "vehicle bare") == .vehicle("bare"))
        #expect(DemoNews(deviceLine: "lamp 2 green") == .lamp(lane: 2, aspect: "green"))
        for line in ["", "lamp", "lamp x green", "camera front1", "camera front1 x", "vehicle", "other 1"] {
            #expect(DemoNews(deviceLine: line) == nil)
        }
    }
}
