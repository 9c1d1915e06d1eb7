import Lane
import Peripherals
import TagReader

/// A session with a reader, from the moment at which its reads are live.
enum SessionFuzz {
    /// What a read is, however the bytes were cut; when it was heard goes by the pieces.
    private struct Read: Hashable {
        let frame: AcceptedFrame?
        let port: UInt8?
        let content: HeardRead.Content
    }

    /// The reads are the same however the bytes are cut, none is given out twice in a row, and the next one is understood.
    static func hear(_ input: [UInt8]) throws {
        let bytes = withChecks(input)
        let reads = try Cuts.indifferent(bytes) { pieces in
            var session = reading
            return pieces.flatMap { Self.reads(in: session.handle(.bytes($0), at: now, now: now)) }.map {
                Read(frame: $0.accepted, port: $0.antennaPort, content: $0.content)
            }
        }
        try Finding.unless(Set(reads).count == reads.count, "a read was given out twice before its commit")

        var session = reading
        let heard = Self.reads(in: session.handle(.bytes(bytes), at: now, now: now))
        for read in heard { _ = session.handle(.committed(read.token), at: now, now: now) }
        let next = ECPFrame(sequence: UInt8(ascii: "A"), data: Array("1234567890".utf8))
        guard heard.last?.raw != next.data else { return }
        let line = [UInt8(ascii: "\r")] + next.encoded(.crc(.printed))
        let understood = Self.reads(in: session.handle(.bytes(line), at: now, now: now))
        try Finding.unless(understood.last?.raw == next.data, "a good read was not understood")
    }

    private static func reads(in actions: [ReaderAction]) -> [HeardRead] {
        actions.compactMap { if case .read(let read) = $0 { read } else { nil } }
    }

    /// A fuzzer finds no CRC: a line that begins with `+` is framed, and gets its own.
    private static func withChecks(_ input: [UInt8]) -> [UInt8] {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            guard line.first == UInt8(ascii: "+"), let sequence = line.dropFirst().first else { return Array(line) }
            let data = Array(line.dropFirst(2).prefix(ECPFrame.mostData))
            return ECPFrame(sequence: sequence, data: data).encoded(.crc(.printed))
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static let now = Instant(nanoseconds: 60_000_000_000)

    /// A session that has set up a simulated reader.
    private static let reading: ReaderSession = {
        var (session, reader) = (ReaderSession(ReaderSettings(name: "reader1")), ECPFirmware())
        var now = Instant(nanoseconds: 0)
        var wakeAt: Instant?
        var isReading = false
        _ = reader.handle(.powerOn, at: now)
        var events: [ReaderEvent] = [.start(lastAccepted: nil), .opened]
        while !isReading {
            if events.isEmpty, let wake = wakeAt {
                (now, wakeAt) = (max(now, wake), nil)
                events.append(.wake)
            }
            precondition(!events.isEmpty, "the simulated reader can be set up")
            for action in session.handle(events.removeFirst(), at: now, now: now) {
                switch action {
                case .write(let bytes):
                    for case .send(let answer) in reader.handle(.bytes(bytes), at: now) {
                        events.append(.bytes(answer))
                    }
                case .wake(let at): wakeAt = at
                case .state(let state): isReading = state == .reading
                case .open, .close, .read, .count, .errorReported, .echoing: break
                }
            }
        }
        return session
    }()
}
