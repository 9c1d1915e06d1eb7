import HTTP
import Lane
import Testing

@testable import Peripherals

/// A camera behind a link: what a client of it sees, and what reaches the camera.
struct SimulatedLinkTests {
    private let camera: SimulatedCamera
    private let link: SimulatedLink

    init() throws {
        camera = try SimulatedCamera()
        link = try SimulatedLink()
        link.lead(to: camera.port ?? 0)
    }

    /// One question over a connection of its own, with a time-out that an answer of this computer to itself seldom needs.
    private func ask(_ behaviour: SimulatedLink.Behaviour, within time: Interval = .seconds(20)) throws -> Response {
        link.behave(behaviour)
        try link.settle()
        var client = Client()
        return try ask(&client, within: time)
    }

    private func ask(_ client: inout Client, within time: Interval = .seconds(20)) throws -> Response {
        var request = Request(.get, try Endpoint("http://127.0.0.1:\(link.port)"), SimulatedCamera.path)
        request.timeOuts.total = time
        return try client.perform(request)
    }

    @Test func `what goes through it is whole, also when it is slow`() throws {
        #expect(try ask(.passes).body == SimulatedCamera.picture(1))
        #expect(try ask(.slow(.milliseconds(5))).body == SimulatedCamera.picture(2))
        #expect(link.state.carried > SimulatedCamera.picture(1).count)
    }

    @Test func `one that refuses or cuts ends connections, and the next one passes`() throws {
        #expect(throws: TransferError.self) { try ask(.refuses) }
        #expect(camera.shots == 0)
        #expect(throws: TransferError.self) { try ask(.cuts(after: 400)) }
        #expect(try ask(.passes).status == 200)
    }

    @Test func `a half-open one lets no question through, and the connection never heals`() throws {
        var client = Client()
        _ = try ask(&client)
        link.behave(.hangs)
        try link.settle()
        // The kept connection is used again, and nothing comes of it.
        #expect(throws: TransferError.self) { try ask(&client, within: .milliseconds(100)) }
        #expect(camera.shots == 1)
        #expect(try ask(.passes).status == 200)
    }

    @Test func `where answers are lost the question arrives`() throws {
        #expect(throws: TransferError.self) { try ask(.answersLost, within: .seconds(2)) }
        #expect(camera.shots == 1)
    }

    @Test func `one that leads nowhere ends connections`() throws {
        camera.stop()
        #expect(throws: TransferError.self) { try ask(.passes) }
        link.stop()
    }
}

struct LinkWayTests {
    @Test func `what is lost is not held, and its end is not told`() {
        var way = LinkWay()
        way.take([1, 2, 3], due: Instant(nanoseconds: 5))
        #expect(way.due == Instant(nanoseconds: 5))
        way.hasEnded = true
        #expect(!way.isOver, "three bytes are still on their way")
        way.lose()
        way.take([4], due: Instant(nanoseconds: 6))
        #expect(way.due == nil)
        #expect(!way.isOver)
    }

    @Test func `it takes no more than it may hold`() {
        var way = LinkWay()
        way.take([UInt8](repeating: 0, count: LinkWay.mostHeld)[...], due: Instant(nanoseconds: 1))
        #expect(!way.hasRoom)
    }
}
