import Lane
import Station

/// What the published lists say of a tag at a moment, by the decision table; apart from what the station made of them.
///
/// A list that was published can be adopted at once, and has to be when the station has asked again. In between either of two
/// lists is right.
struct ListTruth {
    /// From an answer of the central server until decisions are made by the list that came with it.
    static let adoption = Interval.seconds(10)

    private struct Published {
        let at: Interval
        let entries: [TagNumber: [AgreementSpec]]
        /// From here on decisions are made by it.
        let certain: Interval
    }

    /// Those that a station which has the one before has to take.
    private let lists: [Published]
    /// By their places in the scenario; also those that a station may take which has no list, or another.
    private var all: [Int: Published] = [:]
    /// The table of accepted issuers, the longest prefixes first.
    private let issuers: [AcceptedIssuers.Row]
    /// Times in which a list that was damaged may not have come again.
    private var uncertain: [ClosedRange<Interval>] = []
    private let startsAt: UTC
    private let faults: [Fault]
    private let clockIsGood: Bool

    /// - Parameter traffic: agreements of vehicles that nobody names; every list has them as well.
    init(_ scenario: Scenario, traffic: [AgreementSpec], clockIsGood: Bool) {
        startsAt = scenario.startsAt
        faults = scenario.faults
        self.clockIsGood = clockIsGood
        issuers = scenario.site.configuration.issuers.rows.sorted { $0.prefix.text.count > $1.prefix.text.count }
        guard let central = scenario.site.configuration.central else {
            lists = []
            return
        }
        let wait = central.listEvery + Self.adoption
        /// When a station that wants a list since a moment has asked for it and been answered.
        func served(since moment: Interval) -> Interval {
            var certain = moment + wait
            for fault in scenario.faults where fault.deed.delaysLists && fault.at <= certain {
                // What is killed and nobody says for how long is started again at once.
                let isShort = fault.deed.isMomentary || fault.deed == .killed(.station)
                let end = fault.lasts.map { fault.at + $0 } ?? (isShort ? fault.at : scenario.limit)
                if end >= moment { certain = max(certain, end + wait) }
            }
            return certain
        }
        let whole = scenario.lists.enumerated().filter {
            ![.content, .signature, .truncated].contains($0.element.damage)
        }
        let published = whole.map { _, list in
            let entries = Dictionary(grouping: list.entries + traffic, by: \.tag)
            // The station that starts has the list that was there before it.
            guard list.at > .zero else {
                let always = Interval(nanoseconds: .min)
                return Published(at: always, entries: entries, certain: always)
            }
            return Published(at: list.at, entries: entries, certain: served(since: list.at))
        }
        lists = zip(whole, published).filter { $0.0.element.damage == .none }.map(\.1)
        for (one, list) in zip(whole, published) { all[one.offset] = list }
        for fault in scenario.faults where [.list, .listBefore].contains(fault.deed.damagedFile) {
            // One that is broken is all that the central server gives, until the next.
            let isWhole = scenario.lists.last { $0.at <= fault.at }?.damage == PublishedList.Damage.none
            let next = lists.first { $0.at > fault.at }?.certain ?? Interval(nanoseconds: .max)
            uncertain.append(fault.at...(isWhole ? served(since: fault.at) : next))
        }
    }

    /// What a tag comes to at a moment: the first is what should be, the others are right as well.
    func outcomes(of tag: TagNumber, at moment: Interval) -> [Outcome] {
        var outcomes: [Outcome] = []
        for list in inForce(at: moment) {
            for utc in civilTimes(at: moment) {
                let outcome = refusal(of: tag) ?? Self.outcome(of: tag, by: list, at: utc)
                if !outcomes.contains(outcome) { outcomes.append(outcome) }
            }
        }
        return outcomes
    }

    /// What a tag comes to by one of the scenario's lists, by its place among them; nil: without a list.
    ///
    /// - Parameter lookedAgain: how long after a change of the clock decisions may still go by what it said before.
    func outcomes(of tag: TagNumber, by place: Int?, at moment: Interval, lookedAgain: Interval) -> [Outcome] {
        if let refusal = refusal(of: tag) { return [refusal] }
        let times = civilTimes(at: moment) + civilTimes(at: moment - lookedAgain)
        return times.map { Self.outcome(of: tag, by: place.flatMap { all[$0] }, at: $0) }
    }

    /// When the newest list was published that has to be in force at a moment; nil: none has to.
    func leastInForce(at moment: Interval) -> Interval? {
        uncertain.contains { $0.contains(moment) } ? nil : lists.last { $0.certain <= moment }?.at
    }

    /// Whether a tag is on a list for another vehicle than the one with this plate.
    func isOfAnother(_ tag: TagNumber, than plate: String, at moment: Interval) -> Bool {
        guard !plate.isEmpty, let list = inForce(at: moment)[0] else { return false }
        return list.entries[tag]?.contains { !$0.plate.isEmpty && $0.plate != plate } ?? false
    }

    /// The list that is in force at the latest, and those that may be in force already.
    private func inForce(at moment: Interval) -> [Published?] {
        let certain = lists.lastIndex { $0.certain <= moment }
        let possible = lists[((certain ?? -1) + 1)...].filter { $0.at <= moment }
        return [certain.map { lists[$0] }] + possible.map(\.self)
    }

    /// By which civil time dates are judged; nil: they are not enforced.
    private func civilTimes(at moment: Interval) -> [UTC?] {
        let truth = UTC(milliseconds: startsAt.milliseconds + moment.milliseconds)
        guard clockIsGood else { return [truth, nil] }
        var shift = Interval.zero
        for fault in faults where fault.at <= moment {
            let isOver = fault.lasts.map { fault.at + $0 < moment } ?? false
            guard !isOver, fault.deed.subject == .clock else { continue }
            if fault.deed == .clockNotGood { return [nil, truth] }
            if case .clockSteps(let step) = fault.deed { shift = shift + step }
            if case .clockDrifts(let daily) = fault.deed {
                shift = shift + VirtualClock.drift(daily, over: moment - fault.at)
            }
        }
        guard shift != .zero else { return [truth] }
        return [truth, UTC(milliseconds: truth.milliseconds + shift.milliseconds), nil]
    }

    /// What a tag comes to before any list is asked. Texts are compared here, apart from how the station does it.
    private func refusal(of tag: TagNumber) -> Outcome? {
        guard !issuers.isEmpty else { return nil }
        let number = "\(IssuerPrefix.word(of: tag.system)):\(tag.clear)"
        guard let row = issuers.first(where: { number.hasPrefix($0.prefix.text) }) else { return .issuerNotAccepted }
        if row.demandsLuhn, !TagNumber.passesLuhn(tag.characters) { return .malformed }
        return row.isAccepted ? nil : .issuerNotAccepted
    }

    private static func outcome(of tag: TagNumber, by list: Published?, at utc: UTC?) -> Outcome {
        guard let list else { return .unjudged }
        guard let entries = list.entries[tag], let entry = entries.first else { return .notOnList }
        if entries.contains(where: { $0.standing == .denied }) { return .denied }
        if let utc, let until = entry.until, utc >= until { return .expired }
        if let utc, let from = entry.from, utc < from { return .notYetValid }
        return switch entry.standing {
        case .approved, .exempt: .approved
        case .prepaidLow: .noticePrepaidLow
        case .overdue: .noticeOverdue
        case .blocked: .blocked
        case .denied: .denied
        }
    }
}
