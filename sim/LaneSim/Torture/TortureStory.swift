import Lane

/// What the notes of a run come to.
struct TortureStory: Hashable, Sendable {
    struct Downtime: Hashable, Sendable {
        let program: Fault.Program
        /// What was decided from then on may not have been committed.
        let from: Instant
        /// When the program ended.
        let end: Instant
        /// Nil: it was not over when the notes end.
        var to: Instant?
    }

    struct Round: Hashable, Sendable {
        let number: Int
        let boot: String
        let begins: Instant
        /// Vehicles of these times may be missing, unless a read of them was acknowledged.
        var downtimes: [Downtime] = []
        /// What the readers heard acknowledged.
        var taken: [String] = []
        /// The last moment of which there is a note.
        var lastMoment: Instant
        /// Everything of it was delivered; else the run was killed in it.
        var isDrained = false
    }

    private(set) var seed: UInt64?
    private(set) var rounds: [Round] = []
    private(set) var kills = 0
    private(set) var pauses = 0
    /// Times that a program has ended by itself.
    private(set) var falls = 0
    private(set) var linkFaults = 0
    private(set) var fills = 0
    /// Nil: it goes on.
    private(set) var wasGood: Bool?

    init(_ notes: [TortureNote] = []) { for note in notes { take(note) } }

    /// The number of the round after the last.
    var nextRound: Int { (rounds.last?.number ?? 0) + 1 }

    mutating func take(_ note: TortureNote) {
        switch note {
        case .begun(let seed): self.seed = seed
        case .round(let number, let boot, let at):
            let begins = Instant(nanoseconds: at)
            rounds.append(Round(number: number, boot: boot, begins: begins, lastMoment: begins))
        case .killed(let program, let since, let at):
            kills += 1
            end(program, since, at)
        case .fell(let program, let since, let at):
            falls += 1
            end(program, since, at)
        case .paused(let program, let at):
            pauses += 1
            // What happens while the station stands still waits for it in its ports.
            if program == .devices { end(program, at, at) } else { hear(at) }
        case .linked: linkFaults += 1
        case .filled: fills += 1
        case .well(let at): recover(at)
        case .late(let from, let to): delay(Instant(nanoseconds: from), Instant(nanoseconds: to))
        case .taken(let text, let at):
            hear(at)
            change { $0.taken.append(text) }
        case .drained: change { $0.isDrained = true }
        case .ended(let isGood): wasGood = isGood
        }
    }

    private mutating func change(_ body: (inout Round) -> Void) {
        guard !rounds.isEmpty else { return }
        body(&rounds[rounds.count - 1])
    }

    private mutating func hear(_ at: Int64) {
        change { $0.lastMoment = max($0.lastMoment, Instant(nanoseconds: at)) }
    }

    private mutating func end(_ program: Fault.Program, _ since: Int64, _ at: Int64) {
        hear(since)
        // Without the central server nobody is missed.
        guard program != .central else { return }
        let (from, end) = (Instant(nanoseconds: since), Instant(nanoseconds: at))
        change { $0.downtimes.append(Downtime(program: program, from: from, end: end)) }
    }

    private mutating func recover(_ at: Int64) {
        hear(at)
        change { round in
            for index in round.downtimes.indices where round.downtimes[index].to == nil {
                round.downtimes[index].to = Instant(nanoseconds: at)
            }
        }
    }

    /// Many things are late one after the other: they are one downtime.
    private mutating func delay(_ from: Instant, _ to: Instant) {
        hear(to.nanoseconds)
        change { round in
            if let last = round.downtimes.last, last.program == .devices, let end = last.to, from <= end,
                from >= last.from
            {
                round.downtimes[round.downtimes.count - 1].to = max(end, to)
            } else {
                round.downtimes.append(Downtime(program: .devices, from: from, end: from, to: to))
            }
        }
    }
}
