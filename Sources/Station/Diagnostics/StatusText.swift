/// A status report for people: alarms first.
struct StatusText {
    private let report: StatusReport

    init(_ report: StatusReport) { self.report = report }

    var text: String {
        (heading + alarms + lanes + readers + delivery).joined(separator: "\n")
    }

    private var heading: [String] {
        [
            "station \(report.station) \(report.name), running for \(Self.span(report.uptime)), profile \(report.profile), "
                + "clock \(report.clock), version \(report.program)",
            "",
        ]
    }

    private var alarms: [String] {
        guard !report.alarms.isEmpty else { return [Terminal.coloured("no alarms", .green), ""] }
        return report.alarms.flatMap { alarm in
            let name = alarm.alarm + (alarm.subject.isEmpty ? "" : " \(alarm.subject)")
            return [
                Terminal.coloured("ALARM \(name) for \(Self.span(alarm.age)): \(alarm.reason)", .red),
                "      \(alarm.meaning)",
            ]
        } + [""]
    }

    private var lanes: [String] {
        [
            "lane  state            lamp    vehicles  reads   read 100  read 24 h  no tag  unreadable  photos  last vehicle  last read"
        ]
            + report.lanes.map { lane in
                [
                    Self.padded("\(lane.lane)", 4), Self.padded(lane.state, 15), Self.padded(lane.aspect, 6),
                    Self.padded("\(lane.vehicles)", 8), Self.padded("\(lane.reads)", 6),
                    Self.padded(Self.percent(lane.lastHundred), 8),
                    Self.padded(Self.percent(lane.lastDay), 9), Self.padded("\(lane.noTag)", 6),
                    Self.padded("\(lane.unreadable)", 10), Self.padded("\(lane.photosTaken)/\(lane.photosDue)", 6),
                    Self.padded(Self.ago(lane.lastVehicleAge), 12), Self.ago(lane.lastReadAge),
                ].joined(separator: "  ")
            } + [""]
    }

    private var readers: [String] {
        report.readers.map { reader in
            let counters = reader.counters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return "reader \(reader.reader): \(reader.state)"
                + (counters.isEmpty ? "" : " (\(counters.joined(separator: ", ")))")
        } + [""]
    }

    private var delivery: [String] {
        let sync =
            report.sync.map { sync in
                "journal \(sync.journal): \(sync.sealed) records, \(sync.acknowledged) at the central server, "
                    + "\(sync.waiting) waiting, \(sync.unsealed) not sealed, \(sync.rejected) rejected; last answer "
                    + Self.ago(sync.lastAnswerAge)
            } ?? "journal: not open"
        let progress = report.listProgress.map { ["list \($0)"] } ?? []
        let scheduling = report.scheduling.map { ["decision thread: \($0)"] } ?? []
        return [sync] + list + progress + scheduling
    }

    private var list: [String] {
        guard let list = report.list else { return ["list: none"] }
        let floor = list.floor.map { ", somebody went back from \($0)" } ?? ""
        return [
            "list \(list.name) \(list.epoch).\(list.version): \(list.agreements) agreements, issued "
                + "\(Self.span(list.age)) ago" + (list.isStale ? ", STALE" : ""),
            "list \(list.bytes) bytes, \(list.notLockedBecause.map { "not locked: \($0)" } ?? "locked in memory"), "
                + (list.verifiedAge.map { "verified \(Self.span($0)) ago" } ?? "not verified yet")
                + ", before it \(list.previous ?? "none")" + floor,
        ]
    }

    private static func percent(_ rate: StatusReport.Rate) -> String {
        guard let parts = rate.perTenThousand else { return "-" }
        return "\(parts / 100).\(parts % 100 / 10) %"
    }

    private static func ago(_ age: Int64?) -> String { age.map { "\(span($0)) ago" } ?? "never" }

    /// A span of time in its two largest units.
    static func span(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1_000
        return switch seconds {
        case ..<1: "\(milliseconds) ms"
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
        default: "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String { WatchText.padded(text, width) }
}
