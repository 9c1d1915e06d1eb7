import Camera
import Devices
import Exchange
import Glibc
import HTTP
import Lane
import Storage
import Synchronization

/// The running station: starts the threads, waits for a signal to stop, and waits for their end.
package struct StationProgram: ~Copyable {
    private let configuration: StationConfiguration
    private let context: RecordContext
    private let workers: Workers
    private let folder: StateFolder

    /// - Parameter folder: claimed, or to be claimed later where it cannot be written yet.
    init(_ configuration: StationConfiguration, _ folder: StateFolder) throws {
        let boot = try Self.bootID()
        workers = try Workers(configuration)
        context = RecordContext(configuration, boot: boot)
        self.configuration = configuration
        self.folder = folder
    }

    /// Runs until SIGTERM or SIGINT, which the caller has blocked.
    package consuming func run() throws {
        // The control socket is for the group as well. Journal, photos and lists are personal data: all other files are ours alone.
        umask(0o027)
        let control = Self.controlServer(configuration, workers)
        umask(0o077)
        let (configuration, context, workers) = (configuration, context, workers)
        let threads = StationThreads(configuration, context, folder, workers)
        let seed = Self.randomSeed()
        let decision = StationThreads.thread("decision", workers) {
            var loop = DecisionLoop(configuration, seed: seed, memory: memoryOfComputer(), workers)
            try loop.run()
            // The main thread waits for a signal: this is the one that says that all is done.
            kill(getpid(), SIGTERM)
        }
        StopSignals.wait()
        try workers.mailbox.post(.stop)
        decision.join()
        let late = threads.end()
        guard late.isEmpty else {
            Terminal.complainAtOnce(
                "error station.stop late=\(late.joined(separator: ",")) effect=\"the next start recovers what is open\""
            )
            _exit(ExitCode.inputOutput.rawValue)
        }
        control?.stop(workers.watchers)
    }

    /// The control socket; nil where it cannot be made: the road does not wait for those who ask.
    private static func controlServer(_ configuration: StationConfiguration, _ workers: Workers) -> ControlServer? {
        let socket = configuration.station.controlSocket
        do {
            try makeFolder(socket.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }, mode: 0o750)
            return try ControlServer(
                socket: socket, group: groupID(configuration.station.group), mailbox: workers.mailbox,
                desk: workers.desk, watchers: workers.watchers)
        } catch {
            Terminal.complain("warning control.socket reason=\"\(error)\" effect=\"status and watch do not answer\"")
            return nil
        }
    }

    /// The group's number; nil when none is configured.
    private static func groupID(_ name: String?) throws -> UInt32? {
        guard let name else { return nil }
        guard let entry = unsafe getgrnam(name) else { throw UnknownGroup(name: name) }
        return unsafe entry.pointee.gr_gid
    }

    private struct UnknownGroup: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "[station] group: there is no group \(name); create it with: addgroup --system \(name)"
        }
    }

    /// Which run of the kernel the monotonic clock belongs to.
    private static func bootID() throws -> String {
        let path = "/proc/sys/kernel/random/boot_id"
        guard let file = try SourceFile(path) else { throw FileError("open", path, number: ENOENT) }
        return String(decoding: try file.read(most: 64), as: UTF8.self).filter { $0 != "\n" }
    }

    private static func randomSeed() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
