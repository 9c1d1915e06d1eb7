import Devices
import Exchange
import Glibc
import Lane
import Storage
import Sync

/// The agreement lists of a station that does not run: its folder is ours while this lives, and what is ordered is done in it by the rules
/// of the running one, `ListUpdater` and `StationLists`. Nothing is asked of central.
struct StoppedStation: ~Copyable {
    private var updater: ListUpdater
    private var lists: StationLists
    private var waiting: [ListUpdater.Event] = []
    /// What is wrong with the lists in the folder, a line each.
    private(set) var problems: [String] = []

    /// Takes the folder.
    ///
    /// - Parameter reason: why no station answered.
    init(_ configuration: StationConfiguration, unanswered reason: String) throws {
        let folder = StateFolder(configuration)
        try Self.claim(folder, unanswered: reason)
        let mostBytes = configuration.mostListBytes(of: memoryOfComputer())
        let files = ListFolder(configuration, in: folder.path)
        lists = StationLists(files, mostBytes: mostBytes) { try folder.claim() }
        updater = ListUpdater(name: files.name, mostBytes: mostBytes, seed: 0)
    }

    /// Does what is ordered behind what a start does: a list that is damaged gives way, one whose time has come is adopted.
    mutating func carryOut(_ order: ListOrder) -> ListReply {
        take(lists.carryOut(.loadList, at: WallClock.stamp()))
        waiting.append(.ordered(order, 0))
        while !waiting.isEmpty {
            for action in updater.handle(waiting.removeFirst(), at: MonotonicClock.now()) {
                switch action {
                case .answer(_, let reply): return reply
                case .look, .build, .adopt, .verify, .goBack:
                    take(lists.carryOut(.listUpdater(action), at: WallClock.stamp()))
                case .ask, .fetch, .condition, .wake: break
                }
            }
        }
        preconditionFailure("each job is answered, and so each order")
    }

    private mutating func take(_ events: [ListEvent]) {
        for event in events {
            switch event {
            case .loaded(_, let stock, let problem):
                if let problem { problems.append(problem) }
                waiting.append(.start(stock))
            case .updater(let event), .swapped(_, let event):
                if case .damaged(let reason, _) = event { problems.append(reason) }
                waiting.append(event)
            case .held: break
            }
        }
    }

    // MARK: The folder

    /// A folder that is not there yet is not made: the station has to be able to write in it, and root's would be root's.
    private static func claim(_ folder: StateFolder, unanswered reason: String) throws {
        do throws(FileError) {
            try becomeOwner(of: folder.path)
            try folder.claim()
        } catch {
            let line =
                error.number == EWOULDBLOCK
                ? "\(folder.path) is in use, by a station that does not answer (\(reason)) or by another command: try again, or see systemctl status bomstasjon"
                : "no station answers (\(reason)), and its folder is not to be had: \(error)"
            throw CommandFailure(.unavailable, line)
        }
    }
}
