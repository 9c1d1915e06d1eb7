import Lane
import Testing

@testable import Lights

@Suite struct LightHeadTests {
    private var head = LightHead(settings: LightSettings(profile: .classic()))
    private let first = PassageID(1)
    private let second = PassageID(2)
    private let third = PassageID(3)

    private func ms(_ n: Int64) -> Instant { Instant(nanoseconds: n * 1_000_000) }

    @Test mutating func `it is dark at the start`() {
        #expect(head.handle(.start, at: ms(0)) == [.show(.dark), .wake(nil)])
        #expect(head.aspect == .dark)
    }

    @Test mutating func `a vehicle at a dark head is lit at once`() {
        _ = head.handle(.start, at: ms(0))
        #expect(head.handle(.decided(first, .approved), at: ms(1_000)) == [.show(.green), .wake(ms(4_000))])
        #expect(head.aspect == .green)
    }

    @Test mutating func `an aspect that nobody follows is put out at holdMax`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .noTag), at: ms(1_000))
        #expect(head.handle(.wake, at: ms(3_999)) == [.wake(ms(4_000))])
        #expect(head.handle(.wake, at: ms(4_000)) == [.show(.dark), .wake(nil)])
        #expect(head.handle(.wake, at: ms(4_001)) == [])
    }

    @Test mutating func `green after green is seen as two: dark for the blank between them`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        #expect(head.handle(.decided(second, .approved), at: ms(1_500)) == [.show(.dark), .wake(ms(1_700))])
        #expect(head.aspect == .dark)
        #expect(head.handle(.wake, at: ms(1_700)) == [.show(.green), .wake(ms(4_700))])
    }

    @Test mutating func `a blank is kept also after an aspect that its hold has just ended`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        _ = head.handle(.wake, at: ms(4_000))
        #expect(head.handle(.decided(second, .approved), at: ms(4_050)) == [.wake(ms(4_200))])
        #expect(head.handle(.wake, at: ms(4_100)) == [.wake(ms(4_200))])
        #expect(head.handle(.wake, at: ms(4_200)) == [.show(.green), .wake(ms(7_200))])
    }

    @Test mutating func `in a burst the newest wins, and does not prolong the dark`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        _ = head.handle(.decided(second, .approved), at: ms(1_100))
        #expect(head.handle(.decided(third, .noTag), at: ms(1_250)) == [.wake(ms(1_300))])
        #expect(head.handle(.wake, at: ms(1_300)) == [.show(.top), .wake(ms(4_300))])
    }

    @Test mutating func `a wake that comes late is overtaken by the next decision`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        _ = head.handle(.decided(second, .approved), at: ms(1_100))
        #expect(head.handle(.decided(third, .noTag), at: ms(1_400)) == [.show(.top), .wake(ms(4_400))])
        #expect(head.handle(.wake, at: ms(1_401)) == [.wake(ms(4_400))])
    }

    @Test
    mutating func `an outcome without a light ends the light before it, and the next vehicle needs no other blank`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        #expect(head.handle(.decided(second, .unjudged), at: ms(1_500)) == [.show(.dark), .wake(nil)])
        #expect(head.handle(.decided(third, .approved), at: ms(1_700)) == [.show(.green), .wake(ms(4_700))])
    }

    @Test mutating func `an outcome without a light takes the place of one that waits`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        _ = head.handle(.decided(second, .approved), at: ms(1_100))
        #expect(head.handle(.decided(third, .readerDown), at: ms(1_200)) == [.wake(nil)])
        #expect(head.handle(.wake, at: ms(1_300)) == [])
    }

    @Test mutating func `a revision changes the aspect of the same vehicle without a blank`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .noTag), at: ms(1_000))
        #expect(head.handle(.revised(first, .approved), at: ms(1_050)) == [.show(.green), .wake(ms(4_050))])
    }

    @Test mutating func `a revision to the same aspect or of an older vehicle changes nothing`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .noTag), at: ms(1_000))
        #expect(head.handle(.revised(first, .notOnList), at: ms(1_050)) == [])
        _ = head.handle(.decided(second, .approved), at: ms(2_000))
        _ = head.handle(.wake, at: ms(2_200))
        #expect(head.handle(.revised(first, .denied), at: ms(2_300)) == [])
        #expect(head.aspect == .green)
    }

    @Test mutating func `a revision during the blank changes what is lit after it`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        _ = head.handle(.decided(second, .noTag), at: ms(1_500))
        #expect(head.handle(.revised(second, .approved), at: ms(1_550)) == [.wake(ms(1_700))])
        #expect(head.handle(.wake, at: ms(1_700)) == [.show(.green), .wake(ms(4_700))])
    }

    @Test mutating func `a revision of a vehicle whose light has ended lights again`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .noTag), at: ms(1_000))
        _ = head.handle(.wake, at: ms(4_000))
        #expect(head.handle(.revised(first, .approved), at: ms(5_000)) == [.show(.green), .wake(ms(8_000))])
    }

    @Test mutating func `a revision to an outcome without a light puts the light out`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .noTag), at: ms(1_000))
        #expect(head.handle(.revised(first, .unjudged), at: ms(1_050)) == [.show(.dark), .wake(nil)])
    }

    @Test mutating func `it is dark after the stop and hears nothing until it is started again (I9)`() {
        _ = head.handle(.start, at: ms(0))
        _ = head.handle(.decided(first, .approved), at: ms(1_000))
        #expect(head.handle(.stop, at: ms(1_100)) == [.show(.dark), .wake(nil)])
        #expect(head.handle(.decided(second, .approved), at: ms(2_000)) == [])
        #expect(head.handle(.revised(second, .noTag), at: ms(2_001)) == [])
        #expect(head.handle(.wake, at: ms(4_000)) == [])
        #expect(head.aspect == .dark)
        #expect(head.handle(.start, at: ms(5_000)) == [.show(.dark), .wake(nil)])
    }

    @Test mutating func `before the start it lights nothing (I9)`() {
        #expect(head.handle(.decided(first, .approved), at: ms(0)) == [])
        #expect(head.aspect == .dark)
    }

    @Test func `without a blank every decision is lit at once, and the one before put out first`() {
        var settings = LightSettings(profile: .classic())
        settings.blank = .zero
        var head = LightHead(settings: settings)
        _ = head.handle(.start, at: ms(0))
        #expect(head.handle(.decided(first, .approved), at: ms(0)) == [.show(.green), .wake(ms(3_000))])
        #expect(
            head.handle(.decided(second, .approved), at: ms(1)) == [.show(.dark), .show(.green), .wake(ms(3_001))])
    }

    @Test(arguments: [LightProfile.classic(), .bergen, .camera, .dark])
    func `in 20 000 steps two vehicles' lights are always a blank apart, and no light outlasts holdMax`(
        _ profile: LightProfile
    ) {
        let settings = LightSettings(profile: profile)
        var world = HeadWorld(settings: settings)
        var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<20_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            world.step(Int64(seed >> 33) % 900, choice: Int(seed >> 24 & 0xFF))
        }
        #expect(world.faults == [])
        #expect(profile == .dark ? world.lights == 0 : world.lights > 1_000)
    }
}

/// A head with a lamp that is watched: what must hold, whatever comes when.
private struct HeadWorld {
    private let settings: LightSettings
    private var head: LightHead
    private var now = Instant(nanoseconds: 0)
    private var wake: Instant?
    private var shown = Aspect.dark
    private var since = Instant(nanoseconds: 0)
    private var vehicle: UInt64 = 0
    private var litVehicle: UInt64 = 0
    private(set) var lights = 0
    private(set) var faults: [String] = []

    init(settings: LightSettings) {
        self.settings = settings
        head = LightHead(settings: settings)
        apply(head.handle(.start, at: now), revising: false)
    }

    mutating func step(_ milliseconds: Int64, choice: Int) {
        let next = now + .milliseconds(milliseconds)
        while let due = wake, due <= next {
            now = due
            wake = nil
            apply(head.handle(.wake, at: now), revising: false)
        }
        now = next
        let outcome = Outcome.allCases[choice % Outcome.allCases.count]
        if choice < 200 {
            vehicle += 1
            apply(head.handle(.decided(PassageID(vehicle), outcome), at: now), revising: false)
        } else {
            let which = vehicle - UInt64(choice & 1)
            apply(head.handle(.revised(PassageID(which), outcome), at: now), revising: true)
        }
    }

    private mutating func apply(_ actions: [LightHead.Action], revising: Bool) {
        for action in actions {
            switch action {
            case .wake(let at): wake = at
            case .show(let aspect): show(aspect)
            }
        }
        if head.aspect != shown { faults.append("the head says \(head.aspect), the lamp shows \(shown)") }
    }

    private mutating func show(_ aspect: Aspect) {
        if shown != .dark, now - since > settings.holdMax { faults.append("lit for \(now - since)") }
        if aspect != .dark {
            lights += 1
            let isOther = litVehicle != vehicle
            if isOther, shown != .dark { faults.append("\(shown) to \(aspect) without dark") }
            if isOther, now - since < settings.blank { faults.append("dark for \(now - since) only") }
            litVehicle = vehicle
        }
        shown = aspect
        since = now
    }
}
