import FoundationEssentials
import Lane

/// A year as people and programs read it.
struct FleetReport {
    let result: FleetResult

    /// Tables, then the last line.
    var lines: [String] {
        let totals = result.totals
        var lines = ["what happened               count      per vehicle"]
        lines += [
            row("edges", totals.edges), row("reads", totals.reads), row("wakes", totals.wakes),
            row("events", totals.events), row("lookups", totals.lookups), row("passages", totals.passages),
            row("passages with a tag read", totals.tagged), row("late reads", totals.late),
            row("stray reads", totals.strays), row("second tags", totals.count(.secondTag)),
            row("records", totals.records), row("bytes of records", totals.bytes),
            "reads of a vehicle with a tag that was read: "
                + Decimals.text(Int64(totals.reads - totals.strays), per: Int64(max(1, totals.tagged)), places: 2),
        ]
        lines += ["", "flags of passages           count      per vehicle"]
        for (flag, word) in Passage.Flags.words where totals.count(flag) > 0 {
            lines.append(row(word, totals.count(flag)))
        }
        lines += ["", "outcomes                    count      per vehicle"]
        for outcome in Outcome.allCases where totals.outcomes[Int(outcome.rawValue)] > 0 {
            lines.append(row(outcome.word, totals.outcomes[Int(outcome.rawValue)]))
        }
        lines += ["", "stage         ns per vehicle"]
        for stage in stages { lines.append(column("\(stage)", "\(result.perVehicle(stage))", width: 8)) }
        lines += [
            column("together", "\(result.perVehicle(withChain: true))", width: 8),
            "processor time of one block of \(StationYear.block) vehicles in \(StageTimes.sample)", "",
        ]
        lines += rates
        return lines + ["", result.line]
    }

    private var stages: [StationYear.Stage] {
        StationYear.Stage.allCases.filter { $0 != .chain || result.settings.isChained }
    }

    private var rates: [String] {
        let worked = result.perSecondAndCore(in: result.worked.nanoseconds)
        let byProcessor = "\(Decimals.text(worked, per: 1_000_000, places: 3)) M vehicles/s/core by processor time"
        guard let chain = result.chain else { return [byProcessor] }
        return [
            byProcessor,
            "\(rate(withChain: true)) M vehicles/s/core in the stages with the chain",
            "\(rate(withChain: false)) M vehicles/s/core in the stages without the chain",
            "digest of the chains \(chain.hex)",
        ]
    }

    private func rate(withChain: Bool) -> String {
        let each = max(1, result.perVehicle(withChain: withChain))
        return Decimals.text(1_000_000_000 / each, per: 1_000_000, places: 3)
    }

    private func row(_ name: String, _ count: Int) -> String {
        let each = Decimals.text(Int64(count), per: Int64(max(1, result.totals.vehicles)), places: 4)
        return column(name, "\(count)", each)
    }

    /// Numbers stand under each other, at their right end.
    private func column(_ name: String, _ cells: String..., width: Int = 16) -> String {
        cells.reduce(name + String(repeating: " ", count: max(0, 20 - name.count))) { line, cell in
            line + String(repeating: " ", count: max(1, width - cell.count)) + cell
        }
    }
}

/// The year for programs: what `--json` prints.
struct FleetAnswer: Encodable {
    let stations: Int
    let days: Int
    let seed: UInt64
    let threads: Int
    let agreements: UInt64
    let vehicles: Int
    let seconds: Double
    let vehiclesPerSecondAndCore: Int64
    let digest: String
    let chain: String?
    let counts: [String: Int]
    let flags: [String: Int]
    let outcomes: [String: Int]
    let nanosecondsPerVehicle: [String: Int64]

    init(_ result: FleetResult) {
        let totals = result.totals
        (stations, days) = (result.settings.stations, result.settings.days)
        (seed, threads) = (result.settings.seed, result.settings.threads)
        agreements = result.settings.agreements
        vehicles = totals.vehicles
        seconds = Double(result.took.nanoseconds / 1_000_000) / 1_000
        vehiclesPerSecondAndCore = result.perSecondAndCore(in: result.took.nanoseconds * Int64(result.cores))
        digest = result.digest.hex
        chain = result.chain?.hex
        counts = [
            "edges": totals.edges, "reads": totals.reads, "wakes": totals.wakes, "events": totals.events,
            "lookups": totals.lookups, "passages": totals.passages, "tagged": totals.tagged, "lateReads": totals.late,
            "strayReads": totals.strays, "secondTags": totals.count(.secondTag), "records": totals.records,
            "bytes": totals.bytes,
        ]
        flags = Dictionary(uniqueKeysWithValues: zip(Passage.Flags.words.map(\.1), totals.flags))
        outcomes = Dictionary(uniqueKeysWithValues: zip(Outcome.allCases.map(\.word), totals.outcomes))
        nanosecondsPerVehicle = Dictionary(
            uniqueKeysWithValues: StationYear.Stage.allCases.map { ("\($0)", result.perVehicle($0)) })
    }

    /// One object on one line.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
