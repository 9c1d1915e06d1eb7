import CLinux
import Glibc

/// The most memory that this process has had resident since somebody began to look, in kilobytes.
enum PeakMemory {
    /// Begins to look: what was freed goes back to the system, so that taking it again is seen, and the kernel forgets the highest so far
    /// (proc(5), `clear_refs`). Gives what is resident now.
    static func begin() throws -> Int {
        bom_return_freed()
        let file = unsafe open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open /proc/self/clear_refs: errno \(errno)") }
        defer { close(file) }
        guard unsafe write(file, "5", 1) == 1 else { throw BenchError("write /proc/self/clear_refs: errno \(errno)") }
        return try now()
    }

    static func now() throws -> Int { try kilobytes(of: "self") }

    /// The most that another process ever had.
    static func kilobytes(of process: Int32) throws -> Int { try kilobytes(of: "\(process)") }

    private static func kilobytes(of process: String) throws -> Int {
        let path = "/proc/\(process)/status"
        guard let kilobytes = highest(in: try ProcessFile.text(of: path)) else {
            throw BenchError("\(path) tells no VmHWM")
        }
        return kilobytes
    }

    /// - Parameter status: as `/proc/self/status` has it.
    static func highest(in status: String) -> Int? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }
    }
}
