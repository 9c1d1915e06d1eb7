import Exchange
import Lane

/// What the journal of one run of the station says that its lanes heard, and the passages that they made of it.
struct LaneRun: Sendable {
    /// Something that a lane heard. `now` is when, as far as the record says; nothing of one moment changes its order.
    struct Heard: Sendable {
        let now: Instant
        /// At one moment edges come before reads, as in the station's loop.
        let rank: Int
        let lane: LaneNumber
        let event: LaneEvent
    }

    /// A vehicle by its lane and its first moment.
    struct Vehicle: Hashable, Sendable {
        let lane: UInt8
        let start: Int64
    }

    /// What a passage is held against.
    struct Recorded: Sendable {
        let sequence: UInt64
        let time: String
        let facts: PassageFacts
        let tag: TagNumber?
    }

    /// Events of one run are sorted by time, so they are held in memory: a year of eight lanes between two starts, about 1 GB.
    static let mostEvents = 8_000_000

    let boot: String
    private(set) var heard: [Heard] = []
    private(set) var recorded: [Vehicle: Recorded] = [:]
    /// In the order of the journal.
    private(set) var vehicles: [Vehicle] = []
    private var states: [UInt8: String] = [:]
    /// When the station stopped in order.
    private(set) var stopped: Instant?

    init(boot: String) { self.boot = boot }

    /// Takes a record: false when there are more events than can be sorted.
    mutating func take(_ record: RecordFields, _ sources: ReplaySources) -> Bool {
        switch (record.type, record.event) {
        case ("passage", _): if let facts = PassageFacts(record) { take(record, facts, sources) }
        case ("strayRead", _): takeStray(record, sources)
        case ("event", "laneState"): takeState(record)
        case ("event", "stop"): stopped = Instant(nanoseconds: record.at.mono)
        default: break
        }
        return heard.count <= Self.mostEvents
    }

    /// Everything in the order of time.
    var inOrder: [Heard] {
        heard.enumerated().sorted {
            ($0.element.now, $0.element.rank, $0.offset) < ($1.element.now, $1.element.rank, $1.offset)
        }.map(\.element)
    }

    private mutating func hear(_ event: LaneEvent, in lane: UInt8, at now: Instant, rank: Int) {
        heard.append(Heard(now: now, rank: rank, lane: LaneNumber(lane), event: event))
    }

    private mutating func take(_ record: RecordFields, _ facts: PassageFacts, _ sources: ReplaySources) {
        guard let settings = sources.settings(of: facts.lane) else { return }
        let start = Instant(nanoseconds: facts.start.mono)
        let vehicle = Vehicle(lane: facts.lane, start: facts.start.mono)
        vehicles.append(vehicle)
        recorded[vehicle] = Recorded(
            sequence: record.sequence.number, time: facts.start.utc, facts: facts,
            tag: facts.decision.tag.flatMap { TagNumber(recordText: $0) })
        let first = facts.earlier ?? facts.decision
        // Whether the reader was down is in no record but by what it led to.
        if first.outcome == Outcome.noTag.word || first.outcome == Outcome.readerDown.word {
            let isDown = first.outcome == Outcome.readerDown.word
            hear(.reader(isDown: isDown), in: facts.lane, at: start, rank: 0)
        }
        for edge in facts.edges {
            guard let number = settings.geometry.detectors.firstIndex(where: { $0.name == edge.detector }) else {
                continue
            }
            let at = start + Interval(nanoseconds: edge.offset)
            let heard = Edge(detector: DetectorNumber(UInt8(number)), isOccupied: edge.isOccupied, at: at)
            hear(.edge(heard), in: facts.lane, at: at, rank: 1)
        }
        for (index, read) in facts.reads.enumerated() {
            let derived = sources.judge(read, of: record, settings).read
            let isRevising = facts.earlier != nil && facts.decision.of == index + 1
            // One that came late by its way revised at once; one that waited in the lane for the next vehicle was there all the while.
            let revised = start + Interval(nanoseconds: facts.decision.offset)
            let cameLate = isRevising && revised - derived.first.at <= settings.readerDelay
            let taken = cameLate ? revised : derived.first.at
            hear(derived, in: facts.lane, taken: max(taken, derived.first.at))
        }
    }

    private mutating func takeStray(_ record: RecordFields, _ sources: ReplaySources) {
        guard let read = record.read, let lane = record.lane, let settings = sources.settings(of: lane) else { return }
        let derived = sources.judge(read, of: record, settings).read
        hear(derived, in: lane, taken: derived.first.at)
    }

    /// The first read, and the last one of its repeats: those between are only counted.
    private mutating func hear(_ read: Passage.Read, in lane: UInt8, taken: Instant) {
        hear(.read(read.first), in: lane, at: taken, rank: 2)
        guard read.repeats > 0 else { return }
        let last = TagRead(
            id: read.first.id, at: read.last, antenna: read.first.antenna, content: read.first.content)
        hear(.read(last), in: lane, at: max(taken, read.last), rank: 2)
    }

    /// A lane that changed the way it works: its detector was occupied, went away, or came back.
    private mutating func takeState(_ record: RecordFields) {
        guard let lane = record.lane, let state = record.state else { return }
        let at = Instant(nanoseconds: record.at.mono)
        let before = states.updateValue(state, forKey: lane)
        let detector = DetectorNumber(0)
        switch state {
        case LaneState.occupiedAtStart.word: hear(.level(detector, isOccupied: true), in: lane, at: at, rank: 0)
        case LaneState.withoutDetector.word: hear(.detector(isAbsent: true), in: lane, at: at, rank: 0)
        case LaneState.normal.word where before == LaneState.withoutDetector.word:
            hear(.detector(isAbsent: false), in: lane, at: at, rank: 0)
            hear(.level(detector, isOccupied: false), in: lane, at: at, rank: 0)
        case LaneState.normal.word:
            hear(.edge(Edge(detector: detector, isOccupied: false, at: at)), in: lane, at: at, rank: 0)
        default: break
        }
    }
}
