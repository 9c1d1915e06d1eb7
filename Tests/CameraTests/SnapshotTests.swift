import Camera
import Exchange
import HTTP
import Lane
import Testing

@Suite("A snapshot, from a camera on loopback")
struct SnapshotTests {
    private static func image(_ type: String?, _ bytes: [UInt8]) -> ServerResponse {
        ServerResponse(status: 200, headers: type.map { ["Content-Type": $0] } ?? [:], body: .bytes(bytes))
    }

    /// Takes one photo from a camera that answers so.
    private func take(
        from answer: ServerResponse, stop: StopFlag = StopFlag(), limits: PhotoStore.Limits = PhotoStore.Limits(),
        _ change: (inout CameraSettings) -> Void = { _ in }
    ) throws -> Result<PhotoFile, SnapshotFailure> {
        let server = try Server(ServerSettings(address: .tcp(address: "127.0.0.1", port: 0))) { _ in answer }
        return try take(port: server.port ?? 0, stop: stop, limits: limits, change)
    }

    private func take(
        port: UInt16, stop: StopFlag = StopFlag(), limits: PhotoStore.Limits = PhotoStore.Limits(),
        _ change: (inout CameraSettings) -> Void = { _ in }
    ) throws -> Result<PhotoFile, SnapshotFailure> {
        let folder = try Folder()
        var settings = CameraSettings(
            place: Sample.front, name: "front", address: try WebAddress("http://127.0.0.1:\(port)/snapshot.jpg"))
        change(&settings)
        let store = try PhotoStore(folder: folder.path + "/photos", limits: limits)
        var snapshot = Snapshot(settings, in: store, stop: stop, now: { Sample.ms(77) })
        let result: Result<PhotoFile, SnapshotFailure>
        do throws(SnapshotFailure) {
            result = .success(try snapshot.take(Sample.job(Sample.name(1))))
        } catch {
            #expect(!error.description.contains("\n"))
            result = .failure(error)
        }
        switch result {
        case .success(let file): #expect(try folder.namesOfPhotos == ["\(file.name)"])
        case .failure: #expect(try folder.namesOfPhotos == [])
        }
        return result
    }

    @Test(arguments: ["image/jpeg", "Image/JPEG; charset=binary", nil])
    func `an image is kept with its digest and its time`(type: String?) throws {
        let file = try take(from: Self.image(type, Sample.jpeg)).get()
        #expect(file == Sample.file(Sample.name(1), at: Sample.ms(77)))
    }

    @Test func `HTML is no image, whatever it is called`() throws {
        let page = Array("<html>log in</html>".utf8)
        for (type, words) in [
            ("text/html", "front: the camera sends \"text/html\""),
            ("image/jpeg", "front: 19 bytes are no JPEG: noStart"),
        ] {
            #expect(try take(from: Self.image(type, page)) == .failure(SnapshotFailure(.notAnImage, words)))
        }
    }

    @Test func `a cut image is no image`() throws {
        guard case .failure(let failure) = try take(from: Self.image("image/jpeg", Sample.jpeg.dropLast())) else {
            return #expect(Bool(false), "it was kept")
        }
        #expect(failure.reason == .notAnImage)
    }

    @Test(arguments: [301, 401, 404, 500, 503])
    func `an error of the camera is its refusal`(status: Int) throws {
        let failure = SnapshotFailure(.cameraRefused, "front: the camera answers with status \(status)")
        #expect(try take(from: ServerResponse(status: status)) == .failure(failure))
    }

    @Test func `an image that is too large is not taken`() throws {
        let result = try take(from: Self.image("image/jpeg", Sample.jpeg)) { $0.mostBytes = Sample.jpeg.count - 1 }
        guard case .failure(let failure) = result else { return #expect(Bool(false), "it was kept") }
        #expect(failure.reason == .tooLarge)
        #expect(failure.description.hasSuffix("/snapshot.jpg: answer larger than \(Sample.jpeg.count - 1) bytes"))
    }

    @Test func `a camera that hangs is silent`() throws {
        let result = try take(from: ServerResponse(status: 200, body: .stream(ChunkStream(next: { .nothingYet })))) {
            $0.timeOut = .milliseconds(100)
        }
        guard case .failure(let failure) = result else { return #expect(Bool(false), "it was kept") }
        #expect(failure.reason == .cameraSilent)
    }

    @Test func `a camera that is not there is silent`() throws {
        let server = try Server(ServerSettings(address: .tcp(address: "127.0.0.1", port: 0))) { _ in .text(200, "") }
        let port = server.port ?? 0
        server.stop()
        let words = "front: GET http://127.0.0.1:\(port)/snapshot.jpg: connection refused; nothing listens there"
        #expect(try take(port: port) == .failure(SnapshotFailure(.cameraSilent, words)))
    }

    @Test func `a stop interrupts`() throws {
        let stop = StopFlag()
        stop.raise()
        guard case .failure(let failure) = try take(from: Self.image(nil, Sample.jpeg), stop: stop) else {
            return #expect(Bool(false), "it was kept")
        }
        #expect(failure.reason == .interrupted)
    }

    @Test func `a full store is the reason`() throws {
        var limits = PhotoStore.Limits()
        limits.mostBytes = 10
        guard case .failure(let failure) = try take(from: Self.image(nil, Sample.jpeg), limits: limits) else {
            return #expect(Bool(false), "it was kept")
        }
        #expect(failure.reason == .storeFull)
    }
}
