import Exchange
import Lane
import Station

/// What is printed at the end of a demonstration: what the central server has, and what that comes to.
struct DemoReport {
    private let run: Run
    private let photos: [WireHarvest.PhotoLine]
    private let central: String

    /// - Parameters:
    ///   - photos: at the central server.
    ///   - central: its folder.
    init(_ run: Run, photos: [WireHarvest.PhotoLine], central: String) {
        self.run = run
        self.photos = photos
        self.central = central
    }

    /// Whether everything arrived as it should.
    var isGood: Bool { run.result.isGood && lost == 0 && duplicated == 0 && isInOrder }

    /// Everything, the verdict in the last line.
    var lines: [String] {
        var lines = ["", "At the central server, in its order:", ""] + passages.map(Self.row)
        lines += ["", "Photos: \(photos.isEmpty ? "none" : "")"]
        lines += photos.map { "  \(central)/\($0.path)  (passage \($0.sequence))" }
        lines += excused.map { Terminal.coloured($0, .grey) }
        if !run.observation.downtimes.isEmpty { lines += ["", delivery] }
        let wrong = run.result.troubles + run.result.failures.map(\.description)
        return lines + wrong.map { Terminal.coloured($0, .red) } + ["", lastLine]
    }

    private var lastLine: String {
        "demo: \(run.plan.vehicles.count) vehicles, \(Set(names).count) passages at central, "
            + "\(isInOrder ? "in order" : "OUT OF ORDER"), \(lost) lost, \(duplicated) duplicated"
    }

    private var passages: [RecordFields] {
        run.observation.atCentral.compactMap { RecordFields(body: $0.body) }.filter { $0.type == "passage" }
    }

    private var names: [String] { passages.map { "\($0.journal.hex) \($0.sequence.number)" } }

    private var lost: Int { run.result.vehicles.count { $0.sight == .missed } }

    private var duplicated: Int { names.count - Set(names).count }

    private var isInOrder: Bool { run.result.figures[.outOfOrder].count == 0 }

    /// Vehicles that nobody may have seen, and why; some of their tags have come by another way.
    private var excused: [String] {
        let replayed = run.observation.records.compactMap { $0.fields.read?.tag }
        return run.result.vehicles.filter { $0.sight == .excused }.map { vehicle in
            let truth = run.plan.vehicles[vehicle.number]
            let hasCome = truth.tags.contains { tag in replayed.contains { $0.hasSuffix(":" + tag.text) } }
            let tenths = truth.at.milliseconds / 100
            return "\(vehicle.name) at \(tenths / 10).\(tenths % 10) s: no passage; \(vehicle.due.excuse)"
                + (hasCome ? "; its tag has a record of its own" : "")
        }
    }

    private var delivery: String {
        let committed = run.result.figures[.passages].count
        let records = run.observation.atCentral.count
        let verdict =
            run.result.troubles.isEmpty && isInOrder
            ? "chain of \(records) records verified, digest by digest" : "NOT VERIFIED"
        return "committed \(committed), at central \(Set(names).count); \(verdict)"
    }

    private static func row(of passage: RecordFields) -> String {
        let count = (passage.photos ?? []).count { $0.digest != nil }
        let photos = count == 0 ? "" : "\(count) photos  "
        return
            "  \(WireScreen.padded("\(passage.sequence.number)", 4)) \(passage.time.utc)  lane \(passage.lane ?? 0)  "
            + "\(WireScreen.padded(passage.decision?.outcome ?? "?", 17)) \(photos)"
            + (passage.flags ?? []).joined(separator: ", ")
    }
}
