import Camera
import Devices
import Exchange
import HTTP
import Lane
import Sync

/// The threads beside the decision thread and the boxes between them. What the decision thread gives them never makes it wait:
/// the machine has one commit, one upload, one photo and one list under way, so each box has room.
struct Workers: Sendable {
    /// Events that wait for the decision thread; workers wait when it is full.
    static let mostEvents = 1_024
    /// Actions that wait for a worker: one commit, one opening, a checkpoint, a deletion, some for lists.
    static let mostJobs = 64

    let mailbox: Mailbox<Event>
    let disk: Mailbox<Action>
    let network: Mailbox<Action>
    /// One for each camera: it has one photo under way.
    let cameras: [LaneCamera: Mailbox<PhotoJob>]
    let desk = ReplyDesk<StatusReport>()
    let watchers = Watchers()
    let darkSwitch = DarkSwitch()
    let watchdog: Watchdog
    let logger: Logger
    let stop = StopFlag()

    init(_ configuration: StationConfiguration) throws(PortError) {
        mailbox = try Mailbox(bound: Self.mostEvents)
        disk = try Mailbox(bound: Self.mostJobs)
        network = try Mailbox(bound: Self.mostJobs)
        var cameras: [LaneCamera: Mailbox<PhotoJob>] = [:]
        for camera in configuration.cameras {
            let place = LaneCamera(lane: camera.section.lane, camera: camera.number)
            cameras[place] = try Mailbox(bound: Self.mostJobs)
        }
        self.cameras = cameras
        watchdog = try Watchdog(darkSwitch)
        logger = try Logger(configuration.log.level)
    }

    /// Hands an action to the worker that it concerns.
    func carryOut(_ action: Action) {
        switch action {
        case .photos(.capture(let job)): capture(job)
        case .photos, .ledger, .loadList, .listUpdater(.verify), .listUpdater(.adopt): give(action, to: disk)
        case .uploader, .sendPhoto, .listUpdater: give(action, to: network)
        case .log(let entry): logger.log(entry)
        case .watch(let notice): watchers.tell(notice)
        case .report(let question, let report): desk.answer(question, report)
        case .show, .write, .openPort, .closePort, .connectLines, .readClock, .wake, .stopped:
            preconditionFailure("the decision thread does this itself")
        }
    }

    private func capture(_ job: PhotoJob) {
        let isTaken = cameras[job.place]?.offer(job) ?? false
        precondition(isTaken, "the photo queue gives a configured camera one photo at a time")
    }

    private func give(_ action: Action, to box: Mailbox<Action>) {
        let isTaken = box.offer(action)
        precondition(isTaken, "a worker's box has room for all that the machine has under way")
    }

    /// No more jobs: workers finish what they have and end. Transfers break off.
    func finish() {
        stop.raise()
        disk.close()
        network.close()
        for camera in cameras.values { camera.close() }
        logger.finish()
    }
}
