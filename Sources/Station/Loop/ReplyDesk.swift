import Devices
import Lane
import Synchronization

/// Where threads of the control socket wait for what the decision thread answers.
final class ReplyDesk<Answer: Sendable>: Sendable {
    private struct State {
        var asked: UInt64 = 0
        var answers: [UInt64: Answer?] = [:]
    }
    private let state = Mutex(State())

    /// Takes a number for a question.
    func ask() -> UInt64 {
        state.withLock { state in
            state.asked += 1
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

    /// Waits for the answer, looking every few milliseconds; nil when none came in time.
    func wait(for question: UInt64, until deadline: Instant) throws(PortError) -> Answer? {
        var poller = Poller(slots: 0)
        while true {
            let answer = state.withLock { state in state.answers[question] ?? nil }
            let now = MonotonicClock.now()
            if answer != nil || now >= deadline {
                _ = state.withLock { $0.answers.removeValue(forKey: question) }
                return answer
            }
            try poller.wait(until: min(deadline, now + .milliseconds(2)))
        }
    }
}
