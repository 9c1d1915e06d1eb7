import Station
import Testing

@testable import LaneSim

/// What is broken on purpose is found by the check of its invariant.
@Suite struct CanaryTests {
    @Test(arguments: Canary.allCases)
    func `each is found by the check of its invariant`(canary: Canary) {
        #expect(canary.caught(seeds: 7...12, days: 3) != nil)
    }

    @Test func `the same stations without a canary break nothing`() {
        for seed in UInt64(8)...9 { #expect(SwarmRun(seed: seed, days: 3).violations == []) }
    }
}
