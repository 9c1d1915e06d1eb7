import Exchange
import Lane

/// What the lists worker answers, and what people order.
extension ListUpdater {
    mutating func take(_ event: Event, _ turn: inout Turn) {
        switch (event, phase) {
        case (.room(let have), .looking(let offer)): fetchNext(offer, from: max(have, 0), &turn)
        case (.noRoom(let reason), .looking): rest(.tooLarge(reason), &turn)
        case (.built(let next), .building(let source)): built(next, of: source, &turn)
        case (.notBuilt(let failure), .building(let source)): notBuilt(failure, of: source, &turn)
        case (.adopted(let version), .adopting): adopted(version, &turn)
        case (.notAdopted(let reason, let isUsable), .adopting): notAdopted(reason, isUsable: isUsable, &turn)
        case (.verified, .verifying):
            phase = .idle
            verifyAt = turn.now + Self.verifyEvery
        case (.damaged(_, let version), .verifying):
            inForce = version
            verifyAt = version.map { _ in turn.now + Self.verifyEvery }
            asksWhole = true
            askAt = turn.now
            phase = .idle
        case (.wentBack(let version, let left), .goingBack):
            (inForce, floor) = (version, left)
            verifyAt = turn.now + Self.verifyEvery
            finish(
                isDone: true,
                "list \(version.text) is in force; \(left.text) is not taken again, only a higher version", &turn)
        case (.notGone(let reason), .goingBack): finish(isDone: false, reason, &turn)
        // Each job is answered once, while it is under way.
        case (.room, _), (.noRoom, _), (.built, _), (.notBuilt, _), (.adopted, _), (.notAdopted, _), (.verified, _),
            (.damaged, _), (.wentBack, _), (.notGone, _):
            break
        case (.start, _), (.offered, _), (.newest, _), (.noOffer, _), (.later, _), (.piece, _), (.changed, _),
            (.unreadable, _), (.ordered, _), (.wake, _):
            preconditionFailure("only what the lists worker said is taken")
        }
    }

    private mutating func built(_ next: ListStock.Next, of source: ListSource, _ turn: inout Turn) {
        asksWhole = false
        var next = next
        // Without a good clock nobody here knows the time: central has said how long it is.
        if next.activeIn == nil, case .download = source, let activeAt {
            next = ListStock.Next(next.version, activeIn: max(activeAt - turn.now, .zero))
        }
        wait(for: next, &turn)
        phase = .idle
        guard let activeIn = next.activeIn, activeIn > .zero else { return }
        if underWay != nil {
            return finish(
                isDone: true, "list \(next.version.text) is verified, and waits until it is to be used", &turn)
        }
        rest(.current, &turn)
    }

    private mutating func notBuilt(_ failure: ListBuildFailure, of source: ListSource, _ turn: inout Turn) {
        if case .files = source { return finish(isDone: false, failure.reason, &turn) }
        switch failure {
        case .refused(let reason): refuse(source, reason, &turn)
        case .otherBase:
            let hadAsked = asksWhole
            asksWhole = true
            hadAsked ? rest(.refused(failure.reason), &turn) : ask(&turn)
        case .tooEarly(let version):
            tooEarly = version
            rest(.current, &turn)
        case .tooLarge(let reason): rest(.tooLarge(reason), &turn)
        case .failed(let reason): rest(.refused(reason), &turn)
        }
    }

    /// A file that was fetched and is not what it should be: perhaps it was damaged on its way. After a change a whole list is asked
    /// for; the same file is fetched again once, and from then on after pauses that grow.
    private mutating func refuse(_ source: ListSource, _ reason: String, _ turn: inout Turn) {
        asksWhole = true
        if case .download(let offer) = source {
            let times = (refused.map { $0.path == offer.path ? $0.times : 0 } ?? 0) + 1
            let pause = times == 1 ? .zero : min(every * (1 << Int64(min(times, 12))), Self.longestRefusal)
            refused = Refused(path: offer.path, reason: reason, times: times, until: turn.now + pause)
        }
        rest(.refused(reason), &turn)
    }

    private mutating func adopted(_ version: ListVersion, _ turn: inout Turn) {
        inForce = version
        waiting = nil
        tooEarly = nil
        notAdopted = nil
        refused = nil
        verifyAt = turn.now + Self.verifyEvery
        if underWay != nil { return finish(isDone: true, "list \(version.text) is in force", &turn) }
        let taken = steps + 1
        rest(.current, &turn)
        // Changes come one by one: while central has spoken of a higher version, it is asked again at once.
        guard let newest, newest > version, taken < Self.mostSteps else { return }
        steps = taken
        askAt = turn.now
    }

    /// What was built stays for the next try, if it is of any use.
    private mutating func notAdopted(_ reason: String, isUsable: Bool, _ turn: inout Turn) {
        if isUsable {
            waiting?.at = turn.now + every
            notAdopted = reason
        } else {
            waiting = nil
            notAdopted = nil
            asksWhole = true
        }
        if underWay != nil { return finish(isDone: false, reason, &turn) }
        rest(.refused(reason), &turn)
    }

    /// The list in force has holes. It is read whole as soon as the disk is free, whatever the network is doing: what was fetched stays.
    mutating func suspect(_ turn: inout Turn) {
        isSuspect = true
        switch phase {
        case .asking, .fetching:
            phase = .idle
            askAt = turn.now
        case .stopped, .idle, .looking, .building, .adopting, .verifying, .goingBack: break
        }
    }

    // MARK: Orders

    mutating func take(_ ordered: Ordered, _ turn: inout Turn) {
        guard order == nil, underWay == nil, phase != .stopped else {
            let reason = phase == .stopped ? "the station is starting" : "another such command is under way"
            turn.actions.append(.answer(ordered.question, ListReply(isDone: false, text: reason + "; try again")))
            return
        }
        switch phase {
        // The network may go on: its answer is not waited for.
        case .asking, .fetching, .idle:
            phase = .idle
            order = ordered
        case .stopped, .looking, .building, .adopting, .verifying, .goingBack: order = ordered
        }
    }

    mutating func carryOut(_ next: Ordered, _ turn: inout Turn) {
        underWay = next
        switch next.order {
        case .back:
            phase = .goingBack
            turn.actions.append(.goBack)
        case .adopt(let paths): build(.files(paths), &turn)
        }
    }

    /// The order is answered; what it interrupted goes on at once.
    private mutating func finish(isDone: Bool, _ text: String, _ turn: inout Turn) {
        if let underWay { turn.actions.append(.answer(underWay.question, ListReply(isDone: isDone, text: text))) }
        underWay = nil
        phase = .idle
        askAt = turn.now
    }
}
