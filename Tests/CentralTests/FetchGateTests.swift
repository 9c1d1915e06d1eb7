import Lane
import Testing

@testable import Central

@Suite struct `The gate of list fetches` {
    private let now = Instant(nanoseconds: 1_000_000_000_000)

    /// A gate at which so many have begun.
    private func gate(_ begun: Int, most: Int = 2) -> FetchGate {
        var gate = FetchGate(most: most)
        for _ in 0..<begun { #expect(gate.begin(isFirst: true, at: now) == .goOn) }
        return gate
    }

    @Test func `lets so many begin, and one more for each that has ended`() {
        var gate = gate(2)
        #expect(gate.begin(isFirst: true, at: now) == .wait(.seconds(5)))
        gate.ended()
        #expect(gate.begin(isFirst: true, at: now) == .goOn)
        #expect(gate.underWay == 2)
    }

    @Test func `lets go on what has begun, up to as many again`() {
        var gate = gate(2)
        #expect(gate.begin(isFirst: false, at: now) == .goOn)
        #expect(gate.begin(isFirst: false, at: now) == .goOn)
        #expect(gate.begin(isFirst: false, at: now) != .goOn)
        gate.ended()
        #expect(gate.begin(isFirst: true, at: now) != .goOn)
        #expect(gate.begin(isFirst: false, at: now) == .goOn)
    }

    @Test func `offers nothing while it is full, and counts no offer`() {
        var gate = gate(1)
        for _ in 1...5 { #expect(gate.offer(at: now) == .goOn) }
        #expect(gate.begin(isFirst: true, at: now) == .goOn)
        #expect(gate.offer(at: now) == .wait(.seconds(5)))
    }

    @Test func `gives each that waits a turn of its own`() {
        var gate = gate(2)
        let turns = (0..<300).map { _ in gate.offer(at: now) }
        #expect(turns == (0..<300).map { .wait(.seconds(5 + $0)) })
    }

    @Test func `begins with the first turn again after the longest wait, and when time has passed`() {
        var gate = gate(2)
        let most = 596
        for _ in 0..<most { _ = gate.offer(at: now) }
        #expect(gate.offer(at: now) == .wait(.seconds(5)))
        #expect(gate.offer(at: now) == .wait(.seconds(6)))
        #expect(gate.offer(at: now + .seconds(60)) == .wait(.seconds(5)))
    }
}
