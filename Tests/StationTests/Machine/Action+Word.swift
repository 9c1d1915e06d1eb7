import Camera
import Sync

@testable import Station

extension Action {
    /// The action in a few words for a story; nil for wakes and log lines.
    var word: String? {
        switch self {
        case .openPort(let reader): "open \(reader)"
        case .closePort(let reader): "close \(reader)"
        case .write(let reader, _): "write \(reader)"
        case .connectLines: "connect lines"
        case .show(let aspect, let lane): "show \(aspect) \(lane.number)"
        case .photos(.capture(let job)): "capture \(job.name)"
        case .photos(.discard(let file)): "discard \(file.name)"
        case .photos(.rename(let file, let name)): "rename \(file.name) \(name)"
        case .photos: "photos"
        case .lookAtPhotos: "look at photos"
        case .ledger(.open(let settingAside)): settingAside ? "open a new journal" : "open the journal"
        case .ledger(.commit): "commit"
        case .ledger(.checkpoint): "checkpoint"
        case .ledger: "ledger"
        case .room(.look): nil
        case .room(.makeReserve): "make the reserve"
        case .room(.releaseReserve): "release the reserve"
        case .room: "room"
        case .uploader(.askPosition): "ask position"
        case .uploader(.send(_, let from, _, _)): "send from \(from.number)"
        case .uploader: "uploader"
        case .salvage: "salvage"
        case .salvaged: "deliver what was salvaged"
        case .salvagedPhoto: "send a salvaged photo"
        case .sendPhoto: "send photo"
        case .listUpdater(.ask): "ask for a list"
        case .listUpdater(.look): "look for room"
        case .listUpdater(.fetch): "fetch list"
        case .listUpdater(.build): "build list"
        case .listUpdater(.verify): "verify list"
        case .listUpdater(.adopt): "adopt list"
        case .listUpdater(.goBack): "go back"
        case .listUpdater: "list"
        case .renewal(.renew): "renew the certificate"
        case .loadList: "load list"
        case .releaseList(let version): "release list \(version.text)"
        case .readClock: "read clock"
        case .tell(let word): "tell \(word)"
        case .watch(let notice): "watch \(notice.moment) \(notice.outcome)"
        case .answer: "answer"
        case .stopped: "stopped"
        case .log, .wake, .renewal: nil
        }
    }
}
