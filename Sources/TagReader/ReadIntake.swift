import Lane

/// The bookkeeping of acknowledgement: which message the reader waits with, which reads are being committed, and which
/// message was the last to be taken.
struct ReadIntake: Sendable {
    /// What a message is to us.
    enum Reception: Hashable {
        /// Not seen before.
        case fresh
        /// Taken already: our acknowledgement was lost.
        case taken
        /// Its commit is under way.
        case waiting
        /// Its commit has failed: it is to be journalled anew.
        case failed
        /// More reads are under way than the protocol allows: the reader keeps it.
        case crowded
    }

    /// What a returned commit allows: nil when the reader no longer waits with that message.
    struct Release: Hashable {
        let sequence: UInt8
        /// How long the reader had to wait for it.
        let held: Interval
    }

    private struct Outstanding {
        let frame: AcceptedFrame
        let heardAt: Instant
        var token: ReadToken
        var hasFailed = false
    }

    /// The message that was taken last; a repeat is always the immediately preceding one.
    private(set) var accepted: AcceptedFrame?
    /// The message that the reader waits with, as heard since the port was opened.
    private var current: AcceptedFrame?
    private var outstanding: [Outstanding] = []
    private var tokens: UInt64 = 0

    /// One is all the protocol has; a few more, because a reader may give a message up and send the next.
    static let mostOutstanding = 8

    var isWaiting: Bool { !outstanding.isEmpty }

    /// Whether a message with this sequence digit was just taken, or is being committed.
    func knows(_ sequence: UInt8) -> Bool {
        accepted?.sequence == sequence || outstanding.contains { $0.frame.sequence == sequence }
    }

    /// A message has come.
    mutating func receive(_ frame: AcceptedFrame) -> Reception {
        current = frame
        if let known = outstanding.first(where: { $0.frame == frame }) { return known.hasFailed ? .failed : .waiting }
        if accepted == frame { return .taken }
        return outstanding.count < Self.mostOutstanding ? .fresh : .crowded
    }

    /// A read goes to the journal, for the first time or anew.
    mutating func journal(_ frame: AcceptedFrame, heardAt: Instant) -> ReadToken {
        let token = nextToken()
        if let index = outstanding.firstIndex(where: { $0.frame == frame }) {
            outstanding[index].token = token
            outstanding[index].hasFailed = false
        } else {
            outstanding.append(Outstanding(frame: frame, heardAt: heardAt, token: token))
        }
        return token
    }

    /// A token for something that is not acknowledged.
    mutating func nextToken() -> ReadToken {
        tokens += 1
        return ReadToken(tokens)
    }

    /// A message that needs no journal is taken.
    mutating func accept(_ frame: AcceptedFrame) { accepted = frame }

    /// The commit has returned.
    mutating func committed(_ token: ReadToken, now: Instant) -> Release? {
        guard let index = outstanding.firstIndex(where: { $0.token == token }) else { return nil }
        let read = outstanding.remove(at: index)
        accepted = read.frame
        return current == read.frame ? Release(sequence: read.frame.sequence, held: now - read.heardAt) : nil
    }

    /// The commit has failed.
    mutating func failed(_ token: ReadToken) {
        guard let index = outstanding.firstIndex(where: { $0.token == token }) else { return }
        outstanding[index].hasFailed = true
    }

    /// The port is open anew: what the reader waits with is not known.
    mutating func reconnected() { current = nil }

    /// The reader has started anew and counts from the beginning: a late commit must not acknowledge another message.
    mutating func forget() {
        outstanding.removeAll()
        accepted = nil
    }
}
