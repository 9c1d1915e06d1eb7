import Exchange
import Lane

/// Which photos are taken, kept and thrown away. A photo is taken at its trigger, before anyone knows whether it is due.
///
///     trigger ──▶ waiting ──▶ capturing ──captured──▶ stored ──closed, not due──▶ discarded
///                    │            │
///                    └────────────┴──failed, late, stopped──▶ missing
///
/// * A camera takes one photo at a time, and each is begun within `startWithin` or not at all: a later one shows another vehicle.
/// * When a passage is closed and each of its photos has come to an end, they are **settled**, once, in the order of their triggers.
/// * A photo whose passage is not due is thrown away (I3), also one that comes later.
/// * A file is named after its passage's record. One taken before there was a record, or before the journal was begun anew, is renamed.
package struct PhotoQueue: Sendable {
    /// What the queue hears.
    package enum Event: Hashable, Sendable {
        /// A camera is to fire now.
        case trigger(PassageID, LaneCamera, at: Instant)
        /// The passage's record has this name; a second time when a new journal was begun.
        case named(PassageID, JournalID, Sequence)
        case captured(PhotoID, PhotoFile)
        /// With what it tells of the store, if the photo came so far.
        case failed(PhotoID, PhotoMissing, store: StoreCondition? = nil)
        /// The store was looked at again.
        case store(StoreCondition)
        /// Nothing will change in the passage any more; are its photos to be kept?
        case passageClosed(PassageID, photosAreDue: Bool)
        /// The passage has no record: its photos go, and nothing is settled.
        case passageNotKept(PassageID)
        /// The moment that the last `.wake` asked for.
        case wake
        /// The station stops: what is not stored yet is missing.
        case stop
    }

    /// What the queue wants done, in this order.
    package enum Action: Hashable, Sendable {
        /// Take this photo; answer `.captured` or `.failed` with its id.
        case capture(PhotoJob)
        case discard(PhotoFile)
        case rename(PhotoFile, to: PhotoFileName)
        /// What became of the passage's photos: final.
        case settled(PassageID, [PhotoResult])
        case camera(LaneCamera, CameraCondition)
        case store(StoreCondition)
        /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
        case wake(Instant?)
    }

    /// Photos that may wait for one camera while it takes another: vehicles in a row, one second apart, in 3 s.
    package static let mostWaiting = 3
    /// Passages that are looked after: those of a minute, eight lanes full. The oldest without
    /// photos to come is forgotten first.
    package static let mostPassages = 128
    /// What the disk and the mailboxes may add to a snapshot's own time-out before its worker is given up.
    package static let workerSlack = Interval.seconds(5)

    /// A capture that a worker is at.
    private struct Flight {
        let id: PhotoID
        let place: LaneCamera
        let until: Instant
    }

    private let settings: PhotoQueueSettings
    private var passages: [PassagePhotos] = []
    private var flights: [Flight] = []
    private var conditions: PhotoConditions
    private var isStopped = false
    private var wake: Instant?

    package init(settings: PhotoQueueSettings) {
        self.settings = settings
        conditions = PhotoConditions(faultyAfter: settings.faultyAfter)
    }

    /// How many photos of a passage have not come to an end: what the ledger waits for.
    package func awaited(of passage: PassageID) -> Int {
        passages.first { $0.id == passage }?.photos.count { !$0.isAtItsEnd } ?? 0
    }

    /// Takes one event. `now` never goes back.
    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .trigger(let passage, let place, let at): add(passage, place, at)
        case .named(let passage, let journal, let sequence): name(passage, .record(journal, sequence), &actions)
        case .captured(let id, let file): take(id, file, &actions)
        case .failed(let id, let reason, let store): fail(id, reason, store, &actions)
        case .store(let condition): actions += conditions.change(condition)
        case .passageClosed(let passage, let isDue): close(passage, isDue, &actions)
        case .passageNotKept(let passage): forget(passage, &actions)
        case .wake: break
        case .stop: isStopped = true
        }
        expire(at: now)
        start(at: now, &actions)
        settle(&actions)
        if event == .wake { wake = nil }
        if nextWake != wake {
            wake = nextWake
            actions.append(.wake(wake))
        }
        return actions
    }

    private mutating func add(_ passage: PassageID, _ place: LaneCamera, _ at: Instant) {
        guard let index = index(of: passage) ?? addPassage(passage) else { return }
        // More than a record holds are left out of it, and of the disk.
        guard passages[index].photos.count < Passage.mostTriggers, !passages[index].isSettled else { return }
        let waiting = passages.reduce(0) { $0 + $1.photos.count { $0.place == place && $0.state == .waiting } }
        let isFull = waiting >= Self.mostWaiting
        passages[index].add(place, at, isFull ? .missing(.queueFull) : .waiting)
    }

    private mutating func addPassage(_ passage: PassageID) -> Int? {
        if passages.count >= Self.mostPassages {
            // Without room its photos are not taken; the record calls them unsettled.
            guard let oldest = passages.firstIndex(where: { $0.isSettled || $0.photos.isEmpty }) else { return nil }
            passages.remove(at: oldest)
        }
        passages.append(PassagePhotos(id: passage))
        return passages.count - 1
    }

    private mutating func name(_ passage: PassageID, _ owner: PhotoFileName.Owner, _ actions: inout [Action]) {
        guard let index = index(of: passage) ?? addPassage(passage) else { return }
        passages[index].owner = owner
        for place in passages[index].photos.indices {
            guard case .stored(let file) = passages[index].photos[place].state else { continue }
            keep(file, as: place, of: index, &actions)
        }
    }

    /// Notes the file under the name that its passage gives it, and has it renamed where it has another.
    private mutating func keep(_ file: PhotoFile, as place: Int, of index: Int, _ actions: inout [Action]) {
        let name = fileName(of: passages[index].photos[place], in: passages[index])
        if file.name != name { actions.append(.rename(file, to: name)) }
        passages[index].photos[place].state = .stored(file.renamed(name))
    }

    private mutating func take(_ id: PhotoID, _ file: PhotoFile, _ actions: inout [Action]) {
        if let place = land(id) { actions += conditions.captured(by: place) }
        guard let index = index(of: id.passage), passages[index].isCapturing(id) else {
            actions.append(.discard(file))
            return
        }
        keep(file, as: id.index, of: index, &actions)
    }

    private mutating func fail(
        _ id: PhotoID, _ reason: PhotoMissing, _ store: StoreCondition?, _ actions: inout [Action]
    ) {
        if let place = land(id) { actions += conditions.failed(place, reason, store) }
        guard let index = index(of: id.passage), passages[index].isCapturing(id) else { return }
        passages[index].photos[id.index].state = .missing(reason)
    }

    private mutating func close(_ passage: PassageID, _ isDue: Bool, _ actions: inout [Action]) {
        guard let index = index(of: passage) else { return }
        passages[index].isClosed = true
        if !isDue { discard(index, &actions) }
    }

    private mutating func forget(_ passage: PassageID, _ actions: inout [Action]) {
        guard let index = index(of: passage) else { return }
        discard(index, &actions)
        passages.remove(at: index)
    }

    private mutating func discard(_ index: Int, _ actions: inout [Action]) {
        for file in passages[index].discard() { actions.append(.discard(file)) }
    }

    /// What came too late, or will not come any more, is missing.
    private mutating func expire(at now: Instant) {
        for flight in flights where now >= flight.until || isStopped {
            guard let index = index(of: flight.id.passage), passages[index].isCapturing(flight.id) else { continue }
            passages[index].photos[flight.id.index].state = .missing(isStopped ? .interrupted : .cameraSilent)
        }
        flights.removeAll { now >= $0.until }
        for index in passages.indices {
            for place in passages[index].photos.indices where passages[index].photos[place].state == .waiting {
                let isLate = now - passages[index].photos[place].trigger > settings.startWithin
                if isStopped || isLate {
                    passages[index].photos[place].state = .missing(isStopped ? .interrupted : .queueFull)
                }
            }
        }
    }

    private mutating func start(at now: Instant, _ actions: inout [Action]) {
        for index in passages.indices {
            for (place, photo) in passages[index].photos.enumerated() where photo.state == .waiting {
                guard !flights.contains(where: { $0.place == photo.place }) else { continue }
                let id = PhotoID(passage: passages[index].id, index: place)
                let until = now + settings.timeOut(of: photo.place) + Self.workerSlack
                flights.append(Flight(id: id, place: photo.place, until: until))
                passages[index].photos[place].state = .capturing
                let name = fileName(of: photo, in: passages[index])
                actions.append(.capture(PhotoJob(id: id, place: photo.place, trigger: photo.trigger, name: name)))
            }
        }
    }

    private mutating func settle(_ actions: inout [Action]) {
        for index in passages.indices where !passages[index].isSettled {
            guard let results = passages[index].settle() else { continue }
            if !results.isEmpty { actions.append(.settled(passages[index].id, results)) }
        }
    }

    /// The worker has answered: its camera is free.
    private mutating func land(_ id: PhotoID) -> LaneCamera? {
        guard let index = flights.firstIndex(where: { $0.id == id }) else { return nil }
        return flights.remove(at: index).place
    }

    private var nextWake: Instant? {
        let waits = passages.flatMap { $0.photos }.filter { $0.state == .waiting }
            .map { $0.trigger + settings.startWithin + .microseconds(1) }
        return (waits + flights.map(\.until)).min()
    }

    private func index(of passage: PassageID) -> Int? { passages.firstIndex { $0.id == passage } }

    private func fileName(of photo: PassagePhotos.Photo, in passage: PassagePhotos) -> PhotoFileName {
        PhotoFileName(
            passage.owner ?? .unnamed(passage.id), camera: settings.name(of: photo.place), number: photo.number)
    }
}
