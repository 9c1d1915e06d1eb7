import Testing

@testable import Lane

/// What came of a day's traffic, held against what was really there.
private struct Verdict {
    var vehicles = 0
    var passages = 0
    /// Vehicles whose passage has exactly their own tags, and was decided by one of them, or by none where there is none.
    var right = 0
    /// Vehicles without a tag of their own that were decided by another's.
    var approvedByAnother = 0
    /// Vehicles with a tag that were called vehicles without one.
    var missed = 0
    var strays = 0

    mutating func add(_ traffic: Traffic, _ story: Story) {
        vehicles += traffic.vehicles.count
        passages += story.closed.count
        strays += story.strays.count
        let byStart = Dictionary(story.closed.map { ($0.start.nanoseconds / 1_000, $0) }) { first, _ in first }
        for vehicle in traffic.vehicles {
            guard let passage = byStart[vehicle.front] else { continue }
            let own = Set(vehicle.tags.map(Traffic.tag))
            let heard = Set(passage.reads.filter { !$0.decidedElsewhere }.compactMap(\.first.tag))
            let isDecidedByOwn = passage.decision.tag.map(own.contains) ?? own.isEmpty
            if isDecidedByOwn, heard.isSubset(of: own) { right += 1 }
            if let tag = passage.decision.tag, !own.contains(tag) { approvedByAnother += 1 }
            if passage.decision.tag == nil, !own.isEmpty { missed += 1 }
        }
    }

    var rightPerTenThousand: Int { right * 10_000 / max(1, vehicles) }
    var text: String {
        "\(vehicles) vehicles, \(passages) passages, \(rightPerTenThousand) of 10 000 right, "
            + "\(approvedByAnother) by another's tag, \(missed) missed, \(strays) strays"
    }
}

@Suite struct `Random traffic` {
    /// All the seeds' traffic together.
    private static func verdict(seeds: ClosedRange<UInt64>, _ mix: Traffic.Mix) -> Verdict {
        seeds.reduce(into: Verdict()) { sum, seed in
            let traffic = Traffic(seed: seed, count: 300, mix: mix)
            sum.add(traffic, traffic.drive())
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `makes each vehicle one passage, decided once, revised once at the most, closed once, in time`(seed: UInt64) {
        let traffic = Traffic(seed: seed, count: 300)
        let story = traffic.drive { lane in
            #expect(lane.presences.count <= LaneMachine.mostPresences && lane.waiting.count <= LaneMachine.mostWaiting)
        }
        #expect(story.closed.count == traffic.vehicles.count)
        #expect(Set(story.closed.map(\.id)).count == story.closed.count)
        var decided: [PassageID: Outcome] = [:]
        var revised: Set<PassageID> = []
        for action in story.actions {
            switch action {
            case .decided(let passage):
                #expect(decided.updateValue(passage.decision.outcome, forKey: passage.id) == nil)
            case .revised(let passage, _):
                #expect(revised.insert(passage.id).inserted)
                #expect([.noTag, .unreadable].contains(decided[passage.id]))
                #expect(passage.earlier?.outcome == decided[passage.id])
            case .closed(let passage):
                #expect(decided[passage.id] != nil && passage.end != nil && !passage.flags.contains(.tooLong))
                #expect(passage.reads.count <= Passage.mostReads && passage.edges.count == 2)
            case .trigger, .stray, .state, .wake: break
            }
        }
        #expect(story.lane.presences.isEmpty && story.lane.waiting.isEmpty && story.wake == nil)
    }

    @Test func `at 50 km/h and more, a second apart, has every tag with its vehicle but one in a thousand`() {
        let verdict = Self.verdict(seeds: 1...20, Traffic.Mix(speed: 14...36))
        #expect(verdict.rightPerTenThousand >= 9_990, "\(verdict.text)")
    }

    @Test func `with lorries among it, at any speed`() {
        let verdict = Self.verdict(seeds: 1...20, Traffic.Mix(length: 3_500...18_000))
        #expect(verdict.rightPerTenThousand >= 9_975, "\(verdict.text)")
    }

    /// Two vehicles are in the zone at once and nobody can tell whose tag it is: what matters is that nobody is approved by another's.
    @Test func `that creeps, where vehicles without a tag have others behind them`() {
        let verdict = Self.verdict(seeds: 1...20, Traffic.Mix(speed: 3...8))
        #expect(verdict.rightPerTenThousand >= 9_850, "\(verdict.text)")
        #expect(verdict.approvedByAnother * 1_000 <= verdict.vehicles, "\(verdict.text)")
    }

    @Test func `of tagged vehicles, close together: each is decided by its own`() {
        let verdict = Self.verdict(seeds: 1...10, Traffic.Mix(speed: 3...20, headway: 500...1_500, withoutTag: 0))
        #expect(verdict.approvedByAnother == 0 && verdict.missed == 0, "\(verdict.text)")

        #expect(verdict.rightPerTenThousand >= 9_700, "of two tags one may lie with the neighbour: \(verdict.text)")
    }
}
