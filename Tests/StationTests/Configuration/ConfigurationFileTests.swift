import FoundationEssentials
import Lane
import Testing

@testable import Station

@Suite struct ConfigurationFileTests {
    private func errors(loading path: String) -> String? {
        switch StationConfiguration.load(path) {
        case .success: nil
        case .failure(let errors): errors.description
        }
    }

    @Test func `a file is loaded, and its lanes, antennas and cameras are in place`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let file = folder.appending(path: "station.conf")
        let rear = "[camera rear1]\nlane = 1\nurl = https://c\ndetector = loop2\nmoment = trailingEdge\n"
        let second = "[detector loop2]\nlane = 1\ninput = lane1.far\nposition = 4 m\ninverted = yes\n"
        try (ConfigurationSample.least + second + rear).write(to: file, atomically: false, encoding: .utf8)
        let configuration = try StationConfiguration.load(file.path).get()
        let geometry = try #require(configuration.lanes.first?.geometry)
        #expect(geometry.detectors.map(\.name) == ["loop1", "loop2"])
        #expect(geometry.cameras.map(\.name) == ["front1", "rear1"])
        #expect(geometry.cameras.map(\.detector) == [DetectorNumber(0), DetectorNumber(1)])
        #expect(configuration.cameras.map(\.number) == [CameraNumber(0), CameraNumber(1)])
        #expect(configuration.detectors.map(\.isInverted) == [false, true])
        #expect(configuration.laneOfAntenna == [AntennaNumber(1): LaneNumber(1)])
        #expect(configuration.antenna(reader: 0, port: 0)?.name == "reader1.0")
        #expect(configuration.antenna(reader: 0, port: 1) == nil)
    }

    @Test func `the example in hardware is accepted`() {
        let folders = #filePath.split(separator: "/").dropLast(4)
        #expect(errors(loading: "/\(folders.joined(separator: "/"))/hardware/station.conf") == nil)
    }

    @Test func `the time of a byte follows from the line`() throws {
        let text = ConfigurationSample.least.changing("antennas = 0:1", to: "antennas = 0:1\nbaud = 19200")
        let configuration = try #require(ConfigurationSample.load(text).configuration)
        #expect(configuration.readers.first?.settings.byteTime == Interval(nanoseconds: 520_833))
    }

    @Test(arguments: [
        (
            "/nowhere/station.conf",
            "cannot be read: No such file or directory; station config --defaults prints a file to begin with"
        ),
        ("/dev/zero", "no ordinary file"),
        ("/", "no ordinary file"),
    ])
    func `what is no file is told in one line`(_ path: String, _ error: String) {
        #expect(errors(loading: path) == "\(path): \(error)")
    }

    @Test func `a file made of errors costs no more than twenty`() {
        let text = String(repeating: "[x]\nabc = 1\n", count: 5_000)
        let lines = ConfigurationSample.load(text).errors.split(separator: "\n")
        #expect(lines.count == 21)
    }
}
