import Exchange
import Lane

/// Keeps the agreement list up to date: when to ask, what to take, when to build, adopt and verify it. Pure.
///
///     ask ─▶ offered ─▶ room? ─▶ piece by piece ─▶ build ─▶ (wait for its activation) ─▶ adopt ─▶ swapped
///
/// A list that is not higher than the one in force, and than the one that a person went back from, is never adopted, whoever signed
/// it. One thing is under way at a time, and whatever comes of it, the next question has its moment: nothing that a central server
/// can say makes this machine ask it without a pause for ever.
package struct ListUpdater: Hashable, Sendable {
    /// What a station does about its list if nobody says otherwise: a new agreement is in force within a minute.
    package static let everyByDefault = Interval.minutes(1)
    /// How often the list in force is read again, whole: a disk forgets seldom, and says nothing.
    package static let verifyEvery = Interval.days(1)
    /// One question to central fetches at most so much: at 2 Mbit/s passages wait 17 s behind a piece.
    package static let pieceBytes = 4 << 20
    /// Changes that are taken one after the other without a pause: more than a central server keeps.
    static let mostSteps = 256
    /// So often in a row central may put a station off, as when many fetch a new list and each has to wait for its turn. Once more is
    /// a failure: whatever says so is not central's own busy hour.
    static let mostTurns = 3

    /// A file that is never what it should be is fetched this often at the least: who mends central wants to see it soon.
    static let longestRefusal = Interval.hours(1)

    /// One thing at a time, on the network or on the disk.
    enum Phase: Hashable {
        case stopped
        /// Until `askAt`, `verifyAt` or the moment of the list that waits.
        case idle
        /// Central was asked what it has.
        case asking(whole: Bool)
        /// The lists worker looks what of it lies here, and whether there is room for the rest.
        case looking(ListOffer)
        /// So many bytes lie here; the next piece is on its way.
        case fetching(ListOffer, have: Int)
        case building(ListSource)
        case adopting(ListVersion)
        case verifying
        case goingBack
    }

    /// A person's order, and the question that waits for its answer.
    struct Ordered: Hashable {
        let order: ListOrder
        let question: UInt64
    }

    /// A list that was verified and is to be used from a moment on.
    struct Waiting: Hashable {
        let version: ListVersion
        var at: Instant
    }

    /// A file that was fetched in vain.
    struct Refused: Hashable {
        let path: String
        let reason: String
        let times: Int
        /// It is not fetched again before.
        let until: Instant
    }

    package let every: Interval
    /// What a list may have, in bytes: more is not fetched.
    package let mostBytes: Int
    let name: String
    /// The list by which is decided.
    package internal(set) var inForce: ListVersion?
    /// A person went back from this version: it is not taken again.
    package internal(set) var floor: ListVersion?
    var phase = Phase.stopped
    var waiting: Waiting?
    /// Would be used later than the one that waits: taken when that one is in force.
    var tooEarly: ListVersion?
    /// When what is being fetched is to be used, by central's clock and the time since.
    var activeAt: Instant?
    /// The highest version of which central has spoken.
    var newest: ListVersion?
    /// What it offered does not fit what lies here: a whole list is asked for.
    var asksWhole = false
    /// What lies here of a download is of no use.
    var fetchesAfresh = false
    var refused: Refused?
    /// Why the list that waits could not be put in its place.
    var notAdopted: String?
    /// Lists taken without a pause.
    var steps = 0
    /// A question is on the network, perhaps one that an order overtook.
    var isAsking = false
    var askAt = Instant(nanoseconds: 0)
    var verifyAt: Instant?
    /// Not all of the list in force can be read: it is verified before anything else is asked of central.
    var isSuspect = false
    /// Given while the disk was busy.
    var order: Ordered?
    /// Being carried out.
    var underWay: Ordered?
    var backOff: BackOff
    private var condition: ListCondition?
    private var wakeAt: Instant?

    /// - Parameters:
    ///   - every: how often central is asked. 1 s to 1 day.
    ///   - mostBytes: the largest list that is fetched.
    package init(name: String, every: Interval = everyByDefault, mostBytes: Int, seed: UInt64) {
        self.name = name
        self.every = every
        self.mostBytes = mostBytes
        backOff = BackOff(seed: seed)
    }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var turn = Turn(now: now)
        if event.isFromCentral { isAsking = false }
        switch event {
        case .start(let stock): start(stock, &turn)
        case .offered, .newest, .noOffer, .later, .piece, .changed: hear(event, &turn)
        case .room, .noRoom, .built, .notBuilt, .adopted, .notAdopted, .verified, .damaged, .wentBack, .notGone:
            take(event, &turn)
        case .unreadable: suspect(&turn)
        case .ordered(let order, let question): take(Ordered(order: order, question: question), &turn)
        case .wake: break
        }
        goOn(&turn)
        setWake(&turn)
        return turn.actions
    }

    private mutating func start(_ stock: ListStock, _ turn: inout Turn) {
        guard phase == .stopped else { return }
        inForce = stock.inForce
        floor = stock.floor
        if let next = stock.next, isHigher(next.version) { wait(for: next, &turn) }
        phase = .idle
        askAt = turn.now
        verifyAt = inForce.map { _ in turn.now }
    }

    /// What is due goes on: an order, the list whose time has come, a verification, a question to central.
    private mutating func goOn(_ turn: inout Turn) {
        guard phase == .idle else { return }
        if let next = order {
            order = nil
            carryOut(next, &turn)
        } else if let next = waiting, next.at <= turn.now {
            phase = .adopting(next.version)
            turn.actions.append(.adopt(next.version))
        } else if let verifyAt, isSuspect || verifyAt <= turn.now {
            isSuspect = false
            phase = .verifying
            turn.actions.append(.verify)
        } else if askAt <= turn.now, !isAsking {
            ask(&turn)
        }
    }

    mutating func ask(_ turn: inout Turn) {
        phase = .asking(whole: asksWhole)
        isAsking = true
        turn.actions.append(.ask(after: asksWhole ? nil : highest))
    }

    /// The highest version that was here: central is asked for what came after it.
    var highest: ListVersion? { [waiting?.version, inForce, floor].compactMap(\.self).max() }

    /// The version of the list that a change would apply to.
    var predecessor: ListVersion? { waiting?.version ?? inForce }

    /// Whether a version may take the place of what is in force.
    func isHigher(_ version: ListVersion) -> Bool {
        [inForce, floor].compactMap(\.self).allSatisfy { version > $0 }
    }

    mutating func wait(for next: ListStock.Next, _ turn: inout Turn) {
        waiting = Waiting(version: next.version, at: turn.now + (next.activeIn ?? .zero))
    }

    // MARK: Pauses

    /// Central answered, whatever its list was worth: the next time comes at the usual distance, a little sooner by chance, so that
    /// stations spread out.
    mutating func rest(_ condition: ListCondition, _ turn: inout Turn) {
        backOff.reset()
        steps = 0
        report(condition, &turn)
        phase = .idle
        askAt = turn.now + every - backOff.some(of: Interval(nanoseconds: every.nanoseconds / 4))
    }

    /// Central did not answer, or wants to be left alone.
    mutating func backOff(_ reason: String, _ notBefore: Interval?, _ turn: inout Turn) {
        if notBefore == nil || backOff.failures >= Self.mostTurns { report(.unreachable(reason), &turn) }
        phase = .idle
        askAt = turn.now + max(backOff.next(), min(notBefore ?? .zero, Uploader.longestPause))
    }

    /// A piece has come.
    mutating func reportPiece(_ turn: inout Turn) {
        if case .unreachable = condition { report(.coming, &turn) }
    }

    mutating func report(_ condition: ListCondition, _ turn: inout Turn) {
        // Central may be well while our disk is not.
        let condition = condition == .current ? notAdopted.map { .refused($0) } ?? condition : condition
        guard condition != self.condition else { return }
        self.condition = condition
        turn.actions.append(.condition(condition))
    }

    private mutating func setWake(_ turn: inout Turn) {
        let next = phase == .idle ? nextMoment : nil
        guard next != wakeAt else { return }
        wakeAt = next
        turn.actions.append(.wake(next))
    }

    /// While an answer is awaited that nobody needs any more, the next question waits for it.
    private var nextMoment: Instant? { [isAsking ? nil : askAt, verifyAt, waiting?.at].compactMap(\.self).min() }

    /// One call of `handle`.
    struct Turn {
        let now: Instant
        var actions: [Action] = []
    }
}
