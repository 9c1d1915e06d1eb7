import Lane
import Testing

@testable import Peripherals

struct FaultyLineTests {
    private let start = Instant(nanoseconds: 0)
    private let frame = Array("#4KING 13029A91\r\n".utf8)

    @Test func `a calm line passes what it is given`() {
        var line = FaultyLine(seed: 1)
        #expect(line.pass(frame) == frame)
        #expect(line.wake == nil)
    }

    @Test func `damage flips one bit in each of so many frames`() {
        var line = FaultyLine(seed: 1)
        #expect(line.request(.damage(frames: 2), at: start) == [])
        for _ in 0..<2 {
            let bits = zip(line.pass(frame), frame).map { ($0 ^ $1).nonzeroBitCount }
            #expect(bits.reduce(0, +) == 1)
        }
        #expect(line.pass(frame) == frame)
    }

    @Test func `cut frames are shorter, swallowed ones do not come, and faults wait for their turn`() {
        var line = FaultyLine(seed: 1)
        _ = line.request(.cut(frames: 1), at: start)
        _ = line.request(.swallow(frames: 1), at: start)
        let cut = line.pass(frame)
        #expect(cut.count < frame.count && frame.starts(with: cut))
        #expect(line.pass(frame) == [])
        #expect(line.pass(frame) == frame)
    }

    @Test func `joined frames lose their end mark, repeated ones come twice, late ones with the next`() {
        var line = FaultyLine(seed: 1)
        _ = line.request(.join(frames: 1), at: start)
        _ = line.request(.repeat(frames: 1), at: start)
        _ = line.request(.delay(frames: 1), at: start)
        #expect(line.pass(frame) == Array("#4KING 13029A91".utf8))
        #expect(line.pass(frame) == frame + frame)
        #expect(line.pass(frame) == [])
        #expect(line.pass(frame) == frame + frame)
        #expect(line.pass(frame) == frame)
    }

    @Test func `babble comes in pieces for its time, and no frame passes meanwhile`() {
        var line = FaultyLine(seed: 1)
        _ = line.request(.babble(.milliseconds(30)), at: start)
        var bytes = 0
        var now = start
        while let due = line.wake {
            now = due
            bytes += line.babble(at: now).count
            if line.wake != nil { #expect(line.pass(frame) == []) }
        }
        #expect(now == start + .milliseconds(30))
        #expect(bytes == 30)
        #expect(line.pass(frame) == frame)
    }

    @Test func `one seed, one run`() {
        var (one, same, other) = (FaultyLine(seed: 7), FaultyLine(seed: 7), FaultyLine(seed: 8))
        let noise = one.request(.noise(bytes: 50), at: start)
        #expect(noise.count == 50)
        #expect(same.request(.noise(bytes: 50), at: start) == noise)
        #expect(other.request(.noise(bytes: 50), at: start) != noise)
    }
}
