import Exchange
import Central
import Lane
import Lights
import Station
import Testing

@testable import LaneSim

/// A run made by hand: what was on the road, and what a station wrote and showed, right or wrong.
struct Story {
    /// Two lanes with a loop, an antenna and two cameras each; a list of one minute's polling.
    static let site = """
        [station]
        id = 42
        stateFolder = /tmp/none
        controlSocket = /tmp/none.sock

        [lines]
        driver = simulated
        socket = /tmp/none.lines

        [lights]
        profile = classic

        [central]
        url = http://127.0.0.1:1
        list = agreements
        publicKeys = \(SigningKey(seed: [UInt8](repeating: 7, count: 32)).publicKey.hex)
        listEvery = 60 s

        [reader east]
        port = /tmp/none.east
        antennas = 0:1, 1:2

        """ + (1...2).map(lane).joined()

    private static func lane(_ number: Int) -> String {
        """

        [lane \(number)]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m

        [detector loop\(number)]
        lane = \(number)
        input = lane\(number).loop

        [camera front\(number)]
        lane = \(number)
        url = http://127.0.0.1:1/front.jpg
        detector = loop\(number)
        moment = leadingEdge
        delay = 90 ms

        [camera rear\(number)]
        lane = \(number)
        url = http://127.0.0.1:1/rear.jpg
        detector = loop\(number)
        moment = trailingEdge

        """
    }

    var scenario: Scenario
    var plan = RoadPlan()
    var observation = Observation()
    private var previous = Digest.zero
    private var reads = 0
    private var tags = 0

    /// - Parameter site: sections that come after, or take the place of, those of the usual site.
    init(site text: String = Story.site) throws {
        let configuration = try StationConfiguration(Array(text.utf8), file: "site.conf")
        scenario = Scenario(name: "story", path: "story.lane", site: Site(configuration: configuration, text: text))
        observation.restedAt = .seconds(60)
    }

    /// An agreement on a list that is there from the first moment.
    mutating func agree(_ text: String, _ standing: Standing = .approved) throws {
        var spec = AgreementSpec(name: "a\(text)", tag: try number(text), text: text)
        spec.standing = standing
        scenario.agreements.append(spec)
        scenario.lists = [PublishedList(at: .zero, entries: scenario.agreements)]
    }

    func number(_ text: String) throws -> TagNumber { try TagNumber(printed: text) }

    /// A vehicle of half a second over the detector, whose tag is heard `heard` times from 200 ms before it on.
    @discardableResult
    mutating func drive(
        _ name: String, lane: UInt8 = 1, at milliseconds: Int64, tag: String? = nil,
        _ mounting: TagSpec.Mounting = .good, heard: Int = 3, damaged: Int = 0, lasts: Int64 = 500,
        line: Int? = nil, _ expected: (inout VehicleExpectation) -> Void = { _ in }
    ) -> Int {
        let number = plan.vehicles.count
        var road = RoadVehicle(
            number: number, name: name, lane: LaneNumber(lane), at: .milliseconds(milliseconds),
            leaves: .milliseconds(milliseconds + lasts), speed: .kilometresPerHour(50),
            length: Metres(millimetres: 4_500))
        if let tag {
            var roadTag = RoadTag(text: tag, mounting: mounting)
            roadTag.heard = heard
            roadTag.damaged = damaged
            road.tags = [roadTag]
            for read in 0..<Int64(heard + damaged) {
                plan.events.append(
                    RoadEvent(
                        at: .milliseconds(milliseconds - 200 + read * 50), vehicle: number,
                        .tag(reader: 0, port: lane - 1, text: tag, isDamaged: damaged > 0)))
            }
        }
        if let line {
            var vehicle = Vehicle(
                name: name, place: SourcePlace(file: "story.lane", position: TextPosition(line: line, column: 1)))
            expected(&vehicle.expected)
            road.scripted = scenario.vehicles.count
            scenario.vehicles.append(vehicle)
        }
        plan.vehicles.append(road)
        return number
    }

    /// A passage that the station wrote, decided 67 ms after its start, and what its head showed.
    mutating func passage(
        lane: UInt8 = 1, at milliseconds: Int64, lasts: Int64? = 500, _ outcome: Outcome, tag: String? = nil,
        earlier: Outcome? = nil, light: Aspect? = nil, photos: [String] = [], missing: [String: String] = [:],
        flags: [String] = [], more: String = ""
    ) throws {
        let tagText = try tag.map { #","tag":"\#(try number($0).recordText)""# } ?? ""
        var reads = ""
        if tag != nil {
            self.reads += 1
            reads =
                #"{"id":\#(self.reads)\#(tagText),"antenna":"east.0","offset":-200000000,"outcome":"\#(outcome.word)"}"#
        }
        let op = outcome.resultOp.map { #","resultOp":\#($0)"# } ?? ""
        let earlier = earlier.map { #","earlier":{"outcome":"\#($0.word)","offset":67000000}"# } ?? ""
        let taken = photos.map { camera in
            tags += 1
            let digest = Digest(of: Array("photo \(tags)".utf8))
            observation.photosAtCentral.append(digest)
            return #"{"camera":"\#(camera)","offset":1,"digest":"\#(digest.hex)","bytes":9,"image":2}"#
        }
        let lost = missing.sorted { $0.key < $1.key }.map {
            #"{"camera":"\#($0.key)","offset":1,"missing":"\#($0.value)"}"#
        }
        try record(
            "passage", at: milliseconds,
            #","lane":\#(lane),"start":{"utc":"2026-01-05T06:00:00.000Z","mono":1}"#
                + (lasts.map { #","end":\#($0 * 1_000_000)"# } ?? "")
                + #","decision":{"outcome":"\#(outcome.word)"\#(op)\#(tagText),"offset":67000000}"# + earlier
                + #","reads":[\#(reads)],"photos":[\#((taken + lost).joined(separator: ","))]"#
                + #","flags":[\#(flags.map { "\"\($0)\"" }.joined(separator: ","))]"# + more)
        let shown = light ?? scenario.site.configuration.lights.profile.aspect(for: outcome)
        if shown != .dark { lamp(lane: lane, at: milliseconds + 67, shown) }
    }

    mutating func lamp(lane: UInt8 = 1, at milliseconds: Int64, _ aspect: Aspect) {
        observation.lamps.append(.init(at: .milliseconds(milliseconds), lane: LaneNumber(lane), aspect: aspect))
    }

    /// A record of any type; the central server gets it as well.
    mutating func record(_ type: String, at milliseconds: Int64, _ rest: String = "", isDelivered: Bool = true) throws {
        let text = body(observation.records.count + 1, type: type, rest)
        let fields = try #require(RecordFields(body: Array(text.utf8)))
        previous = .chained(to: previous, body: Array(text.utf8))
        let line = RecordLine(digest: previous, body: Array(text.utf8))
        observation.records.append(.init(line: line, fields: fields, at: .milliseconds(milliseconds)))
        if isDelivered { observation.atCentral.append(line) }
    }

    mutating func expect(_ figure: Figure, _ bounds: ClosedRange<Int>, isRate: Bool = false) {
        var expectation = Expectation(
            name: figure.rawValue,
            place: SourcePlace(file: "story.lane", position: TextPosition(line: 90, column: 1)), figure: figure,
            bounds: bounds)
        expectation.isRate = isRate
        scenario.expectations.append(expectation)
    }

    var run: Run {
        var story = self
        story.plan.events.sort { ($0.at, $0.vehicle) < ($1.at, $1.vehicle) }
        story.observation.lamps.sort { $0.at < $1.at }
        return Verdict.run(story.scenario, story.plan, story.observation)
    }

    var result: RunResult { run.result }
}
