import Testing

@testable import Bench

struct `Figures of a benchmark` {
    @Test(arguments: [(1, 1), (50, 50), (99, 99), (100, 100)])
    func `a percentile of 1 to 100 is itself`(percent: Int, expected: Int) {
        #expect(Sample((1...100).shuffled()).percentile(percent) == expected)
    }

    @Test func `of few values the nearest rank is taken`() {
        let sample = Sample([30, 10, 20])
        #expect(sample.percentile(1) == 10)
        #expect((sample.lowerQuartile, sample.median, sample.upperQuartile) == (10, 20, 30))
        #expect(sample.percentile(99) == 30)
        #expect(Sample([7]).median == 7)
    }

    @Test func `the ratio is the median of the rounds' ratios, not the ratio of the medians`() {
        var comparison = Comparison("x", unit: "µs", goal: .atMost(1.2), note: "")
        comparison.rounds = [(10, 10), (30, 20), (22, 20), (400, 100)].map { .init(ours: $0.0, other: $0.1) }
        let result = comparison.result(machine: "m", isQuick: false, noisyRounds: 1)
        #expect(result.ratio == 1.1)
        #expect(result.spread == BenchResult.Spread(lower: 1, upper: 1.5))
        #expect((result.ours, result.other, result.rounds) == (22, 20, 4))
        #expect(result.isReached == true)
    }

    @Test func `a goal is met from its own side`() {
        #expect(Comparison.Goal.atMost(1.2).isReached(by: 1.2, ours: 9))
        #expect(!Comparison.Goal.atMost(1.2).isReached(by: 1.21, ours: 9))
        #expect(Comparison.Goal.atLeast(0.9).isReached(by: 0.9, ours: 9))
        #expect(!Comparison.Goal.atLeast(0.9).isReached(by: 0.89, ours: 9))
        #expect(Comparison.Goal.oursAtMost(9).isReached(by: 5, ours: 9))
        #expect(!Comparison.Goal.oursAtMost(9).isReached(by: 0.1, ours: 9.1))
    }
}
