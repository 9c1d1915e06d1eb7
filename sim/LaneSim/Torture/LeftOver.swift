import Devices
import FoundationEssentials
import Glibc
import Lane

/// Programs that a run which was killed itself has left behind: they name its folder among their arguments.
enum LeftOver {
    /// Ends them, and returns when they are gone.
    static func end(in folder: String) throws {
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
        let own = processes.filter { $0 != getpid() && isOurs($0, folder) }
        for process in own { kill(process, SIGKILL) }
        var poller = Poller(slots: 0)
        let deadline = MonotonicClock.now() + WireProcesses.patience
        while own.contains(where: { isOurs($0, folder) }), MonotonicClock.now() < deadline {
            try poller.wait(until: MonotonicClock.now() + .milliseconds(20))
        }
    }

    /// `station run FOLDER/station.conf`, `central serve --folder FOLDER/central …`, `lanesim devices FOLDER/….lane …`
    private static func isOurs(_ process: pid_t, _ folder: String) -> Bool {
        guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return false }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard words.count > 2, words[2...].contains(where: { $0.hasPrefix(folder + "/") }) else { return false }
        let programs = [["station", "run"], ["central", "serve"], ["lanesim", "devices"]]
        return programs.contains { words[0].hasSuffix("/" + $0[0]) && words[1] == $0[1] }
    }
}
