import Lane
import Testing

@testable import LaneSim

@Suite struct WireNewsTests {
    @Test func `what the devices say is understood, and nothing else`() {
        let moment = Instant(nanoseconds: 5)
        #expect(WireNews(deviceLine: "ready") == .devicesReady)
        #expect(WireNews(deviceLine: "playing") == .playing)
        #expect(WireNews(deviceLine: "played") == .played)
        #expect(WireNews(deviceLine: "camera front1 8080") == .camera("front1", port: 8_080))
        #expect(WireNews(deviceLine: "lamp 2 green 5") == .lamp(LaneNumber(2), .green, at: moment))
        #expect(WireNews(deviceLine: "capture front1 5") == .capture("front1", at: moment))
        #expect(WireNews(deviceLine: "taken 1000000011 5") == .taken("1000000011", at: moment))
        #expect(WireNews(deviceLine: "late 5 5") == .late(from: moment, to: moment))
        for line in [
            "taken 1", "taken 1 x", "late 5", "late x 5", "", "lamp", "lamp 2 green", "lamp x green 5",
            "lamp 2 several 5", "camera front1", "camera front1 x",
            "other 1",
            "capture front1",
        ] {
            #expect(WireNews(deviceLine: line) == nil)
        }
    }
}

@Suite struct WireHarvestTests {
    private let beginning = Instant(nanoseconds: 1_000)

    @Test func `records are dated from the scenario's first moment`() throws {
        let start = #","start":{"utc":"2026-01-31T12:00:00.000Z","mono":2000}"#
        let station = records([body(1, type: "event"), body(2, type: "passage", start)])
        let harvest = try WireHarvest(
            station: station, central: Array(station.prefix(1)), photos: [], since: beginning)
        #expect(harvest.records.map(\.at.nanoseconds) == [-999, 1_000])
        #expect(harvest.atCentral == harvest.records.prefix(1).map(\.line))
        #expect(harvest.troubles == [])
    }

    @Test func `a line that is no record is a trouble`() throws {
        let harvest = try WireHarvest(station: ["x"], central: ["", "y"], photos: [], since: beginning)
        #expect(
            harvest.troubles == [
                "line 1 of the station's journal is no record", "line 1 of what the central server has is no record",
                "line 2 of what the central server has is no record",
            ])
    }
}
