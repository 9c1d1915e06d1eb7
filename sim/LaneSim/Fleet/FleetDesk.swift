import Devices
import Lane
import Synchronization

/// Where threads take stations from, and put down what came of them.
final class FleetDesk: Sendable {
    private struct State {
        var next = 0
        var results: [StationResult?]
        var stages = StageTimes()
    }

    private let count: Int
    private let state: Mutex<State>
    private let done = Atomic(0)
    private let driven = Atomic(0)

    init(stations: Int) {
        count = stations
        state = Mutex(State(results: Array(repeating: nil, count: stations)))
    }

    /// Whether every station's year is over.
    var isDone: Bool { done.load(ordering: .acquiring) == count }

    /// Vehicles so far.
    var vehicles: Int { driven.load(ordering: .relaxed) }

    /// The results in the order of the stations, once all are done.
    var results: [StationResult] { state.withLock { $0.results.compactMap(\.self) } }

    /// The time of all threads, by stage.
    var stages: StageTimes { state.withLock { $0.stages } }

    /// The next station that nobody has taken.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Counts vehicles that have gone through.
    func add(vehicles: Int) { driven.add(vehicles, ordering: .relaxed) }

    /// Puts down what a station's year came to.
    func finish(_ place: Int, _ result: StationResult, _ times: StageTimes) {
        state.withLock { state in
            state.results[place] = result
            state.stages.add(times)
        }
        done.add(1, ordering: .releasing)
    }
}

/// A thread that can stand in an array.
final class FleetThread: Sendable {
    private let thread: Mutex<WorkerThread?>

    init(_ body: @escaping @Sendable () -> Void) { thread = Mutex(WorkerThread(named: "year", body)) }

    /// Waits for its end.
    func join() {
        let taken = thread.withLock { $0.take() }
        if let taken { taken.join() }
    }
}
