import Camera
import Exchange
import Lane
import Station
import Sync

/// What workers do on the road: disk, cameras, network.
extension World {
    /// From a trigger to a photo, without faults.
    private static let snapshot = Interval.milliseconds(80)

    // MARK: Disk

    mutating func giveDisk(_ job: Action) {
        if case .photos(.discard) = job, canary == .photoKept { return }
        if pretendCommit(job) { return }
        guard let done = disk?.take(job, at: clock.now, slower: faults.diskDelay) else { return }
        if case .ledger(.commit(_, let writes)) = job { witnessCommit(writes) }
        observation.witness.see(.diskJobs, disk?.jobs.count ?? 0)
        add(.disk, at: done, .worker)
    }

    mutating func finishDiskJob() {
        guard let job = disk?.jobs.removeFirst() else { return }
        guard let event = doOnDisk(job) else { return }
        witness(event, of: job)
        tell(event)
    }

    mutating func doOnDisk(_ job: Action) -> Event? {
        let now = stamp
        storage.now = now.utc.milliseconds
        let failedSyncs = storage.failedSyncs
        defer { if storage.failedSyncs != failedSyncs { network.forgetJournal() } }
        switch job {
        case .ledger(.open(let settingAside)):
            if settingAside { collectHistory() }
            network.forgetJournal()
            return disk?.carryOut(job, at: now)
        case .ledger(.commit(_, let writes)):
            // What is past its retention goes now.
            let deletes = writes.contains { if case .expire = $0 { true } else { false } }
            let before = deletes ? firstRecord() : nil
            if deletes { collectHistory() }
            defer { if deletes { witnessDeletion(from: before) } }
            let event = disk?.carryOut(job, at: now)
            if case .ledger(.committed) = event { network.keepJournal() }
            return event
        default: return disk?.carryOut(job, at: now)
        }
    }

    // MARK: Lists

    mutating func giveLists(_ job: Action) {
        guard let done = lists?.take(job, at: clock.now, slower: faults.diskDelay) else { return }
        observation.witness.see(.listJobs, lists?.jobs.count ?? 0)
        add(.lists, at: done, .worker)
    }

    mutating func finishListJob() {
        guard let job = lists?.jobs.removeFirst() else { return }
        for event in doOnLists(job) { tell(event) }
    }

    mutating func doOnLists(_ job: Action) -> [Event] {
        let (now, trouble) = (stamp, faults.listTrouble)
        return lists?.carryOut(job, at: now, trouble) ?? []
    }

    // MARK: Cameras

    private func section(of job: PhotoJob) -> CameraSection? {
        configuration.cameras.first { $0.section.lane == job.place.lane && $0.number == job.place.camera }?.section
    }

    mutating func capture(_ job: PhotoJob) {
        guard let camera = section(of: job) else { return }
        observation.captures.append(.init(at: clock.elapsed, lane: job.place.lane, camera: camera.name))
        captures.append(job)
        observation.witness.see(.photosUnderWay, captures.count)
        let delay = Self.snapshot + faults.delay(of: camera.name)
        if faults.isSilent(camera.name) || delay >= camera.timeOut {
            add(.photoMissing(job, .cameraSilent), at: clock.now + camera.timeOut, .worker)
        } else if faults.refuses(camera.name) {
            add(.photoMissing(job, .cameraRefused), at: clock.now + delay, .worker)
        } else if faults.sendsRubbish(camera.name) {
            add(.photoMissing(job, .notAnImage), at: clock.now + delay, .worker)
        } else {
            add(.photo(job), at: clock.now + delay, .worker)
        }
    }

    mutating func keepPhoto(_ job: PhotoJob) {
        if canary != .jobsKept { captures.removeAll { $0.id == job.id } }
        if let event = take(job) { tell(.photos(event)) }
    }

    mutating func missPhoto(_ job: PhotoJob, _ reason: PhotoMissing) {
        captures.removeAll { $0.id == job.id }
        tell(.photos(.failed(job.id, reason)))
    }

    /// A photo is a few bytes that no other photo has.
    mutating func take(_ job: PhotoJob) -> PhotoQueue.Event? {
        let words = "lane \(job.place.lane.number) camera \(job.place.camera.number) at \(job.trigger.nanoseconds)"
        let bytes: [UInt8] = [0xFF, 0xD8] + Array(words.utf8) + [0xFF, 0xD9]
        let now = stamp
        storage.now = now.utc.milliseconds
        return disk?.keep(bytes, of: job, at: now)
    }

    // MARK: Network

    var canReachCentral: Bool { !faults.centralIsAway && !faults.centralIsDown && !faults.centralIsBusy }

    mutating func giveNetwork(_ question: Action) {
        network.questions.append(question)
        observation.witness.see(.questions, network.questions.count)
        if network.questions.count == 1 { askNext() }
    }

    mutating func askNext() {
        guard !network.questions.isEmpty else { return }
        let half = Interval(nanoseconds: VirtualNetwork.roundTrip.nanoseconds / 2)
        add(.question, at: clock.now + half + faults.networkDelay, .worker)
    }

    /// The first question is answered; what the station asks because of it waits behind the others.
    mutating func takeAnswer(_ event: Event) {
        let asking = life
        if case .renewal(.renewed(let validity)) = event { network.certificate?.keep(validity) }
        tell(event)
        guard life == asking else { return }
        network.questions.removeFirst()
        askNext()
    }

    mutating func askCentral() {
        guard let question = network.questions.first else { return }
        let half = Interval(nanoseconds: VirtualNetwork.roundTrip.nanoseconds / 2)
        let (event, wait) = answer(to: question)
        add(.answer(event), at: clock.now + (wait ?? half), .worker)
    }

    /// What the station hears, and after which time; nil: after the way back.
    private mutating func answer(to question: Action) -> (event: Event, wait: Interval?) {
        func later(_ reason: String, notBefore: Interval? = nil) -> Event {
            VirtualNetwork.later(reason, notBefore: notBefore, to: question)
        }
        if let found = lookAtCertificate(for: question) { return (found, .zero) }
        let stall = VirtualNetwork.stallTimeOut
        if deliveryHasEnded(question) { return (later("nothing came for 20 s"), stall) }
        if faults.centralIsAway { return (later("no connection after 10 s"), VirtualNetwork.connectTimeOut) }
        if faults.networkHangs { return (later("nothing came for 20 s"), stall) }
        if faults.questionsAreLate {
            add(.lateQuestion(question), at: clock.now + stall + VirtualNetwork.late, .worker, forStation: false)
            return (later("nothing came for 20 s"), stall)
        }
        if faults.centralIsDown { return (later("connection refused"), nil) }
        if faults.centralIsBusy {
            return (later("central answered 503: it is busy", notBefore: VirtualNetwork.retryAfter), nil)
        }
        if faults.answersAreWrong { return (network.wrong(to: question, chance.next()), nil) }
        if let event = answerOfAuthority(to: question) {
            return faults.answersAreLost ? (later("nothing came for 20 s"), stall) : (event, nil)
        }
        if faults.questionsAreRepeated { reachCentral(with: question) }
        let event = reachCentral(with: question)
        return faults.answersAreLost ? (later("nothing came for 20 s"), stall) : (event, nil)
    }

    /// Nobody waits for the answer any more.
    mutating func askLate(_ question: Action) {
        guard canReachCentral else { return }
        // A piece of a list comes to nobody, nor does a certificate.
        guard answerOfAuthority(to: question) == nil else { return }
        if case .listUpdater = question { return }
        reachCentral(with: question)
    }

    /// The question arrives there; what was taken is noted.
    @discardableResult
    mutating func reachCentral(with question: Action) -> Event {
        network.rejects = faults.recordsAreRejected
        defer {
            for news in network.central.takeNews() {
                observation.witness.accepted.append(
                    .init(journal: news.journal, upTo: news.upTo, at: clock.elapsed))
            }
        }
        return network.carryOut(question, at: clock.elapsed)
    }
}
