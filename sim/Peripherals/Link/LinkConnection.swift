import Devices
import Glibc
import HTTP
import Lane

/// One connection through a link: its two sockets, and what is on its way in each direction.
struct LinkConnection: Sendable {
    /// A class, because an array holds no things with one owner.
    private final class Ends: Sendable {
        let near: Descriptor
        let far: Descriptor

        init(near: consuming Descriptor, far: consuming Descriptor) {
            self.near = near
            self.far = far
        }
    }

    private let ends: Ends
    private var questions = LinkWay()
    private var answers = LinkWay()
    private var carried = 0
    /// It is ended when it has carried so much; nil: it is not.
    private var limit: Int?
    /// Something was kept from it that a network in order would have carried.
    private(set) var isHarmed = false
    /// Both sockets are to be closed.
    private(set) var isOver = false

    /// Connects a client that was accepted with a port of the loopback; nil when the system refuses at once.
    init?(near: consuming Descriptor, to port: UInt16) {
        guard let address = SocketAddress("127.0.0.1", port) else { return nil }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(address.family, kind, 0)
        guard number >= 0 else { return nil }
        let far = Descriptor(owning: number)
        guard address.connect(far.number) || errno == EINPROGRESS else { return nil }
        ends = Ends(near: near, far: far)
    }

    /// What becomes of it from now on; harm that was done to it stays.
    mutating func behave(_ behaviour: SimulatedLink.Behaviour) {
        limit = nil
        switch behaviour {
        case .passes, .slow: return
        case .refuses: isOver = true
        case .cuts(let bytes): return limit = carried + bytes
        case .hangs:
            questions.lose()
            answers.lose()
        case .answersLost: answers.lose()
        }
        isHarmed = true
    }

    /// When a piece that is on its way has come.
    var due: Instant? {
        guard let question = questions.due, let answer = answers.due else { return questions.due ?? answers.due }
        return min(question, answer)
    }

    /// Watches its sockets, in two slots.
    func watch(_ poller: inout Poller, _ slot: Int, at now: Instant) {
        func interest(_ reading: LinkWay, _ writing: LinkWay) -> Interest? {
            var interest: Interest = []
            if reading.hasRoom { interest.insert(.reading) }
            if let due = writing.due, due <= now { interest.insert(.writing) }
            return interest.isEmpty ? nil : interest
        }
        for (place, number, wanted) in [
            (slot, ends.near.number, interest(questions, answers)),
            (slot + 1, ends.far.number, interest(answers, questions)),
        ] {
            if let wanted { poller.watch(place, number, for: wanted) } else { poller.watch(place, nil) }
        }
    }

    /// Takes what its sockets have, and gives them what has come.
    ///
    /// - Parameter delay: how long a piece is on its way.
    /// - Returns: how many bytes were passed on.
    mutating func carry(_ near: Readiness, _ far: Readiness, at now: Instant, delay: Interval) -> Int {
        let before = carried
        Self.read(ends.near, near, into: &questions, due: now + delay)
        Self.read(ends.far, far, into: &answers, due: now + delay)
        // A client that has gone is gone for good, also where its end is not told: nobody is left to keep waiting.
        if questions.hasEnded, questions.isLost { isOver = true }
        let asked = questions.give(ends.far, at: now, most: allowed)
        carried += asked ?? 0
        let answered = answers.give(ends.near, at: now, most: allowed)
        carried += answered ?? 0
        // Whoever asks does not hear of the other's end where answers are lost.
        if asked == nil, answers.isLost { questions.lose() } else if asked == nil { isOver = true }
        if answered == nil || questions.isOver || answers.isOver { isOver = true }
        if allowed == 0 {
            isOver = true
            isHarmed = true
        }
        return carried - before
    }

    /// How many bytes it may still carry.
    private var allowed: Int { limit.map { max(0, $0 - carried) } ?? Int.max }

    private static func read(
        _ sender: borrowing Descriptor, _ ready: Readiness, into way: inout LinkWay, due: Instant
    ) {
        guard ready != [], way.hasRoom else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        switch sender.read(into: &buffer, ready: ready) {
        case .bytes(let count): way.take(buffer[..<count], due: due)
        case .nothing: break
        case .lost: way.hasEnded = true
        }
    }
}
