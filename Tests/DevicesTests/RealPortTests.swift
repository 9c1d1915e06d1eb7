import CLinux
import Glibc
import Lane
import Testing

@testable import Devices

/// The way of a real port through libserialport, on a computer that has none.
///
/// libserialport wants a name in the kernel's tty class and an answer to TIOCMGET. `/dev/tty` is in that class and is
/// whatever terminal leads the session: a child of the tests with a session of its own makes it a pseudo-terminal, and a
/// preloaded `ioctl` answers for the modem lines, which a pseudo-terminal has not.
struct RealPortTests {
    private static let isChild = unsafe getenv("BOMSTASJON_REAL_PORT") != nil

    private static let shim = """
        #include <stdarg.h>
        #include <sys/ioctl.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int ioctl(int descriptor, unsigned long request, ...) {
            va_list rest;
            va_start(rest, request);
            int *argument = va_arg(rest, int *);
            va_end(rest);
            if (request == TIOCMGET) return *argument = 0;
            if (request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC) return 0;
            return syscall(SYS_ioctl, descriptor, request, argument);
        }

        """

    @Test(.disabled(if: isChild)) func `a real port is opened by libserialport`() throws {
        var name = Array("/tmp/bom-shim-XXXXXX".utf8CString)
        try #require(unsafe mkdtemp(&name) != nil)
        let folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { #expect(run(["/bin/rm", "-r", folder], environment: [])) }
        let source = unsafe creat(folder + "/shim.c", 0o600)
        #expect(Descriptor(owning: source).write(Array(Self.shim.utf8)[...]) == .wrote(Self.shim.utf8.count))
        let compiler = ["/usr/bin/cc", "-shared", "-fPIC", "-o", folder + "/shim.so", folder + "/shim.c"]
        try #require(run(compiler, environment: ["PATH=/usr/bin:/bin"]))
        let tests = ["/proc/self/exe", "--testing-library", "swift-testing", "--filter", "RealPortTests"]
        #expect(run(tests, environment: ["BOMSTASJON_REAL_PORT=1", "LD_PRELOAD=" + folder + "/shim.so"]))
    }

    @Test(.enabled(if: isChild)) func `in the child: a port of the tty class carries bytes and is lost when unplugged`()
        throws
    {
        try #require(setsid() > 0)
        // The leader of a session is told by a signal that its terminal has gone.
        signal(SIGHUP, SIG_IGN)
        let terminal = try TestPseudoTerminal(keepingSlave: false)
        // The session's leader opens it without O_NOCTTY: now /dev/tty is this terminal.
        let leader = Descriptor(owning: unsafe open(terminal.path, O_RDWR | O_CLOEXEC))
        let port = try SerialPort(path: "/dev/tty", baud: 9_600)
        var buffer = [UInt8](repeating: 0, count: 300)
        #expect(port.read(into: &buffer, ready: []) == .nothing)

        let bytes = (0...255).map { UInt8($0) }
        #expect(terminal.master.write(bytes[...]) == .wrote(256))
        var poller = Poller(slots: 1)
        poller.watch(0, port.descriptor)
        try poller.wait(until: nil)
        #expect(port.read(into: &buffer, ready: poller[0]) == .bytes(256))
        #expect(Array(buffer[..<256]) == bytes)
        #expect(port.write(bytes[...]) == .wrote(256))
        #expect(terminal.master.read(into: &buffer, ready: .readable) == .bytes(256))
        #expect(Array(buffer[..<256]) == bytes)

        var attributes = termios()
        try #require(unsafe tcgetattr(leader.number, &attributes) == 0)
        #expect(unsafe cfgetospeed(&attributes) == speed_t(B9600))
        #expect(attributes.c_cflag & (tcflag_t(CSIZE | PARENB | CSTOPB) | tcflag_t(CRTSCTS)) == tcflag_t(CS8))
        #expect(attributes.c_iflag & tcflag_t(IXON | IXOFF) == 0)
        var isTaken: Int32 = 0
        try #require(unsafe bom_tty_is_taken(leader.number, &isTaken) == 0)
        #expect(isTaken == 1)

        unplug(terminal)
        try poller.wait(until: nil)
        guard case .lost = port.read(into: &buffer, ready: poller[0]) else {
            Issue.record("an unplugged port is lost")
            return
        }
    }

    private func unplug(_ terminal: consuming TestPseudoTerminal) {}

    /// Runs a program and waits for it; true when it ends well.
    private func run(_ arguments: [String], environment: [String]) -> Bool {
        let words = unsafe arguments.map { unsafe strdup($0) }
        let settings = unsafe environment.map { unsafe strdup($0) }
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        var child: pid_t = 0
        guard unsafe posix_spawn(&child, arguments[0], nil, nil, words + [nil], settings + [nil]) == 0 else {
            return false
        }
        var status: Int32 = 0
        return unsafe waitpid(child, &status, 0) == child && status == 0
    }
}
