import Testing

@testable import Lane

/// A lane with a loop at 0 and a second one at 3 m or before it.
private func story(second: Int64 = 3_000) -> Story {
    var geometry = Story.geometry(detectors: ["loop", "second"])
    geometry.detectors[1] = .init(name: "second", position: Metres(millimetres: second))
    return Story(LaneSettings(lane: LaneNumber(1), geometry: geometry))
}

@Suite struct `Two detectors tell` {
    @Test func `speed, length and direction of a vehicle`() {
        var story = story()
        story.read(1, at: -200, arrives: 0)
        story.on(1_000)
        story.on(1_150, detector: 1)
        story.off(1_225)
        story.off(1_375, detector: 1)
        story.run(to: 10_000)
        let motion = story.closed[0].motion
        #expect(
            motion
                == Motion(
                    isForward: true, speed: Speed(millimetresPerSecond: 20_000), length: Metres(millimetres: 4_500)))
        #expect(story.closed[0].edges.count == 4 && !story.closed[0].flags.contains(.wrongWay))
    }

    @Test func `the same where the second one lies before the first`() {
        var story = story(second: -3_000)
        story.on(1_000, detector: 1)
        story.on(1_150)
        story.off(1_225, detector: 1)
        story.off(1_375)
        story.run(to: 10_000)
        let motion = story.closed[0].motion
        #expect(
            motion
                == Motion(
                    isForward: true, speed: Speed(millimetresPerSecond: 20_000), length: Metres(millimetres: 4_500)))
        #expect(story.closed[0].start == Story.ms(1_150) && story.closed[0].edges.count == 4)
    }

    @Test func `a trailer's length with its car's`() {
        var story = story()
        story.on(0)
        story.on(300, detector: 1)
        story.off(450)
        story.on(530)
        story.off(750, detector: 1)
        story.on(830, detector: 1)
        story.off(900)
        story.off(1_200, detector: 1)
        story.run(to: 10_000)
        #expect(story.closed.count == 1 && story.closed[0].motion?.length == Metres(millimetres: 9_000))
    }

    @Test func `nothing where one bounces`() {
        var story = story()
        story.on(0)
        story.on(150, detector: 1)
        story.off(155, detector: 1)
        story.off(225)
        story.run(to: 10_000)
        #expect(story.closed.count == 1 && story.closed[0].motion == nil)
    }

    @Test func `as much as without bouncing where one bounces and comes to rest`() {
        var story = story()
        story.on(0)
        for at in stride(from: Int64(150), to: 170, by: 4) {
            story.on(at, detector: 1)
            story.off(at + 2, detector: 1)
        }
        story.on(172, detector: 1)
        story.off(225)
        story.off(375, detector: 1)
        story.run(to: 10_000)
        #expect(story.closed[0].motion?.speed == Speed(millimetresPerSecond: 20_000) && story.closed.count == 1)
    }

    @Test func `nothing of one that is missed, and the next one's all the same`() {
        var story = story()
        for (n, start) in [Int64(0), 500, 1_000].enumerated() {
            story.on(start)
            if n != 0 { story.on(start + 150, detector: 1) }
            story.off(start + 225)
            if n != 0 { story.off(start + 375, detector: 1) }
        }
        story.run(to: 10_000)
        #expect(story.closed.map { $0.motion?.speed.millimetresPerSecond } == [nil, 20_000, 20_000])
        #expect(story.closed.allSatisfy { !$0.flags.contains(.wrongWay) })
    }

    @Test func `nothing of one that stops between them`() {
        var story = story()
        story.on(0)
        story.on(300, detector: 1)
        story.off(5_450)
        story.off(5_650, detector: 1)
        story.on(8_000)
        story.on(8_150, detector: 1)
        story.off(8_225)
        story.off(8_375, detector: 1)
        story.run(to: 20_000)
        #expect(story.closed.map { $0.motion != nil } == [false, true])
    }

    @Test func `nothing in a lane whose detectors lie side by side`() {
        var story = story(second: 0)
        story.on(0)
        story.on(1, detector: 1)
        story.off(225)
        story.off(226, detector: 1)
        story.run(to: 10_000)
        #expect(story.closed.count == 1 && story.closed[0].motion == nil)
    }

    @Test func `every vehicle's speed to two in a hundred, half a second apart`() {
        var random = Seeded(state: 3)
        var story = story()
        var front: Int64 = 10_000
        var truth: [(speed: Int64, length: Int64)] = []
        var edges: [(at: Int64, detector: UInt8, isOn: Bool)] = []
        for _ in 0..<2_000 {
            let speed = Int64.random(in: 14...36, using: &random)
            let length = Int64.random(in: 3_500...4_900, using: &random)
            truth.append((speed, length))
            for (detector, place) in [(UInt8(0), Int64(0)), (1, 3_000)] {
                edges.append((front + place / speed, detector, true))
                edges.append((front + (place + length) / speed, detector, false))
            }
            front += max(500, (length + 2_000) / speed + 300)
        }
        for edge in edges.sorted(by: { $0.at < $1.at }) {
            if edge.isOn {
                story.on(edge.at, detector: edge.detector)
            } else {
                story.off(edge.at, detector: edge.detector)
            }
        }
        story.run(to: front + 60_000)
        #expect(story.closed.count == truth.count)
        for (passage, (speed, length)) in zip(story.closed, truth) {
            guard let motion = passage.motion else {
                Issue.record("no motion at \(passage.start)")
                continue
            }
            #expect(abs(motion.speed.millimetresPerSecond - speed * 1_000) <= speed * 20)
            #expect(abs(motion.length.millimetres - length) <= length / 30)
            #expect(motion.isForward)
        }
    }
}

@Suite struct `A wrong-way vehicle` {
    /// At 10 m/s: over the second detector first.
    private static func drive(_ story: inout Story, from at: Int64) {
        story.on(at, detector: 1)
        story.on(at + 300)
        story.off(at + 450, detector: 1)
        story.off(at + 750)
    }

    @Test func `is recorded with its tag, flagged, and photographed unless approved`() {
        for outcome in [Outcome.approved, .blocked] {
            var story = story()
            story.on(1_000, detector: 1)
            story.on(1_300)
            story.read(1, outcome, at: 1_350)
            story.off(1_450, detector: 1)
            story.off(1_750)
            story.run(to: 10_000)
            #expect(story.summary == ["\(outcome) 1"] && story.closed[0].flags.contains(.wrongWay))
            #expect(story.closed[0].photosAreDue == (outcome == .blocked))
            #expect(story.closed[0].motion?.isForward == false && story.closed[0].motion?.length.millimetres == 4_500)
        }
    }

    @Test func `is one from its decision on, so that nothing is lit`() {
        var story = story()
        Self.drive(&story, from: 1_000)
        story.run(to: 10_000)
        let flags = story.actions.compactMap { if case .decided(let p) = $0 { p.flags } else { nil } }
        #expect(flags == [.wrongWay] && story.decisions == [.noTag])
    }

    @Test func `whose tag is heard where others' enter the zone is its own`() {
        var story = story()
        Self.drive(&story, from: 1_000)
        story.read(1, at: 1_950)
        story.run(to: 20_000)
        #expect(story.summary == ["approved 1"] && story.strays.isEmpty)
    }

    @Test func `is none that had a pulse of the second detector before it`() {
        var story = story()
        for pulse in [Int64(20), 80] {
            let start = 10_000 + pulse * 100
            story.on(start, detector: 1)
            story.off(start + pulse, detector: 1)
            story.on(start + 500)
            story.on(start + 800, detector: 1)
            story.off(start + 950)
            story.off(start + 1_250, detector: 1)
            story.run(to: start + 5_000)
            #expect(story.closed.last?.flags.contains(.wrongWay) == false, "a pulse of \(pulse) ms")
            #expect(story.closed.last?.motion?.isForward == true)
        }
    }

    @Test func `is none behind one that stood between the detectors`() {
        var geometry = Story.geometry(detectors: ["loop", "second"])
        geometry.detectors[1] = .init(name: "second", position: Metres(millimetres: 8_000))
        var story = Story(LaneSettings(lane: LaneNumber(1), geometry: geometry))
        story.on(0)
        story.off(450)
        story.on(12_000, detector: 1)
        story.on(12_300)
        story.off(12_450, detector: 1)
        story.off(12_750)
        story.run(to: 40_000)
        #expect(story.closed.count == 2 && story.closed.allSatisfy { !$0.flags.contains(.wrongWay) })
    }

    @Test func `crosses the lane of a detector that comes and goes without a trace of it`() {
        var story = story()
        story.on(0, detector: 1)
        story.send(.detector(isAbsent: true))
        story.send(.detector(isAbsent: false))
        story.send(.level(DetectorNumber(0), isOccupied: false))
        story.on(500)
        story.off(800)
        story.run(to: 10_000)
        #expect(story.closed.count == 1 && !story.closed[0].flags.contains(.wrongWay))
    }
}
