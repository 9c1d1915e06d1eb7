import Lane
import Peripherals
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Camera {
        @Test(
            arguments: [
                (.html, "notAnImage"), (.status(500), "cameraRefused"), (.oversized(bytes: 200_000), "tooLarge"),
                (.truncated, "notAnImage"), (.hangs, "cameraSilent"),
            ] as [(SimulatedCamera.Behaviour, String)])
        func `a camera that fails is an alarm, and photos are missing until it is well`(
            behaviour: SimulatedCamera.Behaviour, word: String
        ) throws {
            let camera = try SimulatedCamera()
            let site = try Site(withCentral: true, camera: camera.port)
            try site.start()
            try site.awaitReading()
            camera.behaviour = behaviour
            for _ in 1...3 { try site.drive() }
            #expect(try site.awaitAlarm(.cameraFaulty) == word)
            try site.awaitLogged("photo.missing why=\(word)", times: 3)
            #expect(site.log.split(separator: "\n").count { $0.contains("photo.missing why=\(word)") } == 3)
            camera.behaviour = .picture
            try site.drive()
            try site.awaitNo(.cameraFaulty)
            try site.awaitDelivery()
            camera.behaviour = behaviour
            try site.drive()
            try site.finish()
            camera.stop()
        }
    }
}
