import Camera
import Devices
import Exchange
import HTTP
import Lane
import Sync

/// The thread that talks to the central server. One question after the other, and one event for each.
struct NetworkWorker: ~Copyable {
    private var link: CentralLink
    private let lists: ListFolder
    private let photos: String
    private let identity: IdentityFiles
    private var trust: CentralTrust
    private let configured: Trust
    private let stop: StopFlag
    private let events: Mailbox<Event>

    init(
        _ central: CentralSection, at endpoint: Endpoint, _ configuration: StationConfiguration, stop: StopFlag,
        events: Mailbox<Event>
    ) {
        let folder = configuration.station.stateFolder
        photos = configuration.photosFolder
        configured = central.trust
        self.identity = IdentityFiles(folder: folder)
        trust = CentralTrust(configured: configured, files: self.identity, endpoint: endpoint)
        link = CentralLink(
            client: Client(trust: configured, stop: stop), endpoint: endpoint, station: configuration.station.id,
            folder: folder)
        self.stop = stop
        lists = ListFolder(folder: folder, name: central.list, keys: central.publicKeys)
        self.events = events
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<Action>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch { try events.post(carryOut(job)) }
        }
    }

    private mutating func carryOut(_ job: Action) -> Event {
        if let changed = trust.changed() { link.use(Client(trust: changed, stop: stop)) }
        switch job {
        case .uploader(.askPosition(let journal)): return .upload(link.askPosition(of: journal))
        case .uploader(.send(let journal, let first, let mostRecords, let mostBytes)):
            return .upload(link.send(journal, from: first, mostRecords: mostRecords, mostBytes: mostBytes))
        case .salvaged(let old, .send(let journal, let first, let mostRecords, let mostBytes)):
            return .salvagedUpload(
                link.send(journal, in: old.file, from: first, mostRecords: mostRecords, mostBytes: mostBytes))
        case .salvaged(let old, _): return .salvagedUpload(link.askPosition(of: old.journal, in: old.file))
        case .salvagedPhoto(let old, let last):
            return .salvagedPhoto(sendPhoto(of: old.journal, in: old.file, after: last, upTo: old.sealedUpTo))
        case .sendPhoto(let journal, let last, let upTo):
            return .photoUpload(sendPhoto(of: journal, in: nil, after: last, upTo: upTo))
        case .listUpdater(.ask(let after)): return .list(.updater(.init(link.askList(lists.name, after: after))))
        case .listUpdater(.fetch(let offer, _, let most)):
            return .list(.updater(.init(link.fetchPiece(of: offer, into: lists.download, most: most))))
        case .renewal(.look): return .renewal(look())
        case .renewal(.renew): return .renewal(link.renew(keepingIn: identity, configured: configured.authorities))
        default: preconditionFailure("the network worker is given what concerns the central server")
        }
    }

    private mutating func sendPhoto(
        of journal: JournalID, in file: String?, after last: PhotoName?, upTo: Sequence
    ) -> PhotoAnswer {
        let folder = photos
        return link.sendPhoto(of: journal, in: file, after: last, upTo: upTo) { name in
            "\(folder)/\(PhotoFileName(journal, name))"
        }
    }

    private func look() -> Renewal.Event {
        do {
            return .found(try identity.validity())
        } catch {
            return .unreadable("\(identity.identity): \(error)")
        }
    }
}
