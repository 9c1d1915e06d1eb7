import FoundationEssentials
import Lane
import LaneSim
import Station

/// `year-vs-loop` and `year-vs-simpy`: vehicles a second of `lanesim year` against an event loop that does nothing but move
/// vehicles on and off a lane.
struct YearLoop {
    private static let days = 8
    private static let agreements = 4_000_000
    private static let loopVehicles = 1_000_000
    private static let simPyVehicles = 50_000

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] {
        let note = """
            vehicles a second on one thread; ours: edges, reads, timers, lookup among \(agreements) agreements, record and \
            digest of \(days) days of a station; other:
            """
        var loop = Comparison(
            "year-vs-loop", unit: "vehicles/s", goal: nil,
            note: note + " two events a vehicle in a binary heap, in Swift")
        var simPy = Comparison(
            "year-vs-simpy", unit: "vehicles/s", goal: nil, note: note + " the same two events in SimPy")
        let folder = try BenchFolder("bench-year")
        let python = try SimPySide(folder: folder.path)
        if python == nil { Terminal.print("year-vs-simpy: SimPy is not installed; pip install simpy") }
        var pace = try FleetPace(agreements: agreements)
        for round in 0..<settings.rounds {
            let (vehicles, took) = pace.run(days: days)
            let ours = Self.rate(vehicles, took)
            loop.rounds.append(.init(ours: ours, other: BareLoop.rate(vehicles: loopVehicles, seed: UInt64(round))))
            guard let python else { continue }
            simPy.rounds.append(.init(ours: ours, other: try python.rate(vehicles: simPyVehicles)))
        }
        return (python == nil ? [loop] : [loop, simPy]).map {
            $0.result(machine: settings.machine, isQuick: settings.isQuick)
        }
    }

    private var days: Int { settings.isQuick ? 1 : Self.days }
    private var agreements: Int { settings.isQuick ? 100_000 : Self.agreements }
    private var loopVehicles: Int { settings.isQuick ? 50_000 : Self.loopVehicles }
    private var simPyVehicles: Int { settings.isQuick ? 2_000 : Self.simPyVehicles }

    static func rate(_ vehicles: Int, _ took: Interval) -> Double {
        Double(vehicles) * 1_000_000_000 / Double(max(1, took.nanoseconds))
    }
}
