import HTTP
import Lane
import Synchronization
import Testing

@testable import Peripherals

struct SimulatedCameraTests {
    private func ask(_ camera: SimulatedCamera, path: String = SimulatedCamera.path) throws -> Response {
        var client = Client()
        return try client.perform(Request(.get, try Endpoint("http://127.0.0.1:\(camera.port ?? 0)"), path))
    }

    @Test func `it answers with a picture, another one each time`() throws {
        let camera = try SimulatedCamera()
        let first = try ask(camera)
        #expect(first.status == 200)
        #expect(first.headers["content-type"] == "image/jpeg")
        #expect(first.body.starts(with: [0xFF, 0xD8, 0xFF]) && first.body.suffix(2) == [0xFF, 0xD9])
        #expect(try ask(camera).body != first.body)
        #expect(camera.shots == 2)
        #expect(try ask(camera, path: "/").status == 404)
    }

    @Test func `on request it answers badly, and well again`() throws {
        let camera = try SimulatedCamera()
        camera.behaviour = .html
        #expect(try ask(camera).headers["content-type"] == "text/html")
        camera.behaviour = .status(500)
        #expect(try ask(camera).status == 500)
        camera.behaviour = .truncated
        let part = try ask(camera).body
        #expect(SimulatedCamera.picture(3).starts(with: part) && part.suffix(2) != [0xFF, 0xD9])
        camera.behaviour = .oversized(bytes: 1_000_000)
        #expect(SimulatedCamera.picture(4).count < 1_000_000)
        camera.behaviour = .picture
        #expect(try ask(camera).body == SimulatedCamera.picture(4))
    }

    @Test func `a client of a camera that hangs gives up by its own time-out`() throws {
        let camera = try SimulatedCamera()
        camera.behaviour = .hangs
        var client = Client()
        var request = Request(.get, try Endpoint("http://127.0.0.1:\(camera.port ?? 0)"), SimulatedCamera.path)
        request.timeOuts.total = .milliseconds(100)
        #expect(throws: TransferError.self) { _ = try client.perform(request) }
        camera.stop()
    }

    @Test func `a slow camera's picture is whole, and each question is told`() throws {
        let asked = Mutex(0)
        let camera = try SimulatedCamera { asked.withLock { $0 += 1 } }
        camera.behaviour = .slow(.milliseconds(1))
        #expect(try ask(camera).body == SimulatedCamera.picture(1))
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func `a picture of one block is the bytes that the standard asks for`() {
        let picture = BlockPicture(columns: 1, rows: 1, filledWith: .init(129))
        // Y: difference 1 is category 1 (010) and the bit 1, end of block 0; Cb and Cr: category 0 (00), end of block 0.
        // 0101 0000 | 000 and ones to fill: 50 1F
        #expect(picture.jpeg.suffix(4) == [0x50, 0x1F, 0xFF, 0xD9])
    }

    @Test func `colours at both ends are coded, and FF is followed by a zero`() {
        var picture = BlockPicture(columns: 64, rows: 1, filledWith: .init(0, blue: 0, red: 0))
        for column in stride(from: 0, to: 64, by: 2) {
            picture.fill(column..<column + 1, 0..<1, with: .init(255, blue: 255, red: 255))
        }
        let body = picture.jpeg.drop { $0 != 0xDA }.dropLast(2)
        for (byte, next) in zip(body, body.dropFirst()) where byte == 0xFF { #expect(next == 0) }
    }
}
