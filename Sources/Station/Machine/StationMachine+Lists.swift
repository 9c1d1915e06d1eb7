import Exchange
import Lane
import Sync

/// The agreement list: which is in force, what is said of it, and what people order.
extension StationMachine {
    /// What `status` and records say of the list in force, beside the list itself.
    struct ListState: Sendable {
        /// Used since the start, and not read whole yet: records say so.
        var isUnverified = false
        var verifiedAt: Instant?
        var lock = ListLock.notLocked("it was opened just now")
        /// The one before, to which a person can go back.
        var previous: ListVersion?
        /// A lookup came to a part of it that cannot be read, and that was said.
        var isUnreadable = false
    }

    mutating func take(_ event: ListEvent, _ turn: inout StationTurn) {
        switch event {
        case .loaded(let list, let stock, let problem):
            if let problem { alarm(.listDamaged, on: listName, true, because: problem, &turn) }
            desk.list = ListState(isUnverified: list != nil, previous: stock.previous)
            if let list {
                putInForce(list, &turn)
            } else {
                alarm(.noList, on: listName, true, because: "none lies on this disk, and none has come yet", &turn)
            }
            updateList(.start(stock), &turn)
        case .updater(let event):
            if case .verified = event { verified(&turn) }
            updateList(event, &turn)
        case .swapped(let list, let event):
            swap(in: list, event, &turn)
            updateList(event, &turn)
        case .held(let version, let lock): if version == list?.version { desk.list.lock = lock }
        }
    }

    mutating func updateList(_ event: ListUpdater.Event, _ turn: inout StationTurn) {
        guard configuration.central != nil else { return }
        for action in listUpdater.handle(event, at: turn.now) {
            switch action {
            case .ask, .fetch, .look, .build, .adopt, .verify, .goBack: turn.actions.append(.listUpdater(action))
            case .answer(let question, let reply):
                log(.info, "list.order", ["done": reply.isDone ? "yes" : "no", "answer": reply.text], &turn)
                turn.actions.append(.answer(question, .list(reply)))
            case .condition(let condition): take(condition, &turn)
            case .wake(let moment): wake(.own(.listUpdater), at: moment)
            }
        }
    }

    private mutating func take(_ condition: ListCondition, _ turn: inout StationTurn) {
        // Like records and photos, the list has this alarm to itself: a proxy may fail one path and not the others.
        if case .unreachable(let reason) = condition {
            alarm(.centralUnreachable, on: "list", true, because: reason, &turn)
        } else {
            alarm(.centralUnreachable, on: "list", false, &turn)
        }
        switch condition {
        case .unreachable, .coming: break
        case .current:
            alarm(.listRefused, on: listName, false, &turn)
            alarm(.listTooLarge, on: listName, false, &turn)
        case .refused(let reason):
            alarm(.listTooLarge, on: listName, false, &turn)
            alarm(.listRefused, on: listName, true, because: reason, &turn)
        case .tooLarge(let reason):
            alarm(.listRefused, on: listName, false, &turn)
            alarm(.listTooLarge, on: listName, true, because: reason, &turn)
        }
    }

    /// Somebody orders something; the answer comes when it is done, or cannot be.
    mutating func order(_ order: ListOrder, _ question: UInt64, _ turn: inout StationTurn) {
        guard phase == .running, configuration.central != nil else {
            let reason = phase == .running ? "this station has no [central], and so no list" : "the station stops"
            turn.actions.append(.answer(question, .list(ListReply(isDone: false, text: reason))))
            return
        }
        updateList(.ordered(order, question), &turn)
    }

    // MARK: The list in force

    /// Looks whether a lookup came to a part of the list that cannot be read: then all of it is read at once, and not at its next occasion.
    mutating func watchList(_ turn: inout StationTurn) {
        guard let list, list.isUnreadable, !desk.list.isUnreadable else { return }
        desk.list.isUnreadable = true
        log(.warning, "list.unreadable", ["version": list.version.text], &turn)
        updateList(.unreadable, &turn)
    }

    private mutating func verified(_ turn: inout StationTurn) {
        guard let list else { return }
        if desk.list.isUnverified { log(.info, "list.verified", ["version": list.version.text], &turn) }
        desk.list.isUnverified = false
        desk.list.verifiedAt = turn.now
    }

    /// Swaps the list between two decisions.
    private mutating func swap(in new: AgreementList?, _ event: ListUpdater.Event, _ turn: inout StationTurn) {
        let left = list?.version
        var state = ListState(verifiedAt: turn.now)
        if case .damaged(let reason, _) = event {
            alarm(.listDamaged, on: listName, true, because: reason, &turn)
        } else {
            alarm(.listDamaged, on: listName, false, &turn)
        }
        if case .adopted = event { state.previous = left }
        desk.list = state
        if let new {
            putInForce(new, &turn)
        } else {
            list = nil
            alarm(.noList, on: listName, true, because: "the one on this disk is damaged, and none has come yet", &turn)
        }
        // Nothing here looks anything up in the one before any more. The lists worker has it still: that thread gives its memory back.
        if let left { turn.actions.append(.releaseList(left)) }
    }

    private mutating func putInForce(_ list: AgreementList, _ turn: inout StationTurn) {
        self.list = list
        alarm(.noList, on: listName, false, &turn)
        judgeListAge(&turn)
        log(
            .info, "list.inForce",
            ["list": list.name, "version": list.version.text, "agreements": "\(list.count)"], &turn)
        ledger(
            .record(.event(.listInForce(name: list.name, list.version, digest: list.digest)), stamp(at: turn.now)),
            &turn)
    }

    mutating func judgeListAge(_ turn: inout StationTurn) {
        guard let list else { return }
        let isStale = list.isStale(at: clock.utc(at: turn.now))
        let reason = isStale ? "issued \(list.issuedAt.text)" : ""
        alarm(.listStale, on: listName, isStale, because: reason, &turn)
    }

    /// The name of the list that the station asks for.
    var listName: String { configuration.central?.list ?? "none" }
}
