import Lane

/// What is printed at the end of a run.
struct TortureReport {
    /// So many lines of a kind; the rest is counted.
    private static let most = 20

    let settings: TortureSettings
    let story: TortureStory
    let result: TortureResult
    let hasDisk: Bool
    /// From one kill to the next; nil: there was none in this part.
    let mean: Interval?

    /// Everything, the verdict in the last line.
    var lines: [String] {
        let disk =
            hasDisk ? "\(story.fills) times the disk was full" : "full disk not tried: no right to mount a file system"
        var lines = Self.some(result.excused.map(\.words), "more; all are in \(settings.folder)/missing.txt")
        lines += [
            "\(result.vehicles) vehicles, of which \(result.excused.count { !$0.isUncommitted }) have no passage because a program was "
                + "down when they came, \(result.excused.count(where: \.isUncommitted)) because it ended before they were "
                + "committed (\(result.excused.count(where: \.hasRecord)) of their tags have records of their own)",
            "\(result.records) records in \(result.journals) \(result.journals == 1 ? "journal" : "journals"), "
                + "\(result.acknowledged) acknowledged reads"
                + (result.isGood ? "; each digest is at the central server, each tag that was read in a record" : ""),
            "\(story.pauses) times a program stood still, \(story.falls) times the watchdog ended the station, "
                + "\(story.linkFaults) faults of the network, \(disk)"
                + (mean.map { "; \(($0.milliseconds / 100 * 100).thousandths) s a kill" } ?? ""),
        ]
        if !result.isGood { lines += Self.some(result.complaints, "more") + ["again: \(settings.again)"] }
        return lines + [lastLine]
    }

    private var lastLine: String {
        "torture: \(story.kills) kills, \(result.passages) passages, \(result.lost.count) lost, "
            + "\(result.duplicated.count) duplicated, \(result.outOfOrder) out of order"
    }

    private static func some(_ lines: [String], _ rest: String) -> [String] {
        lines.count <= most ? lines : lines.prefix(most) + ["\(lines.count - most) \(rest)"]
    }
}
