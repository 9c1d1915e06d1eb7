import Exchange
import Lane
import Station

/// What the journal says of the civil clock and of the list in force, at each moment of each boot.
///
/// Every record's head is a sample of the clock; a change of it, and a list that is put in force, has a record of its own.
struct ReplayTimeline: Sendable {
    struct Clock: Hashable, Sendable {
        let utc: UTC
        let isGood: Bool
    }

    /// What is known of the list at a moment.
    enum InForce: Hashable, Sendable {
        /// The journal does not go back so far.
        case unknown
        case none
        case list(ListVersion)
    }

    fileprivate struct Sample {
        var at: Instant
        let stamp: Stamp
    }

    fileprivate struct Change {
        let at: Instant
        let list: ListVersion?
        var inForce: InForce { list.map { .list($0) } ?? .none }
    }

    fileprivate struct Boot {
        var samples: [Sample] = []
        var lists: [Change] = []
    }

    /// Samples that agree to within this are one: what the clock is slewed by meanwhile. A step is 200 ms or more.
    private static let agree: Int64 = 50

    private var boots: [String: Boot] = [:]

    /// Notes what a record says. Records come in the order of their sequence, which is not that of their time.
    mutating func note(_ fields: RecordFields) {
        guard let utc = UTC(text: fields.at.utc) else { return }
        let at = Instant(nanoseconds: fields.at.mono)
        let stamp = Stamp(at: at, utc: utc, clock: fields.clock == ClockQuality.good.word ? .good : .unknown)
        var boot = boots[fields.boot] ?? Boot()
        boot.note(stamp, agree: Self.agree)
        switch fields.event {
        case "start": boot.lists.append(Change(at: at, list: nil))
        // One that is found damaged while it is in force leaves none, and says so by its alarm.
        case "degraded" where fields.alarm == Alarm.noList.rawValue && fields.set == true:
            boot.lists.append(Change(at: at, list: nil))
        case "listInForce": if let list = fields.list { boot.lists.append(Change(at: at, list: list.identity)) }
        default: break
        }
        boots[fields.boot] = boot
    }

    /// Puts what was noted in the order of time.
    mutating func sort() {
        for key in boots.keys {
            boots[key]?.samples.sort { $0.at < $1.at }
            boots[key]?.lists.sort { $0.at < $1.at }
        }
    }

    /// The civil clock at a moment; nil in a boot that has no record.
    func clock(at moment: Instant, in boot: String) -> Clock? {
        guard let samples = boots[boot]?.samples, let first = samples.first else { return nil }
        let sample = samples.last { $0.at <= moment } ?? first
        return Clock(utc: sample.stamp.utc(at: moment), isGood: sample.stamp.clock == .good)
    }

    /// The lists in force between two moments, the first one first.
    func lists(from: Instant, to: Instant, in boot: String) -> [InForce] {
        let changes = boots[boot]?.lists ?? []
        let before = changes.last { $0.at <= from }
        let during = changes.filter { from < $0.at && $0.at <= to }
        return [before.map(\.inForce) ?? .unknown] + during.map(\.inForce)
    }
}

extension ReplayTimeline.Boot {
    /// A sample that agrees with the last one only says that it held earlier already.
    fileprivate mutating func note(_ stamp: Stamp, agree: Int64) {
        if let last = samples.last, last.stamp.clock == stamp.clock,
            abs(last.stamp.utc(at: stamp.at).milliseconds - stamp.utc.milliseconds) <= agree
        {
            samples[samples.count - 1].at = min(last.at, stamp.at)
        } else {
            samples.append(ReplayTimeline.Sample(at: stamp.at, stamp: stamp))
        }
    }
}

extension RecordFields.List {
    /// The version that the member names.
    var identity: ListVersion { ListVersion(epoch: epoch, version: version) }
}
