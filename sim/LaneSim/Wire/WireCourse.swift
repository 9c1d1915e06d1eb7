import Lane

/// What a run does to its programs, and when which of them was down.
struct WireCourse: Sendable {
    /// Something that is done to a program.
    enum Deed: Hashable, Sendable {
        /// From one moment to the next, as a power cut does it.
        case kill(Fault.Program)
        /// In order.
        case stop(Fault.Program)
        case start(Fault.Program)
        /// The central server gives out this one of the scenario's lists.
        case publish(Int)
    }

    private var deeds: [(at: Interval, deed: Deed)]
    private(set) var downtimes: [Observation.Downtime] = []
    /// Those that are down, and were not started again.
    private var gone: Set<Fault.Program> = []

    /// - Parameter scenario: lists of its first moment are published before it.
    init(_ scenario: Scenario) {
        var deeds: [(at: Interval, deed: Deed)] = []
        for fault in scenario.faults {
            let (end, program): (Deed, Fault.Program)
            switch fault.deed {
            case .killed(let killed): (end, program) = (.kill(killed), killed)
            case .stopped(let stopped): (end, program) = (.stop(stopped), stopped)
            case .centralAway, .centralBusy: (end, program) = (.stop(.central), .central)
            case _: continue
            }
            deeds.append((fault.at, end))
            if let lasts = fault.lasts { deeds.append((fault.at + lasts, .start(program))) }
        }
        for (number, list) in scenario.lists.enumerated() where list.at > .zero {
            deeds.append((list.at, .publish(number)))
        }
        self.deeds = deeds.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(
            \.element)
    }

    /// When the next deed is due; nil: all are done.
    var next: Interval? { deeds.first?.at }

    /// The deeds that are due by now; each is given once.
    mutating func take(until now: Interval) -> [Deed] {
        let due = deeds.prefix { $0.at <= now }.map(\.deed)
        deeds.removeFirst(due.count)
        return due
    }

    /// Whether something was ended and started again, and does not work as it should yet.
    var isRecovering: Bool { downtimes.contains { $0.to == nil && !gone.contains($0.program) } }

    /// Whether this program was ended and not started again.
    func isGone(_ program: Fault.Program) -> Bool { gone.contains(program) }

    mutating func end(_ program: Fault.Program, at moment: Interval) {
        gone.insert(program)
        downtimes.append(Observation.Downtime(program: program, from: moment))
    }

    /// The program is there again; what it needs may not be.
    mutating func start(_ program: Fault.Program) { gone.remove(program) }

    /// Station, lines, readers and list are as they should be.
    mutating func recover(at moment: Interval) {
        for index in downtimes.indices where downtimes[index].to == nil && !gone.contains(downtimes[index].program) {
            downtimes[index].to = moment
        }
    }
}
