import Lane
import Synchronization

/// A bounded queue between threads, first in, first out. A full one makes the poster wait, never the taker.
package final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isClosed = false
        var postersWaiting = 0
    }

    /// How many messages it holds at the most.
    package let bound: Int
    private let state = Mutex(State())
    private let arrived: WakeUp
    private let room: WakeUp

    package init(bound: Int) throws(PortError) {
        self.bound = bound
        arrived = try WakeUp()
        room = try WakeUp()
    }

    /// Readable when messages wait or the mailbox was closed.
    package var descriptor: Int32 { arrived.descriptor }

    /// Puts a message in, without waiting; false when the mailbox is full or closed.
    package func offer(_ message: Message) -> Bool {
        let isIn = state.withLock { state in
            guard !state.isClosed, state.messages.count < bound else { return false }
            state.messages.append(message)
            return true
        }
        if isIn { arrived.signal() }
        return isIn
    }

    /// Puts a message in, waiting for room; a closed mailbox drops it.
    package func post(_ message: Message) throws(PortError) {
        var poller = Poller(slots: 1)
        poller.watch(0, room.descriptor)
        while true {
            if offer(message) { return }
            let isClosed = state.withLock { state in
                state.postersWaiting += 1
                return state.isClosed
            }
            if isClosed { return }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(100))
            state.withLock { $0.postersWaiting -= 1 }
        }
    }

    /// Takes all that waits, without waiting itself.
    package func takeAll() -> [Message] {
        arrived.clear()
        let (messages, postersWait) = state.withLock { state in
            let taken = state.messages
            state.messages = []
            return (taken, state.postersWaiting > 0)
        }
        if postersWait { room.signal() }
        return messages
    }

    /// Waits for messages and takes them all; nil when the mailbox was closed and is empty.
    package func waitForAll() throws(PortError) -> [Message]? {
        var poller = Poller(slots: 1)
        poller.watch(0, arrived.descriptor)
        while true {
            let messages = takeAll()
            if !messages.isEmpty { return messages }
            if state.withLock({ $0.isClosed }) { return nil }
            try poller.wait(until: nil)
        }
    }

    /// Takes no more messages; the taker gets what is in it and then nil.
    package func close() {
        state.withLock { $0.isClosed = true }
        arrived.signal()
        room.signal()
    }
}
