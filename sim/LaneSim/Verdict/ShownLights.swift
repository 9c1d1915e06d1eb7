import Lane
import Lights

/// What the heads showed for each passage: from its decision to that of the next one in its lane.
struct ShownLights {
    /// What one passage's head was told to light, in order; nothing when it stayed dark.
    private(set) var lit: [[Observation.Lamp]]

    /// - Parameter early: a lamp may be told so long before the decision that lit it.
    init(_ passages: [SeenPassage], _ lamps: [Observation.Lamp], early: Interval) {
        lit = passages.map { _ in [] }
        for lane in Set(passages.map(\.lane)).sorted() {
            let order = passages.indices.filter { passages[$0].lane == lane }.sorted {
                (passages[$0].decidedAt, $0) < (passages[$1].decidedAt, $1)
            }
            var next = 0
            for lamp in lamps where lamp.lane == lane {
                while next < order.count, passages[order[next]].decidedAt - early <= lamp.at { next += 1 }
                guard next > 0, lamp.aspect != .dark else { continue }
                lit[order[next - 1]].append(lamp)
            }
        }
    }
}

extension Aspect {
    /// How kind a head is to a driver: green says more than white, dark says nothing, the top place says that something is wrong.
    var kindness: Int {
        switch self {
        case .green: 3
        case .white: 2
        case .dark: 1
        case .top: 0
        }
    }
}
