/// The lanes that hear one tag, and what each has for it. The better claim has, in this order,
/// 1. heard it more often, where the readers of both lanes tell every read;
/// 2. a vehicle that needs it and came when tags are heard, or one that may still come so;
/// 3. heard it first: a tag answers its own antenna sooner than the neighbour's.
struct TagClaims {
    /// A lane's claim among the others.
    enum Standing: Hashable {
        /// No other lane heard the tag.
        case sole(hearings: UInt8)
        /// Others heard it too, and have less of a claim.
        case best
        case lesser
    }

    /// What a lane has for the tag.
    enum Carrier: Hashable {
        /// No vehicle yet: it waits for one.
        case awaited
        /// A vehicle that has no other tag of its own, with its leading edge, and until when its tag is mostly heard.
        case inNeed(Instant, until: Instant)
        /// A vehicle that has a tag which no other lane heard.
        case hasOther
    }

    private struct Claim {
        var lane = LaneNumber(0)
        var tellsRepeats = false
        var hearings: UInt8 = 0
        var first = Instant(nanoseconds: 0)
        var carrier = Carrier.awaited

        func fit(_ now: Instant, isLast: Bool) -> Int {
            switch carrier {
            case .awaited: now - first <= TagClaims.soon ? 2 : 1
            case .inNeed(let start, let until):
                start - first > TagClaims.soon || first > until ? 1 : isLast ? 3 : 2
            case .hasOther: 0
            }
        }

        func isBetter(than other: Claim, at now: Instant, isLast: Bool) -> Bool {
            if tellsRepeats, other.tellsRepeats, hearings != other.hearings {
                return hearings > other.hearings
            }
            let (own, others) = (fit(now, isLast: isLast), other.fit(now, isLast: isLast))
            return own != others ? own > others : (first, lane) < (other.first, other.lane)
        }
    }

    /// A vehicle at 20 km/h or more comes within this after its tag was first heard, 6 m before the detector.
    static let soon = Interval.seconds(1)
    /// An antenna is heard in its own lane and both neighbours; of more, the first to hear it count.
    private static let most = 4

    private var claims = InlineArray<4, Claim>(repeating: Claim())
    private var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func removeAll() { count = 0 }

    mutating func hear(in lane: LaneNumber, at: Instant, tellsRepeats: Bool) {
        if let index = index(of: lane) {
            if claims[index].hearings < .max { claims[index].hearings += 1 }
        } else if count < Self.most {
            claims[count] = Claim(lane: lane, tellsRepeats: tellsRepeats, hearings: 1, first: at)
            count += 1
        }
    }

    mutating func set(_ carrier: Carrier, in lane: LaneNumber) {
        guard let index = index(of: lane) else { return }
        claims[index].carrier = carrier
    }

    mutating func withdraw(_ lane: LaneNumber) {
        guard let index = index(of: lane) else { return }
        count -= 1
        claims[index] = claims[count]
    }

    /// By how much a lane heard the tag sooner than any other, in nanoseconds, a second more for each time that it heard it more often.
    func lead(of lane: LaneNumber) -> Int64 {
        guard let own = index(of: lane) else { return .min }
        var lead = Int64.max
        for other in 0..<count where other != own {
            var more = claims[other].first.nanoseconds - claims[own].first.nanoseconds
            if claims[own].tellsRepeats, claims[other].tellsRepeats {
                more += (Int64(claims[own].hearings) - Int64(claims[other].hearings)) * 1_000_000_000
            }
            lead = min(lead, more)
        }
        return lead
    }

    func standing(of lane: LaneNumber, at now: Instant, isLast: Bool) -> Standing {
        guard let own = index(of: lane) else { return .lesser }
        if count == 1 { return .sole(hearings: claims[own].tellsRepeats ? claims[own].hearings : 1) }
        for other in 0..<count
        where other != own && !claims[own].isBetter(than: claims[other], at: now, isLast: isLast) {
            return .lesser
        }
        return .best
    }

    private func index(of lane: LaneNumber) -> Int? { (0..<count).first { claims[$0].lane == lane } }
}
