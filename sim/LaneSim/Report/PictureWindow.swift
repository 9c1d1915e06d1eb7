import Lane

/// A stretch of time that a picture shows.
struct PictureWindow: Hashable {
    /// Before and behind a vehicle that an expectation failed for: its neighbours, its late reads, its light.
    static let before = Interval.seconds(2)
    static let behind = Interval.seconds(4)
    /// What fits in a width of 1000 pixels: a car at 60 km/h is 9 pixels long.
    static let longest = Interval.seconds(30)
    /// A picture of more is not looked at.
    static let most = 6

    var from: Interval
    var until: Interval

    /// What of a run is shown, and what people should know about it: the whole when it is short, else where something failed, else its beginning.
    static func windows(of run: Run) -> (windows: [PictureWindow], note: String) {
        let starts = min(.zero, run.plan.vehicles.first?.at ?? .zero) - .seconds(1)
        let lastRecord = run.observation.records.last { $0.fields.type == "passage" }?.at ?? .zero
        let ends = max(run.plan.ends, lastRecord) + .seconds(2)
        guard ends - starts > longest else { return ([PictureWindow(from: starts, until: ends)], "") }
        let failed = around(run)
        let length = "The run takes \(ends.words)"
        guard !failed.isEmpty else {
            let first = run.plan.vehicles.first.map { $0.at - before } ?? starts
            return ([PictureWindow(from: first, until: first + longest)], "\(length): its first vehicles are shown.")
        }
        let note = failed.count > most ? ", the first \(most) of \(failed.count) places" : ""
        return (Array(failed.prefix(most)), "\(length): shown is what lies around its failures\(note).")
    }

    private static func around(_ run: Run) -> [PictureWindow] {
        let wanted = run.result.failures.compactMap(\.vehicle).filter { run.plan.vehicles.indices.contains($0) }
        let invented = run.result.invented.filter { run.observation.records.indices.contains($0) }
            .map { run.observation.records[$0].at }
        let all =
            wanted.map { run.plan.vehicles[$0] }.map {
                PictureWindow(from: $0.at - before, until: min($0.leaves, $0.at + longest) + behind)
            } + invented.map { PictureWindow(from: $0 - before, until: $0 + behind) }
        return all.sorted { ($0.from, $0.until) < ($1.from, $1.until) }.reduce(into: []) { windows, window in
            guard let last = windows.last, window.from <= last.until + behind, window.until - last.from <= longest
            else {
                return windows.append(window)
            }
            windows[windows.count - 1].until = max(last.until, window.until)
        }
    }

    func overlaps(_ from: Interval, _ until: Interval) -> Bool { from <= self.until && until >= self.from }

    /// The distance between two marks of the axis: 4 to 12 of them fit.
    var step: Interval {
        let steps = [100, 250, 500, 1_000, 2_500, 5_000, 10_000].map { Interval.milliseconds($0) }
        return steps.first { (until - from).nanoseconds / $0.nanoseconds <= 15 } ?? .seconds(30)
    }
}
