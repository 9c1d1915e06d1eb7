import Devices
import Exchange
import HTTP
import Lane
import Storage
import Synchronization

/// The signed lists in the folder, as they stand there at each request: publishing is putting files there (`ListPublisher`).
///
/// A station asks what to fetch, gets the name of a file whose content never changes, and fetches that in pieces. A name is given out
/// for published versions only, and each answer comes from one file that is open, so that no two versions can mix.
final class ListShelf: Sendable {
    /// How much is given out at a time.
    struct Limits: Hashable, Sendable {
        /// How many large files are begun at a time (`FetchGate`).
        var fetches = FetchGate.mostByDefault
        /// A file up to this size takes no place at the gate: a change is fetched at once.
        var free = 1 << 20
    }

    private struct State {
        var gate: FetchGate
        /// Large files that somebody fetches; they stay readable when they are tidied away meanwhile.
        var held = HeldFiles()
    }

    private let folder: CentralFolder
    private let limits: Limits
    private let checks: ListChecks
    private let clock: @Sendable () -> Instant
    private let civilClock: @Sendable () -> UTC
    private let state: Mutex<State>
    private let report: @Sendable (String) -> Void

    init(
        folder: CentralFolder, limits: Limits = Limits(), clock: @escaping @Sendable () -> Instant = MonotonicClock.now,
        civilClock: @escaping @Sendable () -> UTC = WallClock.now, report: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        self.limits = limits
        self.clock = clock
        self.civilClock = civilClock
        self.report = report
        checks = ListChecks(folder)
        state = Mutex(State(gate: FetchGate(most: limits.fetches)))
    }

    /// What a station with that version is to fetch next; nil: it has none.
    func offer(_ name: String, after version: ListVersion?) -> ServerResponse {
        do {
            guard let newest = try checks.newest(name) else {
                return .refusal(404, Refusal(.notFound, message: "no list of that name is published here"))
            }
            var files = try ListHistory.files(of: name, in: folder)
            // A list that was published before there was a history.
            let whole = ListFile(newest.version, .whole)
            files[whole] = files[whole] ?? newest.bytes
            return try offer(name, after: version, newest, files)
        } catch {
            report("list \(name): \(error)")
            return .later("the list is not usable right now")
        }
    }

    private func offer(
        _ name: String, after version: ListVersion?, _ newest: ListChecks.Whole, _ files: [ListFile: Int]
    ) throws -> ServerResponse {
        var files = files
        while true {
            switch ListHistory(newest: newest.version, files: files).step(after: version) {
            case .nothing: return ServerResponse(status: 304)
            case .missing: return .later("the list is not usable right now")
            case .whole(let file):
                if let wait = wait(for: files[file] ?? 0) { return wait }
                try checks.verify(name, newest)
                return answer(name, file, files, after: nil, newest, (newest.bytes, newest.activeFrom))
            case .change(let file):
                if let wait = wait(for: files[file] ?? 0) { return wait }
                do {
                    let list = try checks.successor(of: name, file.plain)
                    return answer(name, file, files, after: version, newest, (list.bytes, list.activeFrom))
                } catch {
                    // Then the way is the whole list.
                    report("list \(name): \(file.plain.name): \(error)")
                    files[file.plain] = nil
                    files[file.compressed] = nil
                }
            }
        }
    }

    private func answer(
        _ name: String, _ file: ListFile, _ files: [ListFile: Int], after version: ListVersion?,
        _ newest: ListChecks.Whole, _ list: (bytes: Int, activeFrom: UTC)
    ) -> ServerResponse {
        let offer = ListOffer(
            name: name, version: file.version, kind: file.kind == .whole ? .whole : .change, after: version,
            listBytes: list.bytes, bytes: files[file] ?? 0, encoding: file.isCompressed ? .gzip : .identity,
            path: "/v1/lists/\(name)/\(file.name)", newest: newest.version,
            activeIn: ListOffer.activeIn(list.activeFrom, at: civilClock()))
        return .json(200, offer.json)
    }

    /// A piece of a file, or all of it.
    ///
    /// - Parameter isFirst: the file's first byte is asked for.
    func file(_ name: String, _ file: ListFile, isFirst: Bool) -> ServerResponse {
        do {
            // What is not published yet may still get another content.
            guard let newest = try checks.newest(name), file.version <= newest.version,
                let held = try open(name, file, isNewest: file == ListFile(newest.version, .whole))
            else {
                let message = "this file is not kept here any more; ask again what to fetch"
                return .refusal(404, Refusal(.notFound, message: message))
            }
            let headers: Headers = ["ETag": "\"\(held.tag)\"", "Content-Type": "application/octet-stream"]
            guard held.file.size > limits.free else {
                return ServerResponse(status: 200, headers: headers, body: .opened(held.file))
            }
            switch state.withLock({ $0.gate.begin(isFirst: isFirst, at: clock()) }) {
            case .wait(let interval): return busy(interval)
            case .goOn:
                let hold = Hold { [self] in state.withLock { $0.gate.ended() } }
                return ServerResponse(status: 200, headers: headers, body: .opened(held.file), hold: hold)
            }
        } catch {
            report("list \(name): \(file.name): \(error)")
            return .later("the list is not usable right now")
        }
    }

    /// The file as it is there, or as it was when somebody began to fetch it; nil when there is neither.
    private func open(_ name: String, _ file: ListFile, isNewest: Bool) throws -> HeldFiles.Held? {
        var path = folder.list(name, file)
        if isNewest, FileStamp(of: path) == nil { path = folder.list(name) }
        let now = clock()
        let key = "\(name)/\(file.name)"
        guard let stamp = FileStamp(of: path) else { return state.withLock { $0.held.file(key, at: now) } }
        if let held = state.withLock({ $0.held.file(key, at: now) }), held.tag == stamp.tag { return held }
        do throws(ServedFile.Problem) {
            let held = HeldFiles.Held(file: try ServedFile(path), tag: stamp.tag)
            if held.file.size > limits.free { state.withLock { $0.held.keep(held, as: key, at: now) } }
            return held
        } catch {
            guard error == .missing else { throw error }
            return nil
        }
    }

    /// 503 when a file of that size cannot be fetched now.
    private func wait(for bytes: Int) -> ServerResponse? {
        guard bytes > limits.free, case .wait(let interval) = state.withLock({ $0.gate.offer(at: clock()) }) else {
            return nil
        }
        return busy(interval)
    }

    private func busy(_ interval: Interval) -> ServerResponse {
        .later("too many lists are being fetched", after: (interval.milliseconds + 999) / 1_000)
    }
}
