import Devices
import Lane
import Synchronization

/// Jobs on several threads, each on its own, with their results in the order of the jobs.
enum ParallelRuns {
    /// More threads than any computer at a roadside or in CI has processors.
    static let mostThreads = 256

    private struct Done<Result: Sendable>: Sendable {
        let place: Int
        let result: Result
    }

    /// - Parameters:
    ///   - job: gives the result for a place from 0 to `count`; called on any thread.
    ///   - take: gets the results in order, on the calling thread.
    static func run<Result: Sendable>(
        _ count: Int, threads: Int, _ job: @escaping @Sendable (Int) -> Result, take: (Result) throws -> Void
    ) throws {
        let crew = min(max(threads, 1), count, mostThreads)
        guard crew > 1 else {
            for place in 0..<count { try take(job(place)) }
            return
        }
        // A result is as large as its run: no thread goes further ahead than the others are behind.
        let results = try Devices.Mailbox<Done<Result>>(bound: crew)
        let places = Places(count)
        for number in 1...crew {
            _ = WorkerThread(named: "run \(number)") {
                while let place = places.next() {
                    do {
                        try results.post(Done(place: place, result: job(place)))
                    } catch {
                        preconditionFailure("a thread can wait: \(error)")
                    }
                }
            }
        }
        var early: [Int: Result] = [:]
        var next = 0
        while next < count {
            for done in try results.waitForAll() ?? [] { early[done.place] = done.result }
            while let result = early.removeValue(forKey: next) {
                try take(result)
                next += 1
            }
        }
    }

    /// Hands out places, each once.
    private final class Places: Sendable {
        private let count: Int
        private let taken = Mutex(0)

        init(_ count: Int) { self.count = count }

        func next() -> Int? {
            taken.withLock { taken in
                guard taken < count else { return nil }
                taken += 1
                return taken - 1
            }
        }
    }
}
