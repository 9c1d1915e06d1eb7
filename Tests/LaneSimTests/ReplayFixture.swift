import Exchange
import FoundationEssentials
import Lane
import Peripherals
import Station

@testable import LaneSim

/// A journal as a station exports it, made by a real gantry from what its lanes hear.
struct ReplayFixture {
    /// Something that a lane hears, when it comes to hear it.
    struct Heard {
        let arrives: Instant
        let lane: UInt8
        let event: LaneEvent
    }

    static let key = SigningKey.generate()
    static let noonMono = Instant(nanoseconds: 1_000_000_000_000)

    static func tag(_ number: UInt64) -> TagNumber {
        TagNumber(.printed, value: 1_000_000_000 + number, digits: 10) ?? ReplayFixture.noTag
    }
    private static let noTag = TagNumber(.printed, digits: Array("1".utf8)).unsafelyThere

    static let configuration = configuration(photographDeniedBeside: true)

    /// Without arbitration: it goes by when reads arrive, and a record says when they were heard, so that fresh lanes cannot repeat it.
    static func configuration(photographDeniedBeside: Bool) -> String {
        var text = """
            [station]
            id = 42
            stateFolder = /tmp/none
            controlSocket = /tmp/none/sock

            [lines]
            driver = simulated
            socket = /tmp/none/lines

            [lights]
            profile = classic

            [central]
            url = http://127.0.0.1:1
            publicKeys = \(key.publicKey.hex)

            [reader east]
            port = /tmp/none/east
            antennas = 0:1, 1:2

            """
        for lane in 1...2 {
            text += """

                [lane \(lane)]
                zoneStart = -6 m
                zoneEnd = 1 m
                decideAt = 3 m
                head = 25 m
                arbitration = 0 s
                photographDeniedBeside = \(photographDeniedBeside ? "yes" : "no")

                [detector loop\(lane)]
                lane = \(lane)
                input = lane\(lane).loop

                [camera front\(lane)]
                lane = \(lane)
                url = http://127.0.0.1:1/snapshot.jpg
                detector = loop\(lane)
                moment = leadingEdge
                delay = 90 ms

                [camera rear\(lane)]
                lane = \(lane)
                url = http://127.0.0.1:1/snapshot.jpg
                detector = loop\(lane)
                moment = trailingEdge

                """
        }
        return text
    }

    /// Of ten tags 1 to 4 are approved, 5 is low, 6 overdue, 7 blocked, 8 denied, 9 expires a quarter of an hour after noon, 0 is not on it.
    static func list(version: UInt32 = 1, without: Set<UInt64> = []) throws -> AgreementListBuilder.Built {
        var builder = AgreementListBuilder()
        for number in UInt64(1)...9 where !without.contains(number) {
            let entry: AgreementListEntry =
                switch number {
                case 5: .agreement(Agreement(.noticePrepaidLow))
                case 6: .agreement(Agreement(.noticeOverdue))
                case 7: .agreement(Agreement(.blocked))
                case 8: .denial
                case 9: .agreement(Agreement(.approved, validUntil: UTC(milliseconds: noon.milliseconds + 900_000)))
                default: .agreement(Agreement(.approved))
                }
            try builder.add(tag(number), entry)
        }
        return try builder.build(
            AgreementListHeader(
                name: "agreements", version: ListVersion(epoch: 1, version: version), issuedAt: noon,
                staleAfter: .days(1)),
            signedBy: key)
    }

    let station: StationConfiguration
    let list: AgreementList
    var clock: Stamp
    private var gantry: Gantry
    private var encoder: RecordEncoder
    private(set) var bodies: [String] = []
    private var wakes: [UInt8: Instant] = [:]
    private var nextRead: UInt64 = 0
    private(set) var passages: [Passage] = []
    private(set) var strays = 0

    /// - Parameter issuers: sections of the configuration.
    init(list bytes: [UInt8]? = nil, clock quality: ClockQuality = .good, issuers: String = "") throws {
        station = try StationConfiguration(Array((Self.configuration + issuers).utf8), file: "station.conf")
        list = try AgreementList(bytes: try bytes ?? Self.list().bytes, trusting: [Self.key.publicKey])
        clock = Stamp(at: Self.noonMono, utc: noon, clock: quality)
        gantry = Gantry(station.lanes, laneOfAntenna: station.laneOfAntenna)
        var context = RecordContext(station, boot: "boot")
        context.journal = JournalID(high: 1, low: 2)
        encoder = RecordEncoder(context: context)
        record(.event(.start(downtime: nil, version: "1")), at: Self.noonMono)
        record(.event(.configuration(station.digest)), at: Self.noonMono)
        record(.event(.listInForce(name: list.name, list.version, digest: list.digest)), at: Self.noonMono)
        for lane in station.lanes {
            hear(.level(DetectorNumber(0), isOccupied: false), in: lane.lane.number, at: Self.noonMono)
        }
    }

    mutating func record(_ draft: RecordDraft, at now: Instant) {
        let stamp = Stamp(at: now, utc: clock.utc(at: now), clock: clock.clock)
        let body = encoder.body(of: draft, sequence: Sequence(UInt64(bodies.count) + 1), stamp: stamp)
        bodies.append(String(decoding: body, as: UTF8.self))
    }

    /// A tag that antenna `lane` hears, judged when it arrives.
    mutating func read(_ number: UInt64?, in lane: UInt8, heard at: Instant, arrives now: Instant) -> LaneEvent {
        nextRead += 1
        let utc = clock.clock == .good ? clock.utc(at: now) : nil
        let content = number.map { (number: UInt64) -> TagRead.Content in
            let refusal = station.issuers.refusal(of: Self.tag(number), by: list.version)
            return .tag(
                Self.tag(number), Judgement(of: refusal ?? list.answer(for: Self.tag(number)), at: utc))
        }
        return .read(
            TagRead(id: ReadID(nextRead), at: at, antenna: AntennaNumber(lane), content: content ?? .unreadable))
    }

    /// Lets the lane hear it, and writes down what it makes of it, as the station does.
    mutating func hear(_ event: LaneEvent, in lane: UInt8, at now: Instant) {
        for action in gantry.handle(event, in: LaneNumber(lane), at: now) {
            switch action {
            case .wake(let moment): wakes[lane] = moment
            case .stray(let stray):
                strays += 1
                record(.strayRead(stray), at: now)
            case .closed(var passage):
                if clock.clock != .good { passage.flags.insert(.clockNotGood) }
                let photos = passage.triggers.map {
                    PhotoResult(
                        camera: $0.camera, trigger: $0.at, passage.photosAreDue ? .missing(.cameraSilent) : .discarded)
                }
                passages.append(passage)
                record(.passage(passage, photos: photos), at: now)
            case .decided, .revised, .trigger, .state: break
            }
        }
    }

    /// Fires the timers that are due before a moment.
    mutating func wake(before moment: Instant) {
        while let (lane, at) = wakes.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }), at < moment {
            wakes[lane] = nil
            hear(.wake, in: lane, at: at)
        }
    }

    /// Lets the lanes hear everything in the order in which it arrives, then nothing more.
    mutating func drive(_ all: [Heard]) {
        for heard in all.enumerated().sorted(by: { ($0.element.arrives, $0.offset) < ($1.element.arrives, $1.offset) })
        {
            wake(before: heard.element.arrives)
            hear(heard.element.event, in: heard.element.lane, at: heard.element.arrives)
        }
        wake(before: Instant(nanoseconds: .max))
    }

    /// A vehicle of half a second with these tags, each heard so many milliseconds after its leading edge and arriving so much later.
    mutating func vehicle(
        at start: Int64, lane: UInt8 = 1, tags: [(number: UInt64?, heard: Int64, late: Int64)] = [],
        for length: Int64 = 300
    ) -> [Heard] {
        let edge = Self.noonMono + .milliseconds(start)
        let end = edge + .milliseconds(length)
        let detector = DetectorNumber(0)
        var all = [
            Heard(arrives: edge, lane: lane, event: .edge(Edge(detector: detector, isOccupied: true, at: edge))),
            Heard(arrives: end, lane: lane, event: .edge(Edge(detector: detector, isOccupied: false, at: end))),
        ]
        for tag in tags {
            let at = edge + .milliseconds(tag.heard)
            let arrives = at + .milliseconds(tag.late)
            all.append(
                Heard(arrives: arrives, lane: lane, event: read(tag.number, in: lane, heard: at, arrives: arrives)))
        }
        return all
    }

    /// Traffic of two lanes: tags good and bad, none, two, late, of the neighbour, close behind each other.
    mutating func traffic(seed: UInt64, vehicles: Int, delays: Bool) -> [Heard] {
        var chance = SmallGenerator(seed: seed)
        var all: [Heard] = []
        for lane in UInt8(1)...2 {
            var at = Int64(1_000)
            for _ in 0..<vehicles {
                at += .random(in: 400...2_500, using: &chance)
                var tags: [(number: UInt64?, heard: Int64, late: Int64)] = []
                for _ in 0..<Int.random(in: 0...3, using: &chance) {
                    let number = UInt64.random(in: 0...10, using: &chance)
                    tags.append(
                        (
                            number == 10 ? nil : number, .random(in: -400...500, using: &chance),
                            delays ? .random(in: 0...100, using: &chance) : 0
                        ))
                }
                let length = Int64.random(in: 120...380, using: &chance)
                all += vehicle(at: at, lane: lane, tags: tags, for: length)
                at += length
            }
            // A tag in the post: no vehicle carries it.
            let lonely = Self.noonMono + .milliseconds(at + 20_000)
            all.append(Heard(arrives: lonely, lane: lane, event: read(0, in: lane, heard: lonely, arrives: lonely)))
        }
        return all
    }
}

extension Optional where Wrapped == TagNumber {
    fileprivate var unsafelyThere: TagNumber {
        guard let self else { preconditionFailure("one digit is a number") }
        return self
    }
}
