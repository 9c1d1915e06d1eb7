import Lane
import Lights
import Station

/// What a person reads of a run: a line when all is well, and what is needed to go on when it is not.
package struct RunSummary {
    /// Scenario names are padded to this width, so that columns stand below each other.
    package var nameWidth = 0
    /// As many vehicles that did not come to what they should are shown of a run; the matrices count them all.
    private static let mostShown = 10

    /// Every vehicle has its line.
    package var isVerbose = false

    package init(nameWidth: Int = 0, isVerbose: Bool = false) {
        self.nameWidth = nameWidth
        self.isVerbose = isVerbose
    }

    /// One line, and below it what failed.
    package func short(_ result: RunResult) -> [String] {
        let mark = result.isGood ? Terminal.coloured("ok  ", .green) : Terminal.coloured("FAIL", .red)
        let shows = result.shows.isEmpty ? "" : "  \(result.shows)"
        let line =
            "\(mark)  \(result.name.padded(to: nameWidth))  \(vehicles(of: result).leftPadded(to: 15))  "
            + "\(result.virtualTime.words.leftPadded(to: 12))\(shows)"
        return [line] + (isVerbose ? lines(of: result.vehicles, result.profile) : []) + failures(result)
    }

    /// Everything: what it shows, its counts, the matrices, what failed.
    package func whole(_ result: RunResult) -> [String] {
        let passages = result.figures[.passages].count
        let head = [
            result.shows.isEmpty ? result.name : "\(result.name): \(result.shows)",
            "seed \(result.seed), \(vehicles(of: result)), \(passages) \(passages == 1 ? "passage" : "passages"), "
                + "\(result.events) events on the road, \(result.virtualTime.words) of \(time(of: result))",
            "digest \(result.digest.hex)",
        ]
        let matrices = result.matrices.flatMap { [""] + MatrixTable($0).lines }
        let deliveries = ["", delivery(of: result)]
        let rest = isVerbose ? [""] + lines(of: result.vehicles, result.profile) : deviating(result)
        let failures = failures(result)
        let verdict =
            failures.isEmpty
            ? Terminal.coloured("ok: everything came as expected", .green)
            : Terminal.coloured("FAIL: \(Self.count(result.failures.count + result.troubles.count, "failure"))", .red)
        return head + matrices + deliveries + rest + ["", verdict] + failures
    }

    /// The last line of several runs.
    package static func last(
        ran: Int, failed: Int, skipped: Int, unread: Int, vehicles: Int, time: Interval
    ) -> String {
        let parts =
            ["\(ran - failed) ok"] + (failed > 0 ? ["\(failed) failed"] : [])
            + (skipped > 0 ? ["\(skipped) skipped"] : [])
            + (unread > 0 ? ["\(count(unread, "file")) could not be read"] : [])
        return "\(count(ran + skipped + unread, "scenario")): \(parts.joined(separator: ", ")); "
            + "\(count(vehicles, "vehicle")) in \(time.words)"
    }

    private func failures(_ result: RunResult) -> [String] {
        guard !result.isGood else { return [] }
        return result.troubles.map { "  \(result.path): \($0)" } + result.failures.map { "  \($0)" }
            + ["  again: \(result.again)"]
    }

    private func vehicles(of result: RunResult) -> String { Self.count(result.vehicles.count, "vehicle") }

    private func time(of result: RunResult) -> String { result.isOnWire ? "real time" : "virtual time" }

    private func delivery(of result: RunResult) -> String {
        let delivered = result.figures[.delivered]
        let disorder = result.figures[.outOfOrder].count
        return "delivered to the central server: \(delivered.words()) passages, "
            + (disorder == 0 ? "in order, each once" : "\(Self.count(disorder, "record")) OUT OF ORDER")
    }

    /// Vehicles that the station made something else of than they are.
    private func deviating(_ result: RunResult) -> [String] {
        let deviating = result.vehicles.filter { vehicle in
            vehicle.sight == .missed || vehicle.sight == .doubled || vehicle.wasGivenTagOf != nil
                || vehicle.decision?.isInOrder == false || vehicle.light?.isInOrder == false
        }
        guard !deviating.isEmpty else { return [] }
        let left = deviating.count - Self.mostShown
        return ["", "not as they should be"] + lines(of: deviating.prefix(Self.mostShown), result.profile)
            + (left > 0 ? ["  and \(left) more; --verbose shows every vehicle"] : [])
    }

    private func lines(of vehicles: some Collection<VehicleVerdict>, _ profile: LightProfile) -> [String] {
        let width = vehicles.map(\.name.count).max() ?? 0
        return vehicles.map { vehicle in
            let came = (vehicle.outcome?.word ?? vehicle.sight.rawValue).padded(to: 16)
            let remark = Self.remark(on: vehicle, profile)
            let light = profile.word(for: vehicle.lastLight)
            return
                "  \(vehicle.name.padded(to: width))  \(came)  \(remark.isEmpty ? light : light.padded(to: 6))\(remark)"
        }
    }

    /// What is not as it should be, and why; empty when all is.
    private static func remark(on vehicle: VehicleVerdict, _ profile: LightProfile) -> String {
        var remarks: [String] = []
        if vehicle.sight == .doubled { remarks.append("\(vehicle.passages.count) passages") }
        if vehicle.sight == .missed || ![nil, .right].contains(vehicle.decision) {
            remarks.append("should be \(vehicle.due.outcome.word)")
        } else if ![nil, .right].contains(vehicle.light) {
            remarks.append("should be lit \(profile.word(for: vehicle.due.aspects.first ?? .dark))")
        }
        let isSaid = !remarks.isEmpty || vehicle.sight == .excused || vehicle.wasGivenTagOf != nil
        guard isSaid else { return "" }
        let because = vehicle.because.isEmpty ? "" : remarks.isEmpty ? vehicle.because : ": \(vehicle.because)"
        return "  \(remarks.joined(separator: ", "))\(because)"
    }

    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
