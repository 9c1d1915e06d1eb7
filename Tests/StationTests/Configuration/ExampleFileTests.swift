import FoundationEssentials
import Testing

@testable import Station

@Suite struct ExampleFileTests {
    @Test func `the example configuration in hardware/ is good, and names what the other files there make`() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let rules = try text("\(root)/hardware/99-bomstasjon.rules")
        let unit = try text("\(root)/hardware/bomstasjon.service")
        let (configuration, errors) = ConfigurationSample.load(try text("\(root)/hardware/station.conf"))
        let station = try #require(configuration, "\(errors)")
        #expect(station.lanes.count == 2)
        #expect(station.station.stateFolder == "/var/lib/bomstasjon")
        #expect(unit.contains("\nStateDirectory=bomstasjon\n"))
        #expect(unit.contains("\nType=notify\nWatchdogSec=45\n"), "told every ten seconds")
        #expect(station.station.controlSocket.hasPrefix("/run/bomstasjon/"))
        #expect(unit.contains("\nRuntimeDirectory=bomstasjon\n"))
        #expect(station.station.group == "bomstasjon")
        #expect(unit.contains("\nGroup=bomstasjon\n"))
        for reader in station.readers {
            #expect(rules.contains("SYMLINK+=\"\(reader.port.dropFirst("/dev/".count))\""))
        }
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    }
}
