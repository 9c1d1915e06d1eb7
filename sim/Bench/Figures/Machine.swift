import FoundationEssentials
import Glibc

/// The machine that was measured on, in one line.
enum Machine {
    static var note: String {
        let processor = value(of: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
        let kernel = text(of: "/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "?"
        let load = text(of: "/proc/loadavg")?.split(separator: " ").first.map(String.init) ?? "?"
        let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return "\(processors) × \(processor), Linux \(kernel), load \(load) at the start, \(today)"
    }

    private static var today: String {
        let now = Date().formatted(.iso8601.year().month().day())
        return now
    }

    private static func value(of key: String, in path: String) -> String? {
        guard let line = text(of: path)?.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else { return nil }
        return line.split(separator: ":").last.map { String($0.drop { $0 == " " }) }
    }

    /// Files under /proc say that they are empty: read to the end instead.
    private static func text(of path: String) -> String? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
