@testable import Lane

/// A lane told as a story: events at milliseconds, wakes sent when they are due, and what the lane did.
struct Story {
    /// Zone 6 m before to 1 m behind the detector, decided at 3 m, front camera 4 m, head at 25 m, 10 to 160 km/h.
    static func geometry(detectors: [String] = ["loop"]) -> LaneGeometry {
        LaneGeometry(
            zoneStart: Metres(millimetres: -6_000), zoneEnd: Metres(millimetres: 1_000),
            detectors: detectors.map { .init(name: $0, position: .zero) },
            cameras: [
                .init(name: "front", detector: DetectorNumber(0), moment: .leadingEdge, delay: .milliseconds(90)),
                .init(name: "rear", detector: DetectorNumber(0), moment: .trailingEdge, delay: .zero),
            ],
            decideAt: Metres(millimetres: 3_000), head: Metres(millimetres: 25_000), slowest: .kilometresPerHour(10),
            fastest: .kilometresPerHour(160))
    }
    static let list = ListVersion(epoch: 1, version: 1)
    static func tag(_ n: Int) -> TagNumber {
        guard let tag = TagNumber(.printed, digits: Array("100000000\(n)".utf8)) else {
            preconditionFailure("ten digits")
        }
        return tag
    }

    var lane: LaneMachine
    var memory = TagMemory()
    var now = Instant(nanoseconds: 0)
    var wake: Instant?
    var reads: UInt64 = 0
    var actions: [LaneAction] = []

    init(_ settings: LaneSettings = LaneSettings(lane: LaneNumber(1), geometry: geometry()), clear: Bool = true) {
        lane = LaneMachine(settings)
        if clear { send(.level(DetectorNumber(0), isOccupied: false)) }
    }

    static func ms(_ n: Int64) -> Instant { Instant(nanoseconds: n * 1_000_000) }

    /// Runs the timers up to a moment.
    mutating func run(to milliseconds: Int64) {
        while let due = wake, due <= Self.ms(milliseconds) {
            now = max(now, due)
            wake = nil
            send(.wake)
        }
        now = max(now, Self.ms(milliseconds))
    }

    mutating func send(_ event: LaneEvent) {
        for action in lane.handle(event, at: now, memory: &memory) {
            if case .wake(let at) = action { wake = at } else { actions.append(action) }
        }
    }

    mutating func on(_ at: Int64, detector: UInt8 = 0) {
        run(to: at)
        send(.edge(Edge(detector: DetectorNumber(detector), isOccupied: true, at: Self.ms(at))))
    }

    mutating func off(_ at: Int64, detector: UInt8 = 0) {
        run(to: at)
        send(.edge(Edge(detector: DetectorNumber(detector), isOccupied: false, at: Self.ms(at))))
    }

    mutating func read(_ n: Int, _ outcome: Outcome = .approved, at: Int64, arrives: Int64? = nil) {
        heard(.tag(Self.tag(n), Judgement(outcome, by: Self.list)), at: at, arrives: arrives)
    }

    mutating func heard(_ content: TagRead.Content, at: Int64, arrives: Int64? = nil) {
        run(to: arrives ?? at)
        reads += 1
        send(.read(TagRead(id: ReadID(reads), at: Self.ms(at), antenna: AntennaNumber(1), content: content)))
    }

    var decisions: [Outcome] {
        actions.compactMap { if case .decided(let p) = $0 { p.decision.outcome } else { nil } }
    }
    var closed: [Passage] { actions.compactMap { if case .closed(let p) = $0 { p } else { nil } } }
    var strays: [StrayRead] { actions.compactMap { if case .stray(let s) = $0 { s } else { nil } } }
    var triggers: [UInt8] { actions.compactMap { if case .trigger(_, let t) = $0 { t.camera.number } else { nil } } }
    var states: [LaneState] { actions.compactMap { if case .state(let s) = $0 { s } else { nil } } }
    /// Each closed passage as outcome and the numbers of its tags, the deciding one first.
    var summary: [String] {
        closed.map { passage in
            let tags = passage.reads.compactMap { $0.first.tag?.clear.last.map(String.init) }
            return ([passage.decision.outcome].map { "\($0)" } + tags).joined(separator: " ")
        }
    }
}
