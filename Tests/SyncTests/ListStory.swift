import Exchange
import Lane
import Testing

@testable import Sync

/// The list updater with a clock set by hand; central, the disk and people answer when told.
struct ListStory {
    static let mostBytes = 150_000_000

    private(set) var updater: ListUpdater
    private(set) var now = second(0)
    private(set) var wakeAt: Instant?
    /// What the last event brought, without wakes.
    private(set) var said: [ListUpdater.Action] = []

    init(_ stock: ListStock, seed: UInt64 = 1) {
        updater = ListUpdater(name: "national", mostBytes: Self.mostBytes, seed: seed)
        tell(.start(stock))
    }

    init(inForce version: UInt32?) {
        self.init(ListStock(inForce: version.map { ListVersion(epoch: 1, version: $0) }))
    }

    /// A station whose list is verified, and which waits for central's answer.
    static func asking(inForce version: UInt32) -> ListStory {
        var story = ListStory(inForce: version)
        story.tell(.verified)
        return story
    }

    @discardableResult mutating func tell(_ event: ListUpdater.Event) -> [ListUpdater.Action] {
        said = []
        for action in updater.handle(event, at: now) {
            if case .wake(let moment) = action { wakeAt = moment } else { said.append(action) }
        }
        return said
    }

    /// Time goes on to the moment that it asked for.
    @discardableResult mutating func wake() -> [ListUpdater.Action] {
        now = max(now, wakeAt ?? now)
        return tell(.wake)
    }

    func offer(
        _ version: UInt32, after: UInt32? = nil, bytes: Int = 900, newest: UInt32? = nil
    ) -> ListOffer {
        let kind = after == nil ? "list" : "change"
        return ListOffer(
            name: "national", version: ListVersion(epoch: 1, version: version), kind: after == nil ? .whole : .change,
            after: after.map { ListVersion(epoch: 1, version: $0) }, listBytes: bytes, bytes: bytes,
            encoding: .identity, path: "/v1/lists/national/1.\(version).\(kind)",
            newest: ListVersion(epoch: 1, version: newest ?? version))
    }

    /// All of it is fetched; the last that was said.
    @discardableResult mutating func fetch(_ offer: ListOffer) -> [ListUpdater.Action] {
        tell(.offered(offer))
        tell(.room(have: 0))
        while case .fetch(_, let from, let most)? = said.last { tell(.piece(upTo: from + most)) }
        return said
    }

    /// All of it is fetched and built, to be used at once.
    @discardableResult mutating func take(_ offer: ListOffer) -> [ListUpdater.Action] {
        fetch(offer)
        return tell(.built(.init(offer.version, activeIn: nil)))
    }

    /// Nothing is under way, and nothing is due.
    var rests: Bool { isAtRest && wakeAt.map { $0 > now } ?? false }
    var isAtRest: Bool { updater.phase == .idle }
    /// The next question comes within one interval, and is at least three quarters of it away.
    var restsAsUsual: Bool {
        rests && wakeAt.map { .seconds(45) < $0 - now && $0 - now <= .seconds(60) } ?? false
    }

    /// Something that can be said in this state, or that comes too late for it.
    func anything(_ chance: inout SeededChance) -> ListUpdater.Event {
        let version = ListVersion(epoch: 1, version: UInt32(6 + chance.below(5)))
        let number = version.version
        switch (updater.phase, chance.below(5)) {
        case (.asking, 0): return .newest
        case (.asking, 1): return .offered(offer(number, after: number - 1, newest: 12))
        case (.asking, _): return .offered(offer(number, newest: 12))
        case (.looking, 0): return .noRoom("no room")
        case (.looking, _): return .room(have: chance.below(1_000))
        case (.fetching(let offer, _), 0...3): return .piece(upTo: chance.below(offer.bytes + 2))
        case (.fetching, _): return .changed("another tag")
        case (.building, 0): return .notBuilt(.refused("wrong signature"))
        case (.building, 1): return .notBuilt(.otherBase("another base"))
        case (.building, 2): return .notBuilt(.tooEarly(version))
        case (.building, _): return .built(.init(version, activeIn: .seconds(Int64(chance.below(200)))))
        case (.adopting(let version), 0...2): return .adopted(version)
        case (.adopting, _): return .notAdopted("no room", isUsable: chance.below(2) == 0)
        case (.verifying, 0): return .damaged("damaged", inForce: chance.below(2) == 0 ? nil : version)
        case (.verifying, _): return .verified
        case (.goingBack, 0): return .notGone("nothing before")
        case (.goingBack, _): return .wentBack(to: ListVersion(epoch: 1, version: number - 1), from: version)
        case (.idle, 0): return .ordered(chance.below(2) == 0 ? .back : .adopt(["/a"]), 1)
        case (.idle, 1): return .later("too late", notBefore: nil)
        case (.idle, _), (.stopped, _): return .wake
        }
    }
}

/// SplitMix64: one seed, one story.
struct SeededChance {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}

extension ListUpdater.Action {
    var isCondition: Bool { if case .condition = self { true } else { false } }
    var isQuestion: Bool { if case .ask = self { true } else { false } }

    /// The reply to a question; nil: it is none.
    func reply(to question: UInt64) -> ListReply? {
        if case .answer(question, let reply) = self { reply } else { nil }
    }
}
