import Devices
import Lane
import Synchronization

/// Where threads of the control socket wait for what the decision thread answers.
final class ReplyDesk<Answer: Sendable>: Sendable {
    /// Questions whose answers nobody fetched: the oldest is given up for a new one.
    private static var mostWaiting: Int { 256 }

    private struct State {
        var asked: UInt64 = 0
        var answers: [UInt64: Answer?] = [:]
        var isFinished = false
    }
    private let state = Mutex(State())

    /// Takes a number for a question.
    func ask() -> UInt64 {
        state.withLock { state in
            state.asked += 1
            if state.answers.count >= Self.mostWaiting, let oldest = state.answers.keys.min() {
                state.answers[oldest] = nil
            }
            state.answers[state.asked] = .some(nil)
            return state.asked
        }
    }

    /// Answers a question; one that nobody waits for any more is dropped.
    func answer(_ question: UInt64, _ answer: Answer) {
        state.withLock { state in
            if state.answers[question] != nil { state.answers[question] = .some(answer) }
        }
    }

    /// No more answers will come: whoever waits goes away without.
    func finish() { state.withLock { $0.isFinished = true } }

    /// Whether a question's answer is awaited still.
    func isWaiting(for question: UInt64) -> Bool { state.withLock { $0.answers[question] != nil } }

    /// Waits for the answer, looking every few milliseconds; nil when none came in time.
    ///
    /// - Parameter isKept: somebody will wait for it again, if none came.
    func wait(for question: UInt64, until deadline: Instant, isKept: Bool = false) throws(PortError) -> Answer? {
        var hasAnswer = false
        defer { if hasAnswer || !isKept { _ = state.withLock { $0.answers.removeValue(forKey: question) } } }
        var poller = Poller(slots: 0)
        while true {
            let (answer, isFinished) = state.withLock { ($0.answers[question] ?? nil, $0.isFinished) }
            let now = MonotonicClock.now()
            hasAnswer = answer != nil
            if answer != nil || isFinished || now >= deadline { return answer }
            try poller.wait(until: min(deadline, now + Self.lookEvery))
        }
    }

    /// A person at a terminal does not see it, and a question costs no thread of ours more than a few wake-ups.
    private static var lookEvery: Interval { .milliseconds(2) }
}
