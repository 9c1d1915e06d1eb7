import Lane
import Peripherals

/// What is done to the programs, the network and the disk in one round, and when: drawn from the seed and the round's number.
struct TortureCourse: Sendable {
    enum Deed: Hashable, Sendable {
        /// SIGKILL.
        case kill(Fault.Program)
        case start(Fault.Program)
        /// SIGSTOP.
        case pause(Fault.Program)
        /// SIGCONT.
        case goOn(Fault.Program)
        case link(SimulatedLink.Behaviour)
        /// The station's file system has no room any more.
        case fill
        case release
    }

    struct Step: Hashable, Sendable {
        /// From the round's first moment on.
        let at: Interval
        let deed: Deed
    }

    /// So many kills before everything has to be delivered: three quarters of a minute of traffic.
    static let kills = 10

    /// In the order of their moments.
    private(set) var steps: [Step] = []
    /// All programs, the network and the disk are as they should be from here on.
    private(set) var ends = Interval.zero
    private var chance: Chance
    /// From when on something else may be done to a program.
    private var free: [Fault.Program: Interval] = [:]

    init(seed: UInt64, round: Int, kills: Int) {
        chance = Chance(seed: seed, of: "round \(round)")
        var at = Interval.seconds(2)
        for _ in 0..<kills {
            at = at + draw(2_000, 7_000)
            kill(at)
            if chance.happens(300_000) { pause(at + draw(0, 2_000)) }
        }
        let last = free.values.max() ?? at
        at = .seconds(1)
        while at < last { at = link(at + draw(500, 5_000)) }
        at = .seconds(3)
        while at < last { at = fill(at + draw(3_000, 12_000)) }
        ends = (steps.map(\.at).max() ?? .zero) + .milliseconds(500)
        // A stable order, so that of one moment's deeds the first drawn is the first done.
        steps = steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Kills a program, one time in five while it stands still, and starts it after a pause.
    private mutating func kill(_ moment: Interval) {
        let program = program()
        var at = max(moment, free[program] ?? .zero)
        if chance.happens(200_000) {
            steps.append(Step(at: at, deed: .pause(program)))
            at = at + draw(100, 1_000)
        }
        steps.append(Step(at: at, deed: .kill(program)))
        let start = at + draw(0, 1_500)
        steps.append(Step(at: start, deed: .start(program)))
        free[program] = start + .milliseconds(200)
    }

    /// Lets a program stand still; the station now and then for longer than its watchdog allows.
    private mutating func pause(_ moment: Interval) {
        let program = program()
        let at = max(moment, free[program] ?? .zero)
        let isLong = program == .station && chance.happens(125_000)
        let end = at + (isLong ? draw(6_000, 8_000) : draw(100, 2_500))
        steps.append(Step(at: at, deed: .pause(program)))
        steps.append(Step(at: end, deed: .goOn(program)))
        free[program] = end + .milliseconds(200)
    }

    private mutating func link(_ at: Interval) -> Interval {
        let end = at + draw(200, 5_000)
        let behaviour: SimulatedLink.Behaviour =
            switch chance.below(5) {
            case 0: .refuses
            case 1: .slow(draw(20, 1_500))
            case 2: .cuts(after: chance.below(6_000))
            case 3: .answersLost
            default: .hangs
            }
        steps.append(Step(at: at, deed: .link(behaviour)))
        steps.append(Step(at: end, deed: .link(.passes)))
        return end
    }

    private mutating func fill(_ at: Interval) -> Interval {
        let end = at + draw(500, 5_000)
        steps.append(Step(at: at, deed: .fill))
        steps.append(Step(at: end, deed: .release))
        return end
    }

    /// The station half of the time: it is what is tried.
    private mutating func program() -> Fault.Program {
        switch chance.below(4) {
        case 0: .central
        case 1: .devices
        default: .station
        }
    }

    /// Between two numbers of milliseconds.
    private mutating func draw(_ least: Int64, _ most: Int64) -> Interval {
        .milliseconds(chance.any(of: least...most))
    }
}
