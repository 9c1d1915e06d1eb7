import CMicroHTTPD
import Glibc
import Lane
import Synchronization

/// What the server's threads share: the one closure, whether the server stops, and how many streams are open.
final class ServerCore: Sendable {
    /// Longer than a stream takes to hear of the stop (`ChunkStream.longestWait`); an endless one is broken off then.
    static let streamsEndWithin = Interval.milliseconds(500)

    let stop = StopFlag()
    let streams = Atomic(0)
    let isLocal: Bool
    let sweeper: Sweeper
    /// Whose certificates clients are asked for.
    let clientAuthorities: [Certificate]
    let receive: @Sendable (RequestHead) -> Reception

    init(
        _ settings: ServerSettings, _ sweeper: Sweeper, isLocal: Bool,
        receive: @escaping @Sendable (RequestHead) -> Reception
    ) {
        self.sweeper = sweeper
        self.isLocal = isLocal
        clientAuthorities = settings.clientAuthorities
        self.receive = receive
    }

    /// Waits until the streams that end in order have sent their last bytes: stopping the daemon cuts its connections.
    func waitForStreams() {
        let pause: Int32 = 5
        var left = Self.streamsEndWithin.milliseconds
        while streams.load(ordering: .acquiring) > 0, left > 0 {
            _ = poll(nil, 0, pause)
            left -= Int64(pause)
        }
    }
}

/// A request on one connection, from its headers to its answer.
struct RequestInProgress {
    /// Bytes of a refused body that are read to the end, so that the client sees the 413; more, and the connection is cut.
    static let mostDropped = 1 << 20

    private enum State {
        case answer(ServerResponse)
        case collecting(mostBytes: Int, (ServerRequest) -> ServerResponse)
        case streaming(BodySink)
    }

    let head: RequestHead
    private var state: State
    /// The hold of the answer that is being sent: it goes when the connection is done with the request.
    private var hold: Hold?
    private var body: [UInt8] = []
    private var dropped = 0

    init(_ head: RequestHead, _ reception: Reception) {
        self.head = head
        switch reception {
        case .answer(let response): state = .answer(response)
        case .stream(let sink): state = .streaming(sink)
        case .collect(let most, let answer):
            let announced = head.headers["Content-Length"].flatMap { Int($0) } ?? 0
            state = announced > most ? .answer(Self.tooLarge(most)) : .collecting(mostBytes: most, answer)
        }
    }

    /// What can be answered without reading the body.
    var earlyAnswer: ServerResponse? {
        if case .answer(let response) = state { response } else { nil }
    }

    /// Takes a piece of the body; false cuts the connection.
    mutating func receive(_ piece: [UInt8]) -> Bool {
        switch state {
        case .answer:
            dropped += piece.count
            return dropped <= Self.mostDropped
        case .collecting(let most, _):
            if body.count + piece.count > most {
                body = []
                state = .answer(Self.tooLarge(most))
            } else {
                body += piece
            }
        case .streaming(let sink):
            do {
                try sink.receive(piece)
            } catch {
                state = .answer(sink.end())
            }
        }
        return true
    }

    /// What is answered from here on; its hold is kept until the connection is done with it.
    mutating func holding(_ response: ServerResponse) -> ServerResponse {
        hold = response.hold
        return response
    }

    /// The body is complete: what is the answer?
    mutating func end() -> ServerResponse {
        switch state {
        case .answer(let response): return response
        case .collecting(_, let answer): return answer(ServerRequest(head: head, body: body))
        case .streaming(let sink):
            let response = sink.end()
            state = .answer(response)
            return response
        }
    }

    /// The connection is done with the request.
    mutating func close() {
        if case .streaming(let sink) = state { sink.abandon() }
    }

    private static func tooLarge(_ most: Int) -> ServerResponse {
        .text(413, "the body is larger than \(most) bytes")
    }
}
