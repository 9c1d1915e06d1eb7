import Lane
import Synchronization

/// A bounded queue between threads, first in, first out. A full one makes the poster wait, never the taker.
package final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isClosed = false
        /// Posters that found it full and have not come back yet.
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
    ///
    /// - Parameter free: places that stay free for what is more important.
    package func offer(_ message: Message, leaving free: Int = 0) -> Bool {
        let isIn = state.withLock { state in
            guard !state.isClosed, state.messages.count < bound - free else { return false }
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
        var hasWaited = false
        while true {
            let (isDone, othersHaveRoom) = put(message, hasWaited: hasWaited)
            if othersHaveRoom { room.signal() }
            if isDone { return }
            hasWaited = true
            try poller.wait(until: nil)
            room.clear()
        }
    }

    /// One try of a poster. One that finds no room is counted in the same step, so that the taker knows of it; one that has
    /// waited has taken the signal away from the others, and hands it on when there is room for them too.
    private func put(_ message: Message, hasWaited: Bool) -> (isDone: Bool, othersHaveRoom: Bool) {
        let (isIn, isDone, others) = state.withLock { state in
            if hasWaited { state.postersWaiting -= 1 }
            let isIn = !state.isClosed && state.messages.count < bound
            if isIn { state.messages.append(message) }
            let isDone = isIn || state.isClosed
            let hasRoom = state.isClosed || state.messages.count < bound
            let others = hasRoom && state.postersWaiting > 0
            if !isDone { state.postersWaiting += 1 }
            return (isIn, isDone, others)
        }
        if isIn { arrived.signal() }
        return (isDone, others)
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
