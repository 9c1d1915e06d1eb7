import Devices
import Exchange
import Lane
import Storage
import Synchronization

/// Where the server's threads wait for the reception's answers.
///
/// There is no thread for the store: whoever waits for an answer carries out what the reception wants done, one at a
/// time, until the answer is there. While one commits, the batches of the others gather in the reception for the next commit.
package final class ReceptionDesk: Sendable {
    private struct State {
        var reception: Reception
        var requests: UInt64 = 0
        /// What the reception wants done, in its order.
        var work: [Reception.Action] = []
        var answers: [RequestID: Reception.Answer] = [:]
        /// The bytes of photos whose fate is not decided yet.
        var photos: [RequestID: [UInt8]] = [:]

        mutating func handle(_ event: Reception.Event) {
            for action in reception.handle(event) {
                if case .answer(let request, let answer) = action {
                    answers[request] = answer
                } else {
                    work.append(action)
                }
            }
        }
    }

    private let state: Mutex<State>
    private let store: Mutex<Lasting<CentralStore>>
    private let logPages: Int
    /// A commit has left a long log.
    let longLogs: Mailbox<Void>
    private let report: @Sendable (String) -> Void

    /// What a full batch brings, 4 MB: copied while the next one comes in and is judged.
    package static let mostLogPages = 512

    /// - Parameters:
    ///   - folder: where the store is opened, or made.
    ///   - disk: where the folder is.
    ///   - logPages: the log is copied into the file when it has so many.
    ///   - report: takes one line for each thing that the store could not do.
    package init(
        folder: CentralFolder, on disk: any Disk = SystemDisk(), logPages: Int = mostLogPages,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        let store = try CentralStore(folder: folder, on: disk)
        state = Mutex(State(reception: Reception(positions: try store.positions())))
        self.store = Mutex(Lasting(store, path: folder.database, on: disk))
        self.logPages = logPages
        longLogs = try Mailbox(bound: 1)
        self.report = report
    }

    /// How far a journal is held.
    package func position(of journal: JournalName) -> Reception.Answer {
        ask { .positionAsked($0, journal) }
    }

    /// Delivers records; returns when what is taken is durable.
    package func deliver(_ lines: [RecordLine], of journal: JournalName) -> Reception.Answer {
        ask { .batch($0, journal, lines) }
    }

    /// Delivers a photo; returns when it is durable.
    package func deliver(_ photo: PhotoName, _ bytes: [UInt8], digest: Digest) -> Reception.Answer {
        ask(photo: bytes) { .photo($0, photo, digest) }
    }

    private func ask(photo: [UInt8]? = nil, _ event: (RequestID) -> Reception.Event) -> Reception.Answer {
        let request = state.withLock { state in
            state.requests += 1
            let request = RequestID(state.requests)
            state.photos[request] = photo
            state.handle(event(request))
            return request
        }
        while true {
            let answer = state.withLock { state in
                state.answers.removeValue(forKey: request).map { answer in
                    state.photos[request] = nil
                    return answer
                }
            }
            if let answer { return answer }
            // Behind this lock nobody else carries anything out: what I wait for is done, or it is work that I can do.
            store.withLock { store in
                while !isAnswered(request), let action = nextWork() {
                    let event = carryOut(action, in: &store)
                    if let event { state.withLock { $0.handle(event) } }
                }
            }
        }
    }

    private func isAnswered(_ request: RequestID) -> Bool { state.withLock { $0.answers[request] != nil } }

    private func nextWork() -> Reception.Action? {
        state.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
    }

    private func carryOut(_ action: Reception.Action, in store: inout Lasting<CentralStore>) -> Reception.Event? {
        switch action {
        case .answer: return nil
        case .commit(let number, let portions):
            do {
                let pages = try store.use {
                    try $0.commit(portions)
                    return $0.logPages
                }
                // When one waits already, that is enough.
                if pages >= logPages { _ = longLogs.offer(()) }
                return .committed(number)
            } catch {
                report("\(error)")
                return .commitFailed(number)
            }
        case .recall(let request, let journal, let range):
            return attempt(for: request) {
                let stored = try store.use { try $0.recall(journal, range) }
                return .recalled(request, from: stored.from, stored.records)
            }
        case .findPhoto(let request, let photo):
            return attempt(for: request) { .photoFound(request, try store.use { try $0.finding(of: photo) }) }
        case .keepPhoto(let request, let photo, let digest):
            let bytes = state.withLock { $0.photos[request] ?? [] }
            return attempt(for: request) {
                try store.use { try $0.keep(photo, digest: digest, bytes: bytes) }
                return .photoKept(request)
            }
        }
    }

    private func attempt(for request: RequestID, _ work: () throws -> Reception.Event) -> Reception.Event {
        do {
            return try work()
        } catch {
            report("\(error)")
            return .failed(request)
        }
    }

    /// Copies the log whenever it has grown long, until `longLogs` is closed.
    func copyLogs() {
        do {
            while try longLogs.waitForAll() != nil { copyLog() }
        } catch {
            report("\(error)")
        }
    }

    /// Copies a long log into the file. What fails here is tried again after the next commit, and has no part in any answer.
    func copyLog() {
        store.withLock { store in
            do {
                guard try store.use({ $0.logPages }) >= logPages else { return }
                try store.checkpoint()
            } catch {
                report("\(error)")
            }
        }
    }
}
