import HTTP
import Lane
import Sync
import Testing

@testable import Station

@Suite struct `A station's certificate` {
    private static let day: Int64 = 86_400_000

    /// Good from so many days ago to in so many.
    private func validity(_ world: StationWorld, from past: Int64, to future: Int64) -> Validity {
        let now = world.utc.milliseconds
        return Validity(
            begins: UTC(milliseconds: now - past * Self.day), ends: UTC(milliseconds: now + future * Self.day))
    }

    @Test func `is looked at, renewed when it is time, and an alarm while that fails at its end`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        #expect(world.send(.renewal(.found(validity(world, from: 70, to: 20)))) == ["renew the certificate"])
        #expect(world.send(.renewal(.failed("away"))) == [] && !world.alarms.contains("certificateNotGood"))
        #expect(world.run(.minutes(6)).contains("renew the certificate") == false, "it looks first")
        let late = validity(world, from: 80, to: 10)
        #expect(world.send(.renewal(.found(late))).contains("renew the certificate"))
        #expect(world.alarms.contains("certificateNotGood"))
        #expect(
            world.machine.desk.alarms.entries.first { $0.alarm == .certificateNotGood }?.reason
                == "it ends at \(late.ends.text): away")
        world.send(.renewal(.renewed(validity(world, from: 0, to: 90))))
        #expect(!world.alarms.contains("certificateNotGood"))
        #expect(world.log.contains { $0.event == "certificate.renewed" })
    }

    @Test func `is an alarm in 1970, and not asked for where the configuration names one, or over plain http`() {
        var world = StationWorld()
        world.begin()
        world.send(.renewal(.found(validity(world, from: -20_000, to: 20_090))))
        #expect(world.alarms.contains("certificateNotGood"))
        let url = "url = https://central.example\n"
        for other in ["url = http://127.0.0.1:8480\n", url + "clientCertificate = /a.pem\nclientKey = /a.key\n"] {
            var world = StationWorld { $0.changing(url, to: other) }
            let actions = world.take(.start(world.utc, .good))
            #expect(!actions.contains { if case .renewal = $0 { true } else { false } })
        }
    }
}
