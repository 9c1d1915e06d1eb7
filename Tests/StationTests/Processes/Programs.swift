import Devices
import FoundationEssentials
import Glibc
import Lane
import LaneSim

/// The programs that were built beside the tests.
enum Programs {
    static func path(_ name: String) throws -> String {
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/\(name)"
    }

    /// Runs a program that ends by itself; gives its exit code and what it wrote.
    ///
    /// - Parameter others: a program that starts it and its arguments, such as `env` or `setpriv`; none: it is started here.
    static func run(
        _ name: String, _ arguments: [String], through others: [String] = []
    ) throws -> (code: Int32?, output: String, errors: String) {
        let errors = "/tmp/station-\(UUID().uuidString.prefix(13)).log"
        let words = others + [try path(name)] + arguments
        let child = try ChildProcess(words[0], Array(words.dropFirst()), log: errors)
        let output = try read(child.output) { _ in false }
        let code = try child.stop()
        let complaint = String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self)
        try FileManager.default.removeItem(atPath: errors)
        return (code, output, complaint)
    }

    /// The first line that a program writes.
    static func firstLine(of output: borrowing Descriptor) throws -> String {
        let text = try read(output) { $0.contains(UInt8(ascii: "\n")) }
        return String(text.prefix { $0 != "\n" })
    }

    private static func read(_ output: borrowing Descriptor, until isEnough: ([UInt8]) -> Bool) throws -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var poller = Poller(slots: 1)
        poller.watch(0, output.number)
        let deadline = MonotonicClock.now() + Site.patience
        reading: while MonotonicClock.now() < deadline, !isEnough(text) {
            try poller.wait(until: deadline)
            switch output.read(into: &buffer, ready: poller[0]) {
            case .bytes(let count): text += buffer[..<count]
            case .nothing: break
            case .lost: break reading
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
