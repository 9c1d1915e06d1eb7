import Devices
import Exchange
import Lane
import Testing

@testable import Station

@Suite struct `The threads` {
    @Test func `end together in time, each named that does not`() throws {
        let text = StationWorld.text.changing("id = 42\n", to: "id = 42\nstateFolder = /nonexistent/station\n")
        let configuration = try #require(ConfigurationSample.load(text).configuration)
        let workers = try Workers(configuration)
        let context = RecordContext(configuration, boot: "boot")
        let threads = StationThreads(configuration, context, StateFolder(configuration), workers)
        let begun = MonotonicClock.now()
        let late = threads.end()
        #expect(late == [] && MonotonicClock.now() - begun < .seconds(30))
    }
}
