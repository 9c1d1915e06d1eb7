import Camera
import Exchange
import Lane
import Lights
import Sync
import TagReader

/// The whole station as one pure machine: events in, actions out. The road drives it by one thread and some workers, the
/// simulator by virtual time.
///
/// The parts are machines of their own; this type carries what one says to the others. A read goes reader → lane → head
/// first, so that the light does not wait for anything: `begin` gives its action before anything is written down. Then
/// `finish` takes the read to the ledger, from where it comes back to the reader as `committed`.
package struct StationMachine: Sendable {
    /// How a program's life goes.
    enum Phase: Hashable {
        case created
        case running
        /// Waiting until the last records are committed, at most until then.
        case stopping(until: Instant)
        case stopped
    }

    /// What a stop may take: systemd and people wait for it.
    package static let stopWithin = Interval.milliseconds(1_500)
    /// Without a turn for longer than this the station stood still: its process was stopped, its computer frozen. A read that waited for
    /// less is dated by when it was taken: vehicles are half a second apart.
    package static let standstill = Interval.milliseconds(300)
    /// How often the civil clock is looked at.
    static let clockEvery = Interval.seconds(10)
    /// How long after losing the lines they are tried again: they are on this computer.
    static let linesRetry = Interval.seconds(1)
    /// A reader that synchronises for longer is an alarm: two seconds are common, and meanwhile its vehicles are `readerDown`.
    static let synchronisingLong = Interval.seconds(5)
    /// A commit slower than this is an alarm: the reader's next read waited for it. Flash at the road syncs in milliseconds,
    /// at times in hundreds; a reader repeats after 500 ms.
    static let ackSlow = Interval.milliseconds(400)

    /// A disk that has answered nothing for so long is no slow disk, or the thread that asks it hangs. Until then lights and readers go on
    /// without it; a new start costs each lane some twelve seconds.
    static let diskHung = Interval.minutes(5)

    let configuration: StationConfiguration
    let places: PartPlaces
    var phase = Phase.created
    var readers: [ReaderSession]
    var gantry: Gantry
    var heads: [LightHead]
    var ledger: Ledger
    var roomWatch: RoomWatch
    var photos: PhotoQueue
    var uploader: Uploader
    var photoUploader: PhotoUploader
    var salvage: SalvageDelivery
    var listUpdater: ListUpdater
    var renewal: Renewal
    var list: AgreementList?
    /// The last look at the civil clock; every other moment follows from it.
    var clock: Stamp
    var desk: Desk
    /// Reads whose light is out, and which are in no book yet.
    var unwritten: [UnwrittenRead] = []
    private var wakes: WakeTable
    private var wakeAsked: Instant?

    /// - Parameters:
    ///   - seed: spreads this station's retries apart from other stations'.
    ///   - memory: of this computer, in bytes; a part of it is for the list.
    package init(_ configuration: StationConfiguration, seed: UInt64, memory: Int, at now: Instant) {
        self.configuration = configuration
        places = PartPlaces(readers: configuration.readers.count, lanes: configuration.lanes.count)
        readers = configuration.readers.enumerated().map { index, reader in
            var settings = reader.settings
            settings.seed = seed &+ UInt64(index) &+ 4
            return ReaderSession(settings)
        }
        gantry = Gantry(configuration.lanes, laneOfAntenna: configuration.laneOfAntenna)
        heads = configuration.lanes.map { _ in LightHead(settings: configuration.lights) }
        ledger = Ledger(settings: LedgerSettings(configuration.journal, laneOfAntenna: configuration.laneOfAntenna))
        roomWatch = RoomWatch(reserve: configuration.journal.reserve)
        photos = PhotoQueue(
            settings: PhotoQueueSettings(cameras: configuration.cameras.compactMap { CameraSettings($0) }))
        uploader = Uploader(seed: seed &+ 1)
        photoUploader = PhotoUploader(seed: seed &+ 2)
        // Readers have the seeds from 4 on.
        salvage = SalvageDelivery(seed: seed &- 1, delivers: configuration.central != nil)
        listUpdater = ListUpdater(
            name: configuration.central?.list ?? "none",
            every: configuration.central?.listEvery ?? ListUpdater.everyByDefault,
            mostBytes: configuration.mostListBytes(of: memory), seed: seed &+ 3)
        renewal = Renewal(seed: seed &- 1)
        clock = Stamp(at: now, utc: UTC(milliseconds: 0), clock: .unknown)
        desk = Desk(configuration, startedAt: now)
        wakes = WakeTable(parts: places.count)
    }

    /// Takes one event, whole. `now` never goes back.
    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        begin(event, at: now) + finish(at: now)
    }

    /// Takes one event as far as what lights a lamp for a read; `finish` follows at the same moment, before any other event.
    package mutating func begin(_ event: Event, at now: Instant) -> [Action] {
        var turn = StationTurn(now: now)
        take(event, &turn)
        return turn.actions
    }

    /// Writes down what `begin` has left, and asks for the next wake.
    package mutating func finish(at now: Instant) -> [Action] {
        var turn = StationTurn(now: now)
        writeDownReads(&turn)
        recordAlarms(&turn)
        let next = wakes.next
        if next != wakeAsked {
            wakeAsked = next
            turn.actions.append(.wake(next))
        }
        return turn.actions
    }

    private mutating func take(_ event: Event, _ turn: inout StationTurn) {
        switch event {
        case .start(let utc, let quality): start(utc, quality, &turn)
        case .reader(let index, let event, let at): reader(index, event, at: at, &turn)
        case .lines(let event): lines(event, &turn)
        case .stoodStill(let moment): stoodStill(until: moment, &turn)
        case .ledger(let event): ledger(event, &turn)
        case .room(let event): room(event, &turn)
        case .photos(let event): photos(event, &turn)
        case .upload(let answer): upload(.answer(answer), &turn)
        case .photoUpload(let answer): photoUpload(.answer(answer), &turn)
        case .salvage(let answer): salvage(.disk(answer), &turn)
        case .salvagedUpload(let answer): salvage(.answer(answer), &turn)
        case .salvagedPhoto(let answer): salvage(.photo(answer), &turn)
        case .list(let event): take(event, &turn)
        case .renewal(let event): renew(event, &turn)
        case .clock(let utc, let quality, let uncertainty): look(utc, quality, uncertainty, &turn)
        case .asked(let number, .listBack): order(.back, number, &turn)
        case .asked(let number, .listAdopt(let paths)): order(.adopt(paths), number, &turn)
        case .asked(let number, let question):
            turn.actions.append(.answer(number, answer(to: question, at: turn.now)))
        case .scheduled(let scheduling): desk.scheduling = scheduling
        case .wake: wake(&turn)
        case .stop: stop(&turn)
        }
    }

    /// Wakes every part whose moment has come, in their fixed order.
    private mutating func wake(_ turn: inout StationTurn) {
        wakeAsked = nil
        // Each part is woken once at the most: one that asks for now again has its turn with the next event.
        for place in 0..<places.count where wakes.takeDue(place, at: turn.now) {
            switch places.part(at: place) {
            case .readers(let index): reader(index, .wake, at: turn.now, &turn)
            case .lane(let lane): self.lane(lane, .wake, &turn)
            case .head(let lane): head(lane, .wake, &turn)
            case .own(.photos): photos(.wake, &turn)
            case .own(.ledger): ledger(.wake, &turn)
            case .own(.waitingReads): judgeWaitingReads(&turn)
            case .own(.uploader): upload(.wake, &turn)
            case .own(.photoUploader): photoUpload(.wake, &turn)
            case .own(.salvage): salvage(.wake, &turn)
            case .own(.listUpdater): updateList(.wake, &turn)
            case .own(.renewal): renew(.wake, &turn)
            case .own(.lines): turn.actions.append(.connectLines)
            case .own(.readerWatch): watchReaders(&turn)
            case .own(.housekeeping): keepHouse(&turn)
            case .own(.room): room(.wake, &turn)
            }
        }
    }

    /// A part wants to be woken then.
    mutating func wake(_ part: Part, at moment: Instant?) { wakes[places.place(of: part)] = moment }

    /// The moment on both clocks, for a record.
    func stamp(at now: Instant) -> Stamp { Stamp(at: now, utc: clock.utc(at: now), clock: clock.clock) }
}

/// One call of `handle`: its time and what it has to say.
struct StationTurn {
    let now: Instant
    var actions: [Action] = []
}
