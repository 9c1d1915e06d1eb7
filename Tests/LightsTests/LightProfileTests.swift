import Lane
import Testing

@testable import Lights

@Suite struct LightProfileTests {
    /// The table of tolling facts §2, written again by hand: outcome, classic, bergen, camera.
    static let table: [(Outcome, Aspect, Aspect, Aspect)] = [
        (.approved, .green, .green, .green),
        (.noticePrepaidLow, .white, .white, .white),
        (.noticeOverdue, .green, .white, .white),
        (.blocked, .top, .dark, .top),
        (.denied, .top, .dark, .top),
        (.expired, .top, .dark, .top),
        (.notYetValid, .top, .dark, .top),
        (.notOnList, .top, .dark, .top),
        (.issuerNotAccepted, .top, .dark, .top),
        (.malformed, .top, .dark, .top),
        (.authenticationFailed, .top, .dark, .top),
        (.unreadable, .top, .dark, .top),
        (.noTag, .top, .dark, .top),
        (.unjudged, .dark, .dark, .dark),
        (.readerDown, .dark, .dark, .dark),
    ]

    @Test(arguments: table) func `the shipped profiles are the decision table`(
        _ outcome: Outcome, _ classic: Aspect, _ bergen: Aspect, _ camera: Aspect
    ) {
        #expect(LightProfile.classic().aspect(for: outcome) == classic)
        #expect(LightProfile.bergen.aspect(for: outcome) == bergen)
        #expect(LightProfile.camera.aspect(for: outcome) == camera)
        #expect(LightProfile.dark.aspect(for: outcome) == .dark)
    }

    @Test func `the table above names every outcome`() {
        #expect(Set(Self.table.map(\.0)) == Set(Outcome.allCases))
    }

    @Test func `classic can warn of an overdue agreement`() {
        let warning = LightProfile.classic(noticeOverdue: .white)
        #expect(warning.aspect(for: .noticeOverdue) == .white)
        for outcome in Outcome.allCases where outcome != .noticeOverdue {
            #expect(warning.aspect(for: outcome) == LightProfile.classic().aspect(for: outcome))
        }
    }

    @Test func `camera and classic differ in what the top place is called`() {
        #expect(LightProfile.classic().word(for: .top) == "yellow")
        #expect(LightProfile.camera.word(for: .top) == "camera")
        #expect(LightProfile.camera.word(for: .green) == "green")
        #expect(LightProfile.camera.word(for: .dark) == "dark")
    }

    @Test func `shipped profiles have names of their own`() {
        #expect(LightProfile.shipped.map(\.name) == ["classic", "bergen", "camera", "dark"])
    }

    @Test func `a site's own profile is made from words`() throws {
        let words = Outcome.allCases.map { (outcome: $0.word, aspect: $0.isApproval ? "green" : "top") }
        let profile = try LightProfile(name: "own", top: .line, words: words)
        #expect(profile.aspect(for: .noticeOverdue) == .green)
        #expect(profile.aspect(for: .readerDown) == .top)
        #expect(profile.word(for: .top) == "line")
    }

    @Test(arguments: Outcome.allCases) func `a profile that leaves an outcome out is refused, and the outcome named`(
        _ left: Outcome
    ) {
        let words = Outcome.allCases.filter { $0 != left }.map { (outcome: $0.word, aspect: "dark") }
        let error = #expect(throws: LightProfileError.self) {
            try LightProfile(name: "own", top: .yellow, words: words)
        }
        #expect(error == .missing([left]))
        #expect(error?.description == "leaves out \(left.word); a profile names an aspect for every outcome")
    }

    @Test func `all outcomes that are left out are named together`() {
        let error = #expect(throws: LightProfileError.self) {
            try LightProfile(name: "own", top: .yellow, aspects: [.approved: .green])
        }
        #expect(error == .missing(Outcome.allCases.filter { $0 != .approved }))
    }

    @Test func `an unknown word is refused`() {
        #expect(throws: LightProfileError.unknownOutcome("approvd")) {
            try LightProfile(name: "own", top: .yellow, words: [("approvd", "green")])
        }
        #expect(throws: LightProfileError.unknownAspect("red", for: .denied)) {
            try LightProfile(name: "own", top: .yellow, words: [("denied", "red")])
        }
        #expect(throws: LightProfileError.twice(.denied)) {
            try LightProfile(name: "own", top: .yellow, words: [("denied", "top"), ("denied", "dark")])
        }
    }
}

@Suite struct AspectTests {
    @Test(arguments: Aspect.allCases) func `an aspect lights one place at the most (I9)`(_ aspect: Aspect) {
        let (top, white, green) = aspect.lamps
        #expect([top, white, green].count { $0 } == (aspect == .dark ? 0 : 1))
        #expect(Aspect(word: aspect.word) == aspect)
    }

    @Test(arguments: TopPlace.allCases) func `a top place is found again by its word`(_ place: TopPlace) {
        #expect(TopPlace(word: place.word) == place)
    }
}
