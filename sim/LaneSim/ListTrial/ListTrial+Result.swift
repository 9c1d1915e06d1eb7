import Central
import Exchange
import Lane

extension ListTrial {
    /// What came out.
    struct Result: Sendable {
        var agreements = 0
        /// Versions that came into force in the station, as its journal has them.
        var versions: [ListVersion] = []
        /// Reads of tags that were judged, and those of them whose version or outcome fits nothing that was published.
        var judged = 0
        var unfit: [String] = []
        /// Versions by which at least one read was judged.
        var judgedBy: Set<ListVersion> = []
        /// Passages that were decided without their tag first, or at last.
        var late = 0
        var passages = 0
        var kills = Kills()
        var troubles: [String] = []

        /// A run in which nothing changed between two reads has tried nothing.
        var isGood: Bool { unfit.isEmpty && late == 0 && kills.torn.isEmpty && troubles.isEmpty && judgedBy.count > 1 }

        /// The report; its last line is the result.
        var lines: [String] {
            var lines = unfit.prefix(10).map { "a decision fits no version: \($0)" }
            lines += kills.torn.prefix(10).map { "a list is not whole: \($0)" }
            lines += troubles
            if kills.count > 0 {
                lines.append(
                    "of \(kills.count) kills \(kills.midUpdate) met an update under way (a file half fetched, built or waiting); "
                        + "the version in force moved between \(kills.moved)")
            }
            lines.append(
                "lists: \(agreements) agreements, \(Set(versions).count) versions in force, \(passages) passages, "
                    + "\(judged) reads judged by \(judgedBy.count) versions, \(unfit.count) by a half list, \(late) late, "
                    + "\(kills.count) kills, \(kills.torn.count) lists torn")
            return lines
        }
    }

    struct Kills: Sendable {
        var count = 0
        var midUpdate = 0
        var moved = 0
        var torn: [String] = []
    }
}

extension ListTrial.Result {
    /// Holds each read of the journal against the truth.
    mutating func judge(_ records: [RecordFields], by truth: ListTrial.Truth) {
        for record in records {
            if record.event == "listInForce", let version = record.list?.identity { versions.append(version) }
            guard record.type == "passage" else { continue }
            passages += 1
            if record.decision?.tag == nil || record.earlier != nil { late += 1 }
            for read in record.reads ?? [] { judge(read, of: record, by: truth) }
        }
    }

    private mutating func judge(_ read: RecordFields.Read, of record: RecordFields, by truth: ListTrial.Truth) {
        guard let tag = read.tag.flatMap({ TagNumber(recordText: $0) }) else { return }
        let name = "record \(record.sequence.number), read \(read.id)"
        guard let version = read.list?.identity else {
            unfit.append("\(name): no list")
            return
        }
        judged += 1
        judgedBy.insert(version)
        let utc = record.clock == ClockQuality.good.word ? UTC(text: record.time.utc) : nil
        let expected = Judgement(of: truth.answer(for: tag, in: version), at: utc).outcome
        if read.outcome != expected.word || !versions.contains(version) {
            unfit.append("\(name): \(read.outcome ?? "nothing") by \(version.text), which says \(expected.word)")
        }
    }
}
