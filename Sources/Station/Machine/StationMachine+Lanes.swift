import Camera
import Exchange
import Lane
import Lights
import Sync

/// Lanes and their heads: what a vehicle comes to, what it is shown, and what is written of it.
extension StationMachine {
    mutating func lane(_ number: LaneNumber, _ event: LaneEvent, _ turn: inout StationTurn) {
        // What a read came to is written down before what comes after it.
        writeDownReads(&turn)
        carryOut(light(number, event, &turn), number, &turn)
    }

    /// Gives the event to the lane and lights what it decides; whatever else the lane wants comes after that.
    mutating func light(_ number: LaneNumber, _ event: LaneEvent, _ turn: inout StationTurn) -> [LaneAction] {
        let actions = gantry.handle(event, in: number, at: turn.now)
        for action in actions {
            switch action {
            // A lamp tells a driver to go on: a wrong-way vehicle is told nothing.
            case .decided(let passage) where !passage.flags.contains(.wrongWay):
                head(number, .decided(passage.id, passage.decision.outcome), &turn)
            case .revised(let passage, lights: true) where !passage.flags.contains(.wrongWay):
                head(number, .revised(passage.id, passage.decision.outcome), &turn)
            case .decided, .revised, .trigger, .closed, .stray, .state, .wake: break
            }
        }
        return actions
    }

    mutating func carryOut(_ actions: [LaneAction], _ number: LaneNumber, _ turn: inout StationTurn) {
        for action in actions { carryOut(action, number, &turn) }
    }

    private mutating func carryOut(_ action: LaneAction, _ number: LaneNumber, _ turn: inout StationTurn) {
        switch action {
        case .decided(let passage):
            let passage = circumstanced(passage)
            ledger(.passageDecided(passage, stamp(at: turn.now)), &turn)
            notice(.decided, passage, &turn)
        case .revised(let passage, _):
            let passage = circumstanced(passage)
            ledger(.passageRevised(passage, stamp(at: turn.now)), &turn)
            notice(.revised, passage, &turn)
        case .trigger(let id, let trigger):
            guard !desk.notKept.contains(id) else { return }
            let camera = LaneCamera(lane: number, camera: trigger.camera)
            photos(.trigger(id, camera, at: trigger.at), &turn)
            if let journal = desk.journal, let sequence = desk.sequences[id] {
                photos(.named(id, journal, sequence), &turn)
            }
        case .closed(let passage): close(circumstanced(passage), &turn)
        case .stray(let stray):
            desk.statistics[number].addStray()
            ledger(.record(.strayRead(stray), stamp(at: turn.now)), &turn)
            notice(stray, &turn)
        case .state(let state):
            let isStuck = state == .detectorStuck || state == .occupiedAtStart
            log(isStuck ? .warning : .info, "lane.state", ["lane": "\(number.number)", "state": state.word], &turn)
            alarm(.detectorStuck, on: "\(number.number)", isStuck, because: state.word, &turn)
            ledger(.record(.event(.laneState(number, state)), stamp(at: turn.now)), &turn)
        case .wake(let moment): wake(.lane(number), at: moment)
        }
    }

    /// Adds what the lane cannot know: how good the clock and the list were at the decision. It stays as it was then.
    private mutating func circumstanced(_ passage: Passage) -> Passage {
        var passage = passage
        let flags = desk.circumstances[passage.id] ?? circumstances(at: passage.decision.at)
        desk.circumstances[passage.id] = flags
        passage.flags.formUnion(flags)
        return passage
    }

    private func circumstances(at moment: Instant) -> Passage.Flags {
        var flags: Passage.Flags = []
        if clock.clock != .good { flags.insert(.clockNotGood) }
        if let list, list.isStale(at: clock.utc(at: moment)) { flags.insert(.staleList) }
        if list != nil, desk.list.isUnverified { flags.insert(.listUnverified) }
        return flags
    }

    private mutating func close(_ passage: Passage, _ turn: inout StationTurn) {
        defer {
            desk.circumstances[passage.id] = nil
            desk.sequences[passage.id] = nil
            desk.notKept.remove(passage.id)
        }
        desk.statistics[passage.lane].add(passage)
        // The ledger hears of the close first, then of its photos: a passage without photos is sealed at once.
        ledger(.passageClosed(passage, photosAwaited: passage.triggers.count, stamp(at: turn.now)), &turn)
        notice(.closed, passage, &turn)
        photos(.passageClosed(passage.id, photosAreDue: passage.photosAreDue), &turn)
        if passage.photosAreDue { desk.statistics[passage.lane].addPhotos(due: passage.triggers.count, taken: 0) }
    }

    mutating func head(_ number: LaneNumber, _ event: LightHead.Event, _ turn: inout StationTurn) {
        for action in heads[Int(number.number) - 1].handle(event, at: turn.now) {
            switch action {
            case .show(let aspect): turn.actions.append(.show(aspect, number))
            case .wake(let moment): wake(.head(number), at: moment)
            }
        }
    }

    private mutating func notice(_ moment: PassageNotice.Moment, _ passage: Passage, _ turn: inout StationTurn) {
        let isWrongWay = passage.flags.contains(.wrongWay)
        let aspect = isWrongWay ? .dark : configuration.lights.profile.aspect(for: passage.decision.outcome)
        turn.actions.append(
            .watch(
                PassageNotice(
                    moment: moment, sequence: desk.sequences[passage.id], lane: passage.lane,
                    utc: clock.utc(at: passage.start), outcome: passage.decision.outcome, tag: passage.decision.tag,
                    aspect: configuration.lights.profile.word(for: aspect), photos: passage.triggers.count,
                    flags: passage.flags, motion: passage.motion, decidedAfter: passage.decision.at - passage.start)))
    }

    private mutating func notice(_ stray: StrayRead, _ turn: inout StationTurn) {
        let read = stray.read.first
        turn.actions.append(
            .watch(
                PassageNotice(
                    moment: .stray, sequence: nil, lane: stray.lane, utc: clock.utc(at: read.at),
                    outcome: read.judgement.outcome, tag: read.tag,
                    aspect: configuration.lights.profile.word(for: .dark),
                    photos: 0, flags: [], motion: nil, decidedAfter: .zero)))
    }
}
