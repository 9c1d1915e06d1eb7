import Testing

@testable import Lane

@Suite struct `A lane decides` {
    @Test func `an approved tag at once, without a photo`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        #expect(story.decisions.isEmpty, "no vehicle yet")
        story.on(50)
        #expect(story.decisions == [.approved])
        story.off(300)
        story.run(to: 2_000)
        #expect(story.summary == ["approved 1"] && story.triggers.isEmpty)
        #expect(story.closed[0].start == Story.ms(50) && story.closed[0].end == Story.ms(300))
        #expect(!story.closed[0].photosAreDue && story.closed[0].edges.count == 2)
    }

    @Test func `no tag at decideAt, before the front camera, and photographs front and rear`() {
        var story = Story()
        story.on(0)
        story.run(to: 67)
        #expect(story.decisions.isEmpty)
        story.run(to: 68)
        #expect(story.decisions == [.noTag])
        story.off(300)
        story.run(to: 2_000)
        #expect(story.triggers == [0, 1])
        #expect(story.summary == ["noTag"] && story.closed[0].photosAreDue)
    }

    @Test func `edges of a worn loop that wait for the decision are one picture of each camera`() {
        var story = Story()
        for edge in 0..<3 {
            story.on(Int64(edge) * 10)
            story.off(Int64(edge) * 10 + 5)
        }
        story.on(30)
        story.run(to: 68)
        #expect(story.decisions == [.noTag] && !story.triggers.contains(1), "its rear has not gone")
        story.off(300)
        story.run(to: 2_000)
        #expect(story.closed[0].triggers.map(\.camera.number).sorted() == [0, 1])
    }

    @Test func `a late read revises once and nothing after it does`() {
        var story = Story()
        story.on(0)
        story.run(to: 100)
        story.read(1, .blocked, at: 60, arrives: 120)
        story.read(2, at: 70, arrives: 130)
        story.off(300)
        story.run(to: 3_000)
        let revised = story.actions.compactMap {
            if case .revised(let p, let lights) = $0 { (p.decision.outcome, lights) } else { nil }
        }
        #expect(revised.count == 1 && revised[0] == (.blocked, true))
        #expect(story.closed[0].earlier?.outcome == .noTag && story.closed[0].decision.outcome == .blocked)
        #expect(story.closed[0].flags.contains(.revised))
    }

    @Test func `a late read after the vehicle has passed the head does not light`() {
        var story = Story()
        story.on(0)
        story.off(400)
        story.read(1, at: 350, arrives: 980)
        let lights = story.actions.compactMap { if case .revised(_, let lights) = $0 { lights } else { nil } }
        #expect(lights == [] || lights == [false])
        story.run(to: 5_000)
        #expect(story.closed.count == 1)
    }

    @Test
    func
        `a blocked tag waits for an approved one beside it, which decides; the denied one is flagged and photographed`()
    {
        var story = Story()
        story.on(0)
        story.read(1, .blocked, at: -150, arrives: 10)
        #expect(story.decisions.isEmpty)
        story.read(2, .approved, at: -140, arrives: 20)
        #expect(story.decisions == [.approved])
        story.off(300)
        story.run(to: 3_000)
        #expect(story.closed[0].reads.count == 2)
        #expect(story.closed[0].flags.isSuperset(of: [.secondTag, .deniedBeside]))
        #expect(story.closed[0].photosAreDue && story.triggers == [0, 1])
    }

    @Test func `a denied tag beside an approved one is not photographed where the setting says so`() {
        var settings = LaneSettings(lane: LaneNumber(1), geometry: Story.geometry())
        settings.photographDeniedBeside = false
        var story = Story(settings)
        story.on(0)
        story.read(1, .approved, at: -150, arrives: 10)
        story.read(2, .blocked, at: -140, arrives: 20)
        story.off(300)
        story.run(to: 3_000)
        #expect(
            story.closed[0].flags.contains(.deniedBeside) && !story.closed[0].photosAreDue && story.triggers.isEmpty)
    }

    @Test func `a tag that cannot be judged fires no camera, where the setting does not ask for it`() {
        var story = Story()
        story.on(0)
        story.read(1, .unjudged, at: 10)
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["unjudged 1"] && story.triggers.isEmpty)
    }

    @Test func `repeated reads are one`() {
        var story = Story()
        story.on(0)
        for at in stride(from: Int64(0), to: 50, by: 10) { story.read(1, at: at) }
        story.off(300)
        story.run(to: 2_000)
        #expect(story.summary == ["approved 1"] && story.closed[0].reads[0].repeats == 4)
        #expect(story.closed[0].reads[0].last == Story.ms(40))
    }

    @Test func `unreadable and malformed tags are no absence`() {
        var story = Story()
        story.on(0)
        story.heard(.unreadable, at: 10)
        story.off(300)
        story.run(to: 2_000)
        story.on(10_000)
        story.heard(.unreadable, at: 10_010)
        story.heard(.malformed, at: 10_020)
        story.off(10_300)
        story.run(to: 12_000)
        #expect(story.summary == ["unreadable", "malformed"])
        #expect(story.closed.allSatisfy { $0.photosAreDue })
    }

    @Test func `an unreadable tag that is then read is revised to its outcome`() {
        var story = Story()
        story.on(0)
        story.heard(.unreadable, at: 10)
        story.run(to: 80)
        story.read(1, at: 40, arrives: 90)
        story.off(300)
        story.run(to: 2_000)
        #expect(story.decisions == [.unreadable] && story.summary == ["approved 1"])
    }

    @Test func `reader down instead of no tag, and no approval out of nothing`() {
        var story = Story()
        story.send(.reader(isDown: true))
        story.on(0)
        story.off(300)
        story.run(to: 2_000)
        story.send(.reader(isDown: false))
        story.on(5_000)
        story.off(5_300)
        story.run(to: 8_000)
        #expect(story.summary == ["readerDown", "noTag"])
    }

    @Test func `everything that is open when the station stops`() {
        var story = Story()
        story.on(0)
        story.run(to: 10)
        story.send(.stop)
        #expect(story.summary == ["noTag"] && story.closed[0].flags.contains(.cutByStop))
        story.read(3, at: 20)
        story.send(.stop)
        #expect(story.strays.count == 1)
    }
}

@Suite struct `A lane finds the vehicle of a read` {
    @Test func `a tag without a vehicle is a stray`() {
        var story = Story()
        story.read(1, at: 0)
        story.run(to: 60_000)
        #expect(story.strays.map(\.read.first.tag) == [Story.tag(1)] && story.closed.isEmpty)
    }

    @Test func `a read after the passage is closed is a stray and changes nothing`() {
        var story = Story()
        story.on(0)
        story.off(300)
        story.run(to: 5_000)
        story.read(1, at: 5_000)
        story.run(to: 20_000)
        #expect(story.summary == ["noTag"] && story.strays.count == 1)
    }

    @Test func `two cars close behind each other keep their own tags`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 180, arrives: 230)
        story.off(250)
        story.on(450)
        story.run(to: 600)
        #expect(story.decisions == [.approved, .approved])
        story.off(700)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1", "approved 2"])
        #expect(story.closed.allSatisfy { !$0.flags.contains(.secondTag) })
    }

    @Test func `a second tag stays open and is the first vehicle's when the next brings its own`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, .blocked, at: 180)
        story.off(250)
        story.read(3, at: 380)
        story.on(450)
        story.off(700)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1 2", "approved 3"])
        #expect(story.closed[0].flags.isSuperset(of: [.secondTag, .deniedBeside]))
        #expect(!story.closed[1].flags.contains(.secondTag))
    }

    @Test func `a second tag is the first vehicle's when no vehicle comes`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 180)
        story.off(250)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1 2"] && story.strays.isEmpty)
    }

    @Test func `a second tag read before the next vehicle could be near is a second tag at once`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.read(2, at: -190, arrives: 5)
        story.on(10)
        #expect(story.lane.presences[0].reads.count == 2 && story.lane.waiting.isEmpty)
    }

    @Test func `a vehicle without a tag between two tagged ones stays without`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.off(250)
        story.on(1_500)
        story.off(1_750)
        story.read(3, at: 2_700)
        story.on(3_000)
        story.off(3_250)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1", "noTag", "approved 3"])
    }

    @Test func `the front is photographed once, the rear of a vehicle and of its trailer, no bounce`() {
        var bouncing = Story()
        for at in [0, 8, 16] as [Int64] {
            bouncing.on(at)
            bouncing.off(at + 4)
        }
        bouncing.on(24)
        for at in [270, 278, 286] as [Int64] {
            bouncing.off(at)
            bouncing.on(at + 4)
        }
        bouncing.off(294)
        bouncing.run(to: 5_000)
        #expect(bouncing.summary == ["noTag"] && bouncing.triggers == [0, 1])
        #expect(bouncing.closed[0].triggers.map(\.at) == [Story.ms(90), Story.ms(270)])
        var trailer = Story()
        trailer.on(0)
        trailer.off(270)
        trailer.on(350)
        trailer.off(550)
        trailer.run(to: 5_000)
        #expect(trailer.summary == ["noTag"] && trailer.triggers == [0, 1, 1])
    }

    @Test func `a short gap without a new tag is a trailer, with one a new vehicle`() {
        var trailer = Story()
        trailer.read(1, at: -200, arrives: 0)
        trailer.on(10)
        trailer.off(250)
        trailer.on(350)
        trailer.off(550)
        trailer.run(to: 10_000)
        #expect(trailer.summary == ["approved 1"] && trailer.closed[0].edges.count == 4)
        var vehicles = Story()
        vehicles.read(1, at: -200, arrives: 0)
        vehicles.on(10)
        vehicles.off(250)
        vehicles.read(2, at: 300)
        vehicles.on(350)
        vehicles.off(550)
        vehicles.run(to: 10_000)
        #expect(vehicles.summary == ["approved 1", "approved 2"])
    }

    @Test func `the neighbour's tag heard in the gap does not cut the trailer off`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.off(250)
        story.memory.decide(Story.tag(2), at: Story.ms(280))
        story.read(2, at: 300)
        story.on(350)
        story.off(550)
        story.run(to: 10_000)
        #expect(story.closed.count == 1 && story.closed[0].decision.outcome == .approved)
    }

    @Test func `a tag decided in another lane is recorded and flagged, and decides nothing here`() {
        var story = Story()
        story.memory.decide(Story.tag(1), at: Story.ms(-500))
        story.on(0)
        story.read(1, at: 20)
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["noTag 1"] && story.closed[0].flags.contains(.decidedElsewhere))
        story.on(10_000)
        story.read(1, at: 10_010)
        story.off(10_300)
        story.run(to: 20_000)
        #expect(story.summary.last == "approved 1", "after crossLane it decides again")
    }
}

@Suite struct `A lane keeps its bounds` {
    @Test func `noise on the detector and a flood of tags never grow it, and it closes all`() {
        var story = Story()
        var random = Seeded(state: 7)
        for step in 0..<20_000 {
            let at = Int64(step) * 7
            switch Int.random(in: 0..<4, using: &random) {
            case 0: story.on(at)
            case 1: story.off(at)
            case 2: story.read(Int.random(in: 0..<10, using: &random), at: at)
            default: story.heard(Bool.random(using: &random) ? .unreadable : .malformed, at: at)
            }
            #expect(story.lane.presences.count <= LaneMachine.mostPresences)
            #expect(story.lane.waiting.count <= LaneMachine.mostWaiting)
        }
        story.run(to: 1_000_000)
        #expect(story.decisions.count == story.closed.count)
        #expect(Set(story.closed.map(\.id)).count == story.closed.count)
        for passage in story.closed {
            #expect(passage.reads.count <= Passage.mostReads && passage.edges.count <= Passage.mostEdges)
        }
    }
}
