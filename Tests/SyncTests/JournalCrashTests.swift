import Glibc
import SimDisk
import Storage
import Testing

@testable import Sync

/// I1 and I10 of the journal: power cuts at every call, faults of every call, whatever the disk makes of what was not synced.
@Suite struct JournalCrashTests {
    /// What the file holds after each commit, and how many calls a run makes that nothing befalls.
    private static let told: (states: [[String]], calls: Int) = {
        var whole = JournalStory(on: SimulatedDisk(seed: 0))
        whole.run(notesStates: true)
        var bare = JournalStory(on: SimulatedDisk(seed: 0))
        bare.run()
        return (whole.states, bare.disk.calls)
    }()

    /// What has to be in the file after so many commits: that, or one more that was under way.
    private func check(_ story: JournalStory, _ words: Comment) {
        let contents = JournalStory.contents(of: story.disk)
        let states = Self.told.states
        if story.isOpen {
            let legal = states[story.committed...].prefix(2)
            #expect(contents.map { legal.contains($0) } == true, words)
        } else {
            #expect(contents.map { $0 == states[0] } ?? true, words)
        }
    }

    /// The next start finds no damage where none was, and everything in order.
    private func checkNextStart(_ story: JournalStory, _ words: Comment) throws {
        do {
            try makeFolder(JournalStory.folder, on: story.disk)
            let journal = try Journal.open(
                folder: JournalStory.folder, context: context, stamp: stamp(200), on: story.disk,
                newID: { journalA })
            #expect(journal.opened.setAside == nil, words)
            #expect(journal.opened.journal == journalA, words)
        }
        #expect(JournalStory.problem(on: story.disk) == nil, words)
    }

    @Test func `the story is told to its end on a disk that does nothing wrong`() {
        #expect(Self.told.states.count == 19)
        #expect(Set(Self.told.states).count == Self.told.states.count)
        #expect(Self.told.calls > 200)
        var story = JournalStory(on: SimulatedDisk(seed: 1))
        story.run()
        #expect(story.failures == [])
    }

    @Test(arguments: PowerCut.Style.allCases.indices)
    func `what was committed is there after a power cut at any call (I1, I10)`(index: Int) throws {
        let style = PowerCut.Style.allCases[index]
        // Each call meets two of the styles.
        for call in stride(from: 1 + index % 2, through: Self.told.calls, by: 2) {
            var story = JournalStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: .powerCut))
            story.run()
            // What happens after the last commit may need no call any more.
            story.disk.restart(PowerCut(seed: UInt64(call), style))
            check(story, "call \(call), \(style)")
            try checkNextStart(story, "call \(call), \(style)")
        }
    }

    @Test func `what was committed is there after the program is killed, and a power cut later (I1)`() throws {
        for call in stride(from: 1, through: Self.told.calls, by: 3) {
            var story = JournalStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: .error(EIO), isLasting: true))
            story.run()
            story.disk.plan(FaultPlan())
            story.disk.endProgram()
            check(story, "call \(call), killed")
            try checkNextStart(story, "call \(call), killed")
        }
    }

    @Test(arguments: [.error(EIO), .error(ENOSPC), .error(EINTR), .short] as [DiskFault])
    func `one call fails: nothing that was committed is lost, and nothing is there twice (I1)`(fault: DiskFault) throws
    {
        var reported = 0
        for call in stride(from: 1, through: Self.told.calls, by: fault == .error(EIO) ? 1 : 3) {
            var story = JournalStory(on: SimulatedDisk(seed: UInt64(call)))
            story.disk.plan(.failing(call: call, with: fault))
            story.run(endingWith: PowerCut(seed: UInt64(call), .losesAll))
            if !story.failures.isEmpty { reported += 1 }
            let words: Comment = "call \(call), \(fault), \(story.failures)"
            #expect(story.committed == Self.told.states.count - 1, words)
            #expect(JournalStory.contents(of: story.disk) == Self.told.states.last, words)
            #expect(story.disk.wornSyncs == 0 || story.openingsFailed > 0, words)
            try checkNextStart(story, words)
        }
        if case .error(EIO) = fault { #expect(reported > 100) }
    }

    @Test func `what a failed sync left in memory alone is written anew at the next start (I1)`() throws {
        var failures = 0
        for call in 1...4 {
            for seed in 0..<40 as Range<UInt64> {
                let disk = SimulatedDisk(seed: seed)
                do {
                    var journal = try open(disk)
                    _ = try journal.commit([.seal(write(1, event, stamp(80)))])
                    disk.plan(.failing(call: call, with: .error(EIO)))
                    do { _ = try journal.commit([.seal(write(2, event, stamp(90)))]) } catch {
                        failures += error.isFromSync ? 1 : 0
                    }
                    disk.plan(FaultPlan())
                    disk.endProgram()
                    _ = consume journal
                }
                var journal = try open(disk)
                _ = try journal.commit([
                    .seal(write(journal.opened.sealedUpTo.next.number, event, stamp(99)))
                ])
                let contents = JournalStory.contents(of: disk)
                disk.restart(PowerCut(seed: seed, .losesAll))
                _ = consume journal
                #expect(JournalStory.contents(of: disk) == contents, "call \(call), seed \(seed)")
            }
        }
        #expect(failures >= 40)
    }

    private func open(_ disk: SimulatedDisk) throws -> LastingJournal {
        try makeFolder(JournalStory.folder, on: disk)
        let journal = try Journal.open(
            folder: JournalStory.folder, context: context, stamp: stamp(80), on: disk, newID: { journalA })
        return LastingJournal(journal, on: disk)
    }
}
