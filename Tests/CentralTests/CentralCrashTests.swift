import Glibc
import SimDisk
import Testing

@testable import Central

/// I2 and I10 at the central server: what it has acknowledged it still has, whatever its disk does.
@Suite struct CentralCrashTests {
    /// How many calls a run makes that nothing befalls.
    private let calls: Int

    init() throws {
        var story = try CentralStory(on: SimulatedDisk(seed: 0))
        story.run()
        calls = story.disk.calls
    }

    @Test func `the story is told to its end on a disk that does nothing wrong`() throws {
        var story = try CentralStory(on: SimulatedDisk(seed: 1))
        story.run()
        #expect(story.failures == 0)
        #expect(story.acknowledged.values.map(\.contiguous.number).sorted() == [6, 20])
        #expect(story.isPhotoAcknowledged)
        #expect(calls > 150)
        try story.startAgain()
        #expect(story.wrong == [])
    }

    @Test(arguments: PowerCut.Style.allCases.indices)
    func `what was acknowledged is there after a power cut at any call (I2, I10)`(index: Int) throws {
        let style = PowerCut.Style.allCases[index]
        // Each call meets two of the styles.
        for call in stride(from: 1 + index % 2, through: calls, by: 2) {
            var story = try CentralStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: .powerCut))
            story.run()
            // What happens after the last commit may need no call any more.
            story.disk.restart(PowerCut(seed: UInt64(call), style))
            try story.startAgain()
            #expect(story.wrong == [], "call \(call), \(style)")
        }
    }

    @Test(arguments: [.error(EIO), .error(ENOSPC), .error(EINTR), .short] as [DiskFault])
    func `one call fails: nothing that was acknowledged is lost, and nothing is there twice (I2)`(fault: DiskFault)
        throws
    {
        var reported = 0
        for call in stride(from: 1, through: calls, by: fault == .error(EIO) ? 1 : 3) {
            var story = try CentralStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: fault))
            story.run(endingWith: PowerCut(seed: UInt64(call), .losesAll))
            reported += story.failures > 0 ? 1 : 0
            let words: Comment = "call \(call), \(fault), \(story.failures) failures"
            #expect(story.acknowledged.values.map(\.contiguous.number).sorted() == [6, 20], words)
            try story.startAgain()
            #expect(story.wrong == [], words)
        }
        if case .error(EIO) = fault { #expect(reported > 50) }
    }

    @Test func `what was acknowledged is there after the server is killed on a dead disk (I2)`() throws {
        for call in stride(from: 1, through: calls, by: 3) {
            var story = try CentralStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: .error(EIO), isLasting: true))
            story.run()
            story.disk.plan(FaultPlan())
            story.disk.endProgram()
            try story.startAgain()
            story.disk.restart(PowerCut(seed: UInt64(call), .losesAll))
            try story.startAgain()
            #expect(story.wrong == [], "call \(call), killed")
        }
    }
}
