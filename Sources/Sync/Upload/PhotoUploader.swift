import Lane

/// Sends photos, each only after its passage was acknowledged, and one at a time. Pure; `CentralLink` carries it out.
///
/// The queue is in the journal: this machine keeps only where it is in it.
package struct PhotoUploader: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        /// A journal is open, and central has every record of it up to here: photos of another one are no longer ours to send.
        case start(upTo: Sequence)
        /// Central has every record up to here (from the uploader).
        case acknowledged(upTo: Sequence)
        case answer(PhotoAnswer)
        case wake
    }

    package enum Action: Hashable, Sendable {
        /// Send the first photo after that one, of a passage up to that sequence.
        case send(after: PhotoName?, upTo: Sequence)
        /// Central has it: its row and its file go.
        case sent(PhotoName)
        /// Set it aside.
        case refused(PhotoName, reason: String)
        case condition(DeliveryCondition)
        case wake(Instant?)
    }

    /// After this the queue is looked through from its start once more: a photo may have come after its passage was sealed.
    package static let lookAgain = Interval.minutes(10)

    private enum Phase: Hashable {
        /// The queue is empty behind `last`; look from its start then.
        case idle(until: Instant?)
        case sending
        case waiting(until: Instant)
    }

    private var phase = Phase.idle(until: nil)
    private var acknowledged = Sequence(0)
    /// The last photo that was dealt with. Its row may be there for a moment yet.
    private var last: PhotoName?
    /// More was acknowledged meanwhile: there may be more to send.
    private var again = false
    /// The photo under way is of a journal that was given up: the answer means nothing here, and its file stays.
    private var isStale = false
    private var backOff: BackOff
    private var condition: DeliveryCondition?
    private var wakeAt: Instant?

    package init(seed: UInt64) { backOff = BackOff(seed: seed) }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch (event, phase) {
        case (.start(let upTo), _): start(upTo, &actions)
        case (.answer, .sending) where isStale:
            isStale = false
            begin(&actions)
        case (.acknowledged(let upTo), .idle):
            acknowledged = upTo
            send(&actions)
        case (.acknowledged(let upTo), .sending), (.acknowledged(let upTo), .waiting):
            again = again || upTo != acknowledged
            acknowledged = upTo
        case (.answer(let answer), .sending): take(answer, now, &actions)
        case (.answer, .idle), (.answer, .waiting): break
        case (.wake, .waiting(let until)): if until <= now { send(&actions) }
        case (.wake, .idle(let until)):
            if let until, until <= now {
                last = nil
                send(&actions)
            }
        case (.wake, .sending): break
        }
        setWake(&actions)
        return actions
    }

    private mutating func start(_ upTo: Sequence, _ actions: inout [Action]) {
        acknowledged = upTo
        last = nil
        if phase == .sending { isStale = true } else { begin(&actions) }
    }

    /// Nothing is due before the first record was acknowledged.
    private mutating func begin(_ actions: inout [Action]) {
        again = false
        if acknowledged > Sequence(0) { send(&actions) } else { phase = .idle(until: nil) }
    }

    private mutating func send(_ actions: inout [Action]) {
        phase = .sending
        actions.append(.send(after: last, upTo: acknowledged))
    }

    private mutating func take(_ answer: PhotoAnswer, _ now: Instant, _ actions: inout [Action]) {
        switch answer {
        case .sent(let name):
            actions.append(.sent(name))
            goOn(after: name, &actions)
        case .refused(let name, let reason):
            actions.append(.refused(name, reason: reason))
            goOn(after: name, &actions)
        case .none:
            phase = .idle(until: last.map { _ in now + Self.lookAgain })
            guard again else { return }
            again = false
            send(&actions)
        case .notYet:
            // The passage comes again by its own way; a photo behind it would wait for the same.
            wait(.refused("central does not have the passage of a photo yet"), nil, now, &actions)
        case .later(let reason, let notBefore): wait(.unreachable(reason), notBefore, now, &actions)
        }
    }

    private mutating func goOn(after name: PhotoName, _ actions: inout [Action]) {
        last = name
        backOff.reset()
        report(.delivering, &actions)
        send(&actions)
    }

    private mutating func wait(
        _ condition: DeliveryCondition, _ notBefore: Interval?, _ now: Instant, _ actions: inout [Action]
    ) {
        report(condition, &actions)
        phase = .waiting(until: now + max(backOff.next(), min(notBefore ?? .zero, Uploader.longestPause)))
    }

    private mutating func report(_ condition: DeliveryCondition, _ actions: inout [Action]) {
        guard condition != self.condition else { return }
        self.condition = condition
        actions.append(.condition(condition))
    }

    private mutating func setWake(_ actions: inout [Action]) {
        let next: Instant? =
            switch phase {
            case .waiting(let until): until
            case .idle(let until): until
            case .sending: nil
            }
        guard next != wakeAt else { return }
        wakeAt = next
        actions.append(.wake(next))
    }
}
