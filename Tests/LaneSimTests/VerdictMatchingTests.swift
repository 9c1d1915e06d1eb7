import Lane
import Testing

@testable import LaneSim

@Suite struct VerdictMatchingTests {
    private func sights(_ result: RunResult) -> [VehicleVerdict.Sight] { result.vehicles.map(\.sight) }

    @Test func `each vehicle has its own passage, whatever was decided for it`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("ola", at: 1_000, tag: "1000000011")
        story.drive("kari", at: 2_000)
        try story.passage(at: 1_000, .noTag)
        try story.passage(at: 2_000, .approved, tag: "1000000011")
        let result = story.result
        #expect(sights(result) == [.seen, .seen])
        #expect(result.vehicles.map(\.passages) == [[0], [1]])
        #expect(result.vehicles.map(\.outcome) == [.noTag, .approved])
        #expect(result.vehicles.map(\.decision) == [.tooStrict, .tooKind])
    }

    @Test func `in dense traffic one vehicle that was missed does not shift all that follow`() throws {
        var story = try Story()
        for number in 0..<20 { story.drive("v\(number)", at: Int64(number) * 500, lasts: 300) }
        for number in 0..<20 where number != 7 { try story.passage(at: Int64(number) * 500, lasts: 300, .noTag) }
        let result = story.result
        #expect(sights(result).enumerated().filter { $0.element != .seen }.map(\.offset) == [7])
        #expect(result.vehicles[7].sight == .missed && result.invented.isEmpty)
        #expect(result.vehicles[19].passages == [18])
    }

    @Test func `a passage too many in dense traffic is nobody's, and shifts nobody`() throws {
        var story = try Story()
        for number in 0..<20 { story.drive("v\(number)", at: Int64(number) * 2_000, lasts: 300) }
        for number in 0..<20 {
            try story.passage(at: Int64(number) * 2_000, lasts: 300, .noTag)
            if number == 7 { try story.passage(at: 15_100, lasts: 100, .noTag) }
        }
        let result = story.result
        #expect(result.invented == [8])
        #expect(sights(result).allSatisfy { $0 == .seen })
    }

    @Test func `one vehicle of which two passages are made is doubled`() throws {
        var story = try Story()
        story.drive("lorry", at: 1_000, lasts: 1_500)
        story.drive("car", at: 3_200)
        try story.passage(at: 1_000, lasts: 400, .noTag)
        try story.passage(at: 1_900, lasts: 600, .noTag)
        try story.passage(at: 3_200, .noTag)
        let result = story.result
        #expect(sights(result) == [.doubled, .seen])
        #expect(result.vehicles[0].passages == [0, 1])
        #expect(result.figures[.vehiclesDoubled] == .init(1, of: 2))
    }

    @Test
    func `two vehicles in one passage are one that was seen and one that was missed, and it is said in which it is`()
        throws
    {
        var story = try Story()
        story.drive("first", at: 1_000, lasts: 600)
        story.drive("second", at: 1_700, lasts: 600)
        try story.passage(at: 1_000, lasts: 1_300, .noTag)
        let result = story.result
        #expect(sights(result) == [.seen, .missed])
        #expect(result.vehicles[1].because == "it is in the passage of vehicle first (record 1, until 2.3 s)")
    }

    @Test func `a trailer that follows slowly is not the vehicle's, and the passage before it not the car's`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("car", at: 5_000, lasts: 1_080)
        story.drive("truck", at: 6_500, tag: "1000000011", lasts: 4_500)
        try story.passage(at: 5_000, lasts: 1_080, .noTag)
        try story.passage(at: 6_500, lasts: 2_000, .approved, tag: "1000000011")
        try story.passage(at: 8_900, lasts: 2_100, .noTag)
        #expect(story.result.vehicles.map(\.passages) == [[0], [1, 2]])
    }

    @Test func `a vehicle between two lanes may be seen in either, and in both it is doubled`() throws {
        for (lanes, sight) in [([1], VehicleVerdict.Sight.seen), ([2], .seen), ([1, 2], .doubled), ([], .missed)] {
            var story = try Story()
            let number = story.drive("wide", at: 1_000)
            story.plan.vehicles[number].alsoIn = LaneNumber(2)
            story.drive("other", lane: 2, at: 2_200)
            for lane in lanes { try story.passage(lane: UInt8(lane), at: 1_000, .noTag) }
            try story.passage(lane: 2, at: 2_200, .noTag)
            #expect(sights(story.result) == [sight, .seen])
        }
    }

    @Test func `a passage that a read alone opened belongs to a vehicle whose tag was heard`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("silent", at: 1_000)
        story.drive("tagged", at: 1_600, tag: "1000000011")
        try story.passage(at: 1_400, .approved, tag: "1000000011", flags: ["withoutDetector"])
        #expect(story.result.vehicles.map(\.passages) == [[], [0]])
    }

    @Test func `thousands of vehicles at the shortest headway are matched in no time, each with its own`() throws {
        var story = try Story()
        for number in 0..<5_000 {
            story.drive("v\(number)", at: Int64(number) * 500, lasts: 300)
            try story.passage(at: Int64(number) * 500 + 20, lasts: 300, .noTag)
        }
        let result = story.result
        #expect(result.vehicles.allSatisfy { $0.passages == [$0.number] })
    }

    /// Every way of seeing, missing and doubling four vehicles, and of inventing one: the truth comes back.
    @Test func `what is missed, doubled and invented is told in every combination`() throws {
        for pattern in 0..<(3 * 3 * 3 * 3) {
            var story = try Story()
            var rest = pattern
            var expected: [VehicleVerdict.Sight] = []
            for number in 0..<4 {
                let at = Int64(number) * 1_200
                story.drive("v\(number)", at: at, lasts: 700)
                switch rest % 3 {
                case 0: expected.append(.missed)
                case 1:
                    expected.append(.seen)
                    try story.passage(at: at, lasts: 700, .noTag)
                default:
                    expected.append(.doubled)
                    try story.passage(at: at, lasts: 200, .noTag)
                    try story.passage(at: at + 400, lasts: 300, .noTag)
                }
                rest /= 3
            }
            let result = story.result
            #expect(sights(result) == expected, "pattern \(pattern)")
            #expect(result.invented.isEmpty)
        }
    }
}
