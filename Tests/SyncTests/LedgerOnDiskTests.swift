import Testing

@testable import Sync

/// The ledger and its journal together, on a disk that fails and loses power by chance: one seed, one run.
@Suite struct LedgerOnDiskTests {
    @Test func `what was acknowledged or committed is there, once and in order, whatever the disk does (I1, I2)`()
        throws
    {
        var crashes = 0
        var failures = 0
        for seed in Array(0..<40) + [302] as [UInt64] {
            var story = LedgerOnDisk(seed: seed)
            try story.run(120)
            crashes += story.crashes
            failures += story.failures
        }
        #expect(crashes > 100 && failures > 100)
    }
}
