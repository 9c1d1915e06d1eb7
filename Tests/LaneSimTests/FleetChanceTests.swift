import Lane
import Peripherals
import Testing

@testable import LaneSim

struct ZoneStayTests {
    /// What a tag in a zone came to, over many vehicles.
    private struct Sum {
        var reads = 0
        var unread = 0
        /// From the moment it entered until the first read, in microseconds.
        var first: Int64 = 0

        mutating func add(_ moments: [Instant]) {
            reads += moments.count
            guard let moment = moments.first else { return unread += 1 }
            first += moment.nanoseconds / 1_000
        }

        var meanFirst: Int64 { first / Int64(max(1, ZoneStayTests.vehicles - unread)) }
    }

    private static let vehicles = 40_000
    private static let field = FleetLane.field

    /// Each attempt by itself: it succeeds or not, and a tag that was reported is not reported again for a while.
    private static func stepped(_ length: Interval, success: Int, _ chance: inout SmallGenerator) -> [Instant] {
        var moments: [Instant] = []
        var at = Instant(nanoseconds: Int64(chance.next() % UInt64(field.every.nanoseconds)))
        while at <= Instant(nanoseconds: length.nanoseconds) {
            let pause = moments.count < field.reportsMoving ? field.reportsEvery : field.reportsStanding
            let isQuiet = moments.last.map { at < $0 + pause } ?? false
            if chance.next() % 1_000_000 < UInt64(success), !isQuiet { moments.append(at) }
            at = at + field.every
        }
        return moments
    }

    private static func drawn(_ length: Interval, success: Int, _ chance: inout SmallGenerator) -> [Instant] {
        let answers = ReadChance(partsPerMillion: success)
        var stay = ZoneStay(
            from: Instant(nanoseconds: 0), until: Instant(nanoseconds: length.nanoseconds), phase: chance.next(), field)
        var moments: [Instant] = []
        while let at = stay.next(answers, field, &chance) { moments.append(at) }
        return moments
    }

    /// The physics of the lane, attempt by attempt, against one draw for each read: as many reads, as many tags unheard, as long
    /// until the first read. Motorway, town, queue; each mounting.
    @Test(arguments: [field.good, field.wrong, field.loose], [Int64(220), 560, 3_000])
    func `reads in closed form are those of the lane's physics`(success: Int, milliseconds: Int64) {
        var chance = SmallGenerator(seed: 11)
        var (steps, draws) = (Sum(), Sum())
        for _ in 0..<Self.vehicles {
            steps.add(Self.stepped(.milliseconds(milliseconds), success: success, &chance))
            draws.add(Self.drawn(.milliseconds(milliseconds), success: success, &chance))
        }
        #expect(abs(draws.reads - steps.reads) * 50 < steps.reads, "reads \(draws.reads), \(steps.reads)")
        // Three standard deviations of the difference of two such counts.
        #expect(abs(draws.unread - steps.unread) < 430, "unread \(draws.unread), \(steps.unread)")
        #expect(
            abs(draws.meanFirst - steps.meanFirst) * 20 < steps.meanFirst,
            "first after \(draws.meanFirst) µs, \(steps.meanFirst) µs")
    }
}

struct FleetDigestTests {
    private func digest(_ bytes: [UInt8]) -> UInt64 {
        var digest = FleetDigest(seed: 1)
        digest.fold(bytes)
        return digest.value
    }

    @Test func `every flipped bit, every cut and every zero added is another digest`() {
        let bytes = (0..<67).map { UInt8(truncatingIfNeeded: $0 * 37) }
        var seen: Set<UInt64> = [digest(bytes)]
        for bit in 0..<bytes.count * 8 {
            var other = bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(seen.insert(digest(other)).inserted)
        }
        for count in 0..<bytes.count { #expect(seen.insert(digest(Array(bytes[..<count]))).inserted) }
        for count in 1...40 { #expect(seen.insert(digest(bytes + [UInt8](repeating: 0, count: count))).inserted) }
    }

    @Test func `the order of two records counts`() {
        var (one, other) = (FleetDigest(seed: 1), FleetDigest(seed: 1))
        one.fold([1, 2])
        one.fold([3, 4])
        other.fold([3, 4])
        other.fold([1, 2])
        #expect(one != other)
    }
}
