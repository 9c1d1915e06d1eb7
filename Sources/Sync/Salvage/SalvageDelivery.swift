import Exchange
import Lane

/// Has what was set aside salvaged, and delivers it beside the new journal's records: one file after the other, each in its own order.
/// Pure; `SalvageFolder` and `CentralLink` carry it out.
///
///     resting ─start─▶ working ─salvaged─▶ delivering ─all at central─▶ sendingPhotos ─none─▶ working … ─nothing─▶ resting
///                        └──── failed ──▶ waiting ──┘
package struct SalvageDelivery: Hashable, Sendable {
    /// After a failure of the disk the salvage is begun anew: whoever has to look has looked.
    package static let retryAfter = Interval.hours(1)

    package enum Event: Hashable, Sendable {
        /// A journal is open: one may have been set aside for it.
        case start
        case disk(SalvageAnswer)
        case answer(UploadAnswer)
        case photo(PhotoAnswer)
        case wake
    }

    package enum Action: Hashable, Sendable {
        case disk(SalvageJob)
        /// Ask or send, as the uploader does, out of this journal's file.
        case central(SalvagedJournal, Uploader.Action)
        /// Send the first photo of this journal after that one.
        case photo(SalvagedJournal, after: PhotoName?)
        /// Central will never take this photo.
        case photoRefused(PhotoName, reason: String)
        /// It can be told what was saved, and what is lost.
        case salvaged(SalvagedJournal)
        /// More of it is lost than was known.
        case lost([LostRecords])
        case delivered(SalvagedJournal)
        /// Central will never take it.
        case givenUp(SalvagedJournal, reason: String)
        case failed(String)
        case condition(DeliveryCondition)
        case photoCondition(DeliveryCondition)
        case wake(Instant?)
    }

    private enum Phase: Hashable {
        case resting
        /// A job is under way.
        case working
        case delivering(SalvagedJournal)
        /// Its records are at central.
        case sendingPhotos(SalvagedJournal)
        case waiting(until: Instant)
    }

    private let delivers: Bool
    private var phase = Phase.resting
    private var uploader: Uploader
    private var photos: PhotoUploader
    private var wakeAt: Instant?
    private let seed: UInt64

    /// - Parameter delivers: whether there is a central server.
    package init(seed: UInt64, delivers: Bool) {
        uploader = Uploader(seed: seed)
        photos = PhotoUploader(seed: seed)
        self.seed = seed
        self.delivers = delivers
    }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch (event, phase) {
        case (.start, .resting): work(&actions)
        case (.start, .working), (.start, .delivering), (.start, .sendingPhotos), (.start, .waiting): break
        case (.disk(.photoSettled), _): break
        case (.disk(let answer), .working): take(answer, now, &actions)
        case (.disk(.lost(let lost)), .delivering): actions.append(.lost(lost))
        case (.disk(.failed(let reason)), .sendingPhotos): fail(reason, now, &actions)
        case (.disk, .resting), (.disk, .delivering), (.disk, .sendingPhotos), (.disk, .waiting): break
        case (.answer(let answer), .delivering(let journal)): take(answer, of: journal, now, &actions)
        case (.answer, .resting), (.answer, .working), (.answer, .sendingPhotos), (.answer, .waiting): break
        case (.photo(.none), .sendingPhotos(let journal)): finish(journal, &actions)
        case (.photo(let answer), .sendingPhotos(let journal)): send(.answer(answer), of: journal, now, &actions)
        case (.photo, .resting), (.photo, .working), (.photo, .delivering), (.photo, .waiting): break
        case (.wake, .delivering(let journal)): upload(.wake, of: journal, now, &actions)
        case (.wake, .sendingPhotos(let journal)): send(.wake, of: journal, now, &actions)
        case (.wake, .waiting(let until)): if until <= now { work(&actions) }
        case (.wake, .resting), (.wake, .working): break
        }
        if case .waiting(let until) = phase { wake(until, &actions) }
        return actions
    }

    private mutating func work(_ actions: inout [Action]) {
        phase = .working
        actions.append(.disk(.goOn))
    }

    private mutating func take(_ answer: SalvageAnswer, _ now: Instant, _ actions: inout [Action]) {
        switch answer {
        case .working, .lost, .photoSettled: work(&actions)
        case .nothing: phase = .resting
        case .failed(let reason): fail(reason, now, &actions)
        case .salvaged(let journal):
            uploader = Uploader(seed: seed)
            actions.append(.salvaged(journal))
            guard delivers else {
                phase = .resting
                return
            }
            phase = .delivering(journal)
            upload(
                .start(JournalState(journal: journal.journal, sealedUpTo: journal.sealedUpTo)), of: journal, now,
                &actions)
        }
    }

    private mutating func take(
        _ answer: UploadAnswer, of journal: SalvagedJournal, _ now: Instant, _ actions: inout [Action]
    ) {
        // Central may have more than could be salvaged: then nothing of this is missing there.
        if let (contiguous, ours) = answer.position(of: journal.journal), contiguous >= journal.sealedUpTo,
            contiguous > journal.sealedUpTo || ours
        {
            return sendPhotos(of: journal, now, &actions)
        }
        upload(.answer(answer), of: journal, now, &actions)
    }

    private mutating func upload(
        _ event: Uploader.Event, of journal: SalvagedJournal, _ now: Instant, _ actions: inout [Action]
    ) {
        for action in uploader.handle(event, at: now) {
            switch action {
            case .askPosition, .send: actions.append(.central(journal, action))
            case .lose(let first, let previous): actions.append(.disk(.lose(journal, from: first, after: previous)))
            case .condition(let condition): actions.append(.condition(condition))
            case .wake(let moment): wake(moment, &actions)
            case .acknowledged: break
            case .beginNewJournal(let reason):
                phase = .working
                actions.append(.givenUp(journal, reason: reason))
                actions.append(.disk(.leave(journal)))
                // No alarm goes on about what is not tried any more.
                actions.append(.condition(.delivering))
            }
        }
    }

    private mutating func fail(_ reason: String, _ now: Instant, _ actions: inout [Action]) {
        phase = .waiting(until: now + Self.retryAfter)
        actions.append(.failed(reason))
    }

    private mutating func sendPhotos(of journal: SalvagedJournal, _ now: Instant, _ actions: inout [Action]) {
        phase = .sendingPhotos(journal)
        wake(nil, &actions)
        actions.append(.condition(.delivering))
        photos = PhotoUploader(seed: seed)
        send(.start(upTo: journal.sealedUpTo), of: journal, now, &actions)
    }

    private mutating func send(
        _ event: PhotoUploader.Event, of journal: SalvagedJournal, _ now: Instant, _ actions: inout [Action]
    ) {
        for action in photos.handle(event, at: now) {
            switch action {
            case .send(let last, _): actions.append(.photo(journal, after: last))
            case .sent(let name): actions.append(.disk(.photoSent(journal, name)))
            case .refused(let name, let reason):
                actions.append(.photoRefused(name, reason: reason))
                actions.append(.disk(.photoRefused(journal, name, reason: reason)))
            case .condition(let condition): actions.append(.photoCondition(condition))
            case .wake(let moment): wake(moment, &actions)
            }
        }
    }

    private mutating func finish(_ journal: SalvagedJournal, _ actions: inout [Action]) {
        phase = .working
        wake(nil, &actions)
        actions.append(.photoCondition(.delivering))
        actions.append(.delivered(journal))
        actions.append(.disk(.deliver(journal)))
    }

    private mutating func wake(_ moment: Instant?, _ actions: inout [Action]) {
        guard moment != wakeAt else { return }
        wakeAt = moment
        actions.append(.wake(moment))
    }
}

extension UploadAnswer {
    /// Where central stands with that journal, and whether ours has the same digest there; nil: the answer does not say.
    fileprivate func position(of journal: JournalID) -> (contiguous: Sequence, isOurs: Bool)? {
        switch self {
        case .position(let answer, let ours) where answer.journal == journal:
            (answer.contiguous, ours == answer.digest)
        case .batch(let answer, let ours) where answer.journal == journal:
            (answer.contiguous, ours == answer.digest)
        case .position, .batch, .refused, .later, .unreadable, .damaged: nil
        }
    }
}
