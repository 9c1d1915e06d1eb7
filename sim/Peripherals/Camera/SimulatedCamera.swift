import Devices
import HTTP
import Lane
import Synchronization

/// A camera that answers `GET /snapshot.jpg` over HTTP, well or, on request, badly.
package final class SimulatedCamera: Sendable {
    /// How it answers.
    package enum Behaviour: Hashable, Sendable {
        /// A picture of the road, another one each time.
        case picture
        /// The head of an answer, and then nothing until the client gives up or the camera stops.
        case hangs
        /// A log-in page where a picture should be, with status 200, as real cameras do.
        case html
        /// A status, e.g. 500 or 401, without a picture.
        case status(Int)
        /// A picture that goes on for so many bytes.
        case oversized(bytes: Int)
        /// The first half of a picture, as a whole answer.
        case truncated
        /// A picture, so much later.
        case slow(Interval)
    }

    /// The path of the picture.
    package static let path = "/snapshot.jpg"

    /// The port that the system chose, on the loopback; nil on a Unix socket.
    package let port: UInt16?
    private let road: Road
    private let server: Mutex<Server?>

    /// Starts to answer.
    ///
    /// - Parameter asked: Called on a thread of the camera's each time that it is asked for a picture.
    package init(
        at address: ListenAddress = .tcp(address: "127.0.0.1", port: 0), asked: @escaping @Sendable () -> Void = {}
    ) throws {
        let road = Road(asked: asked)
        self.road = road
        let server = try Server(ServerSettings(address: address)) { request in road.answer(request) }
        port = server.port
        var started: Server? = consume server
        self.server = Mutex(started.take())
    }

    deinit { stop() }

    /// How it answers from now on.
    package var behaviour: Behaviour {
        get { road.state.withLock { $0.behaviour } }
        set { road.state.withLock { $0.behaviour = newValue } }
    }

    /// How often it was asked for a picture.
    package var shots: Int { road.state.withLock { $0.shots } }

    /// Ends the camera; who hangs is let go.
    package func stop() {
        road.state.withLock { $0.isStopping = true }
        server.withLock { $0 = nil }
    }

    /// The picture that it takes as its n-th: a road, and a vehicle whose colour and place follow from n.
    package static func picture(_ number: Int) -> [UInt8] {
        var picture = BlockPicture(columns: 40, rows: 30, filledWith: .init(170, blue: 150, red: 112))
        picture.fill(0..<40, 12..<30, with: .init(75))
        for row in stride(from: 14, to: 30, by: 4) { picture.fill(20..<21, row..<row + 2, with: .init(225)) }
        let paint = BlockPicture.Colour(
            UInt8(70 + number * 37 % 150), blue: UInt8(90 + number * 53 % 90), red: UInt8(90 + number * 71 % 90))
        let left = 4 + number * 5 % 20
        picture.fill(left + 2..<left + 11, 13..<17, with: .init(40, blue: 140, red: 120))
        picture.fill(left..<left + 13, 17..<24, with: paint)
        picture.fill(left + 1..<left + 4, 24..<26, with: .init(20))
        picture.fill(left + 9..<left + 12, 24..<26, with: .init(20))
        picture.fill(left + 4..<left + 9, 21..<22, with: .init(240))
        return picture.jpeg
    }

    /// What the camera looks at, shared with the server's threads.
    private final class Road: Sendable {
        struct State {
            var behaviour = Behaviour.picture
            var shots = 0
            var isStopping = false
        }

        let state = Mutex(State())
        private let asked: @Sendable () -> Void

        init(asked: @escaping @Sendable () -> Void) { self.asked = asked }

        func answer(_ request: ServerRequest) -> ServerResponse {
            guard request.method == .get, request.path == SimulatedCamera.path else {
                return ServerResponse(status: 404)
            }
            asked()
            let (behaviour, number) = state.withLock {
                $0.shots += 1
                return ($0.behaviour, $0.shots)
            }
            let picture = SimulatedCamera.picture(number)
            return switch behaviour {
            case .picture: jpeg(picture)
            case .truncated: jpeg(Array(picture[..<(picture.count / 2)]))
            case .oversized(let bytes): jpeg(picture + [UInt8](repeating: 0, count: max(0, bytes - picture.count)))
            case .html:
                ServerResponse(
                    status: 200, headers: ["Content-Type": "text/html"],
                    body: .bytes(Array("<!DOCTYPE html><title>Log in</title>\n".utf8)))
            case .status(let status): ServerResponse(status: status)
            case .hangs:
                ServerResponse(
                    status: 200, headers: ["Content-Type": "image/jpeg"],
                    body: .stream(ChunkStream(next: { self.nothing() })))
            case .slow(let wait): slowly(picture, after: wait)
            }
        }

        private func jpeg(_ bytes: [UInt8]) -> ServerResponse {
            ServerResponse(status: 200, headers: ["Content-Type": "image/jpeg"], body: .bytes(bytes))
        }

        private func slowly(_ picture: [UInt8], after wait: Interval) -> ServerResponse {
            let due = MonotonicClock.now() + wait
            let isSent = Atomic(false)
            let stream = ChunkStream(next: {
                guard MonotonicClock.now() >= due else { return self.nothing(until: due) }
                return isSent.exchange(true, ordering: .relaxed) ? .end : .chunk(picture)
            })
            return ServerResponse(status: 200, headers: ["Content-Type": "image/jpeg"], body: .stream(stream))
        }

        private func nothing(until due: Instant = Instant(nanoseconds: .max)) -> ChunkStream.Step {
            if state.withLock({ $0.isStopping }) { return .end }
            var poller = Poller(slots: 0)
            let later = MonotonicClock.now() + ChunkStream.longestWait
            do { try poller.wait(until: min(due, later)) } catch { return .end }
            return .nothingYet
        }
    }
}
