import Lane

/// What a run came to.
struct TortureResult: Sendable {
    /// A vehicle that is missing, and may be.
    struct Excused: Hashable, Sendable {
        let round: Int
        let vehicle: String
        /// From the round's first moment on.
        let at: Interval
        let program: Fault.Program
        /// The program ended after it had come, and may not have committed it; else it was down when the vehicle came.
        let isUncommitted: Bool
        /// Its tag has a record of its own.
        let hasRecord: Bool
    }

    /// Vehicles of the simulated road.
    var vehicles = 0
    /// At the central server.
    var passages = 0
    var records = 0
    /// Messages of readers that the station has acknowledged, and that name a tag.
    var acknowledged = 0
    var journals = 0
    /// What is gone, what is there twice, what is not in its place; each in words.
    var lost: [String] = []
    var duplicated: [String] = []
    var outOfOrder = 0
    var excused: [Excused] = []
    /// What must never be, and is none of these.
    var troubles: [String] = []

    var isGood: Bool { lost.isEmpty && duplicated.isEmpty && outOfOrder == 0 && troubles.isEmpty }

    /// What is wrong, a line each.
    var complaints: [String] {
        lost.map { "lost: \($0)" } + duplicated.map { "twice: \($0)" }
            + (outOfOrder == 0 ? [] : ["\(outOfOrder) records at the central server are not the journal's next one"])
            + troubles
    }
}

extension TortureResult.Excused {
    /// `round 3, lane1.17 at 12.3 s: the station was down; its tag has a record of its own`
    var words: String {
        let was = isUncommitted ? "ended before it was committed" : program == .devices ? "were down" : "was down"
        return "round \(round), \(vehicle) at \((at.milliseconds / 100 * 100).thousandths) s: \(program.words) \(was)"
            + (hasRecord ? "; its tag has a record of its own" : "")
    }
}
