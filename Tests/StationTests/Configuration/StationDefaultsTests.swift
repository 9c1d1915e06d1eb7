import Lane
import Lights
import Testing

@testable import Station

@Suite struct StationDefaultsTests {
    /// What a technician fills in: the values of required keys, by section.
    private static let answers: [String: String] = [
        "station.id": "42",
        "lane.zoneStart": "-6 m", "lane.zoneEnd": "1 m", "lane.decideAt": "2 m", "lane.head": "15 m",
        "detector.lane": "1", "detector.input": "lane1.loop",
        "reader.port": "/dev/serial/by-id/usb-1", "reader.antennas": "0:1",
        "camera.lane": "1", "camera.url": "http://127.0.0.1:8081/front.jpg", "camera.detector": "loop1",
        "camera.moment": "leadingEdge",
        "central.url": "https://central.example", "central.publicKeys": ConfigurationSample.key,
    ]

    /// The printed file with its empty values filled in, and two keys that differ from their defaults as in the least file.
    private static var filledIn: String {
        var section = ""
        return StationConfiguration.defaults.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasPrefix("[") { section = String(line.dropFirst().prefix { $0 != " " && $0 != "]" }) }
            if line == "driver = none" { return "driver = simulated\nsocket = /run/bomstasjon/lines.sock" }
            if line == "delay = 0 s" { return "delay = 60 ms" }
            guard line.hasSuffix(" =") else { return String(line) }
            return "\(line) \(answers["\(section).\(line.dropLast(2))"] ?? "NOT ANSWERED")"
        }.joined(separator: "\n")
    }

    @Test func `the printed file, filled in, is the configuration that has only the required keys`() {
        let printed = ConfigurationSample.load(Self.filledIn)
        let least = ConfigurationSample.load(ConfigurationSample.least)
        #expect(printed.errors == "")
        #expect(least.errors == "")
        #expect(printed.configuration != nil)
        #expect(printed.configuration == least.configuration)
    }

    @Test func `the printed file as it is lacks exactly the required keys`() {
        let errors = ConfigurationSample.load(StationConfiguration.defaults).errors.split(separator: "\n")
        #expect(errors.count { $0.contains(": no value; expected ") } == Self.answers.count)
    }

    @Test func `the canonical text is a file that gives the same configuration and the same text`() throws {
        let least = try #require(ConfigurationSample.load(ConfigurationSample.least).configuration)
        let again = ConfigurationSample.load(least.canonical)
        #expect(again.errors == "")
        #expect(again.configuration == least)
        #expect(again.configuration?.canonical == least.canonical)
    }

    @Test func `every key is explained with its range in the printed file`() {
        let text = StationConfiguration.defaults
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 130 })
        for key in ["gapHold = 150 ms", "retention = 90 d", "mostBytes = 4 GB", "blank = 200 ms", "fastest = 160 km/h"]
        {
            #expect(text.contains("\n\(key)\n"), "\(key)")
        }
        #expect(text.contains("# Values: a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)."))
        #expect(text.contains("\nid =\n"))
        #expect(text.contains("\n# approved = green\n"))
    }
}
