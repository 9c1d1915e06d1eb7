import Camera
import Devices
import Exchange
import HTTP
import Lane
import Sync

/// The threads beside the decision thread and the boxes between them. What the decision thread gives them never makes it wait.
///
/// The machine has one commit, one upload and one list under way, and each box keeps room for those. What is not answered
/// (photos renamed and thrown away) and what a hung camera has left lying may fill the rest, and is then let go.
struct Workers: Sendable {
    /// Events that wait for the decision thread; workers wait when it is full.
    static let mostEvents = 1_024
    /// Room for what the machine has under way at one time: a commit, an opening, a checkpoint, a deletion; one thing about lists, and
    /// those that were swapped out.
    static let mostJobs = 64
    /// Photos that wait to be renamed or thrown away: all that the queue looks after, once each.
    static let mostPhotoFiles = PhotoQueue.mostPassages * 4
    /// Photos that wait for one camera's worker: it has one under way, and a hung one some that were given up.
    static let mostPhotos = 8

    let mailbox: Mailbox<Event>
    let disk: Mailbox<Action>
    let lists: Mailbox<Action>
    let network: Mailbox<Action>
    /// One for each camera: it has one photo under way.
    let cameras: [LaneCamera: Mailbox<PhotoJob>]
    let desk = ReplyDesk<Answer>()
    let watchers = Watchers()
    let darkSwitch = DarkSwitch()
    let watchdog: Watchdog
    let supervisor = Supervisor()
    let logger: Logger
    let stop = StopFlag()

    init(_ configuration: StationConfiguration) throws(PortError) {
        mailbox = try Mailbox(bound: Self.mostEvents)
        disk = try Mailbox(bound: Self.mostJobs + Self.mostPhotoFiles)
        lists = try Mailbox(bound: Self.mostJobs)
        network = try Mailbox(bound: Self.mostJobs)
        var cameras: [LaneCamera: Mailbox<PhotoJob>] = [:]
        for camera in configuration.cameras {
            let place = LaneCamera(lane: camera.section.lane, camera: camera.number)
            cameras[place] = try Mailbox(bound: Self.mostPhotos)
        }
        self.cameras = cameras
        watchdog = try Watchdog(darkSwitch)
        logger = try Logger(configuration.log.level)
    }

    /// Hands an action to the worker that it concerns.
    func carryOut(_ action: Action) {
        switch action {
        // A photo that no worker takes is missing when its time is over.
        case .photos(.capture(let job)): _ = cameras[job.place]?.offer(job)
        case .photos: tidy(action)
        // A hung disk is asked again by the next housekeeping.
        case .lookAtPhotos, .room(.look): _ = disk.offer(action, leaving: Self.mostJobs)
        case .ledger, .salvage, .room: give(action, to: disk)
        case .loadList, .releaseList: give(action, to: lists)
        case .listUpdater(let part): give(action, to: part.isForCentral ? network : lists)
        case .uploader, .salvaged, .salvagedPhoto, .sendPhoto, .renewal: give(action, to: network)
        case .log(let entry): logger.log(entry)
        case .watch(let notice): watchers.tell(notice)
        case .answer(let question, let answer): desk.answer(question, answer)
        case .show, .write, .openPort, .closePort, .connectLines, .readClock, .tell, .wake, .stopped:
            preconditionFailure("the decision thread does this itself")
        }
    }

    /// What a hung disk has no room for stays as it is: the next start's sweep looks after it.
    private func tidy(_ action: Action) {
        guard disk.offer(action, leaving: Self.mostJobs) else {
            return logger.log(LogEntry(.warning, "photo.untidy", ["reason": "the disk worker has not kept up"]))
        }
    }

    private func give(_ action: Action, to box: Mailbox<Action>) {
        let isTaken = box.offer(action)
        precondition(isTaken, "a worker's box has room for all that the machine has under way")
    }

    /// No more jobs and no more answers: workers finish what they have and end. Transfers break off.
    func finish() {
        stop.raise()
        mailbox.close()
        desk.finish()
        watchers.finish()
        disk.close()
        lists.close()
        network.close()
        for camera in cameras.values { camera.close() }
        watchdog.finish()
    }
}
