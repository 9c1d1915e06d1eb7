import CLinux
import Glibc
import Lane
import Testing

@testable import Devices

struct SerialPortTests {
    /// Long enough for the slowest machine, and never waited out by a test that passes.
    private static let patience = Interval.seconds(10)

    /// Waits for a descriptor, and says how it was found.
    private func ready(_ descriptor: Int32, for interest: Interest = .reading) throws -> Readiness {
        var poller = Poller(slots: 1)
        poller.watch(0, descriptor, for: interest)
        try poller.wait(until: MonotonicClock.now() + Self.patience)
        return poller[0]
    }

    private func read(_ port: borrowing SerialPort) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 256)
        guard case .bytes(let count) = port.read(into: &buffer, ready: try ready(port.descriptor)) else { return [] }
        return Array(buffer[..<count])
    }

    @Test func `all 256 byte values pass a raw pseudo-terminal both ways`() throws {
        let terminal = try TestPseudoTerminal()
        let port = try SerialPort(path: terminal.path, baud: 9_600)
        let bytes = (0...255).map { UInt8($0) }
        #expect(terminal.master.write(bytes[...]) == .wrote(256))
        var taken: [UInt8] = []
        while taken.count < 256 { taken += try read(port) }
        #expect(taken == bytes)

        #expect(port.write(bytes[...]) == .wrote(256))
        var given: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while given.count < 256 {
            let found = try ready(terminal.master.number)
            guard case .bytes(let count) = terminal.master.read(into: &buffer, ready: found) else { break }
            given += buffer[..<count]
        }
        #expect(given == bytes)
    }

    @Test func `an empty line has nothing`() throws {
        let terminal = try TestPseudoTerminal()
        let port = try SerialPort(path: terminal.path, baud: 9_600)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(port.read(into: &buffer, ready: []) == .nothing)
    }

    @Test func `a write that the line takes in part says how much, and goes on when it is writable`() throws {
        let terminal = try TestPseudoTerminal()
        let port = try SerialPort(path: terminal.path, baud: 9_600)
        let bytes = [UInt8](repeating: 0x55, count: 100_000)
        var written = 0
        while case .wrote(let count) = port.write(bytes[written...]), count > 0 { written += count }
        #expect(written > 0 && written < bytes.count)
        var buffer = [UInt8](repeating: 0, count: 100_000)
        var taken = 0
        while taken < written,
            case .bytes(let count) = terminal.master.read(into: &buffer, ready: try ready(terminal.master.number))
        { taken += count }
        #expect(taken == written)
        #expect(try ready(port.descriptor, for: .writing).contains(.writable))
        #expect(port.write(bytes[..<10]) == .wrote(10))
    }

    @Test func `an unplugged line is lost at the first read after the poll`() throws {
        let terminal = try TestPseudoTerminal(keepingSlave: false)
        let port = try SerialPort(path: terminal.path, baud: 9_600)
        unplug(terminal)
        let found = try ready(port.descriptor)
        #expect(found.contains(.hung))
        var buffer = [UInt8](repeating: 0, count: 16)
        let outcome = port.read(into: &buffer, ready: found)
        guard case .lost = outcome else {
            Issue.record("read \(outcome)")
            return
        }
        guard case .lost = port.write([1]) else {
            Issue.record("a lost line takes no bytes")
            return
        }
    }

    private func unplug(_ terminal: consuming TestPseudoTerminal) {}

    @Test func `a line that hangs and reads nothing is lost, so that a loop cannot spin on it`() throws {
        let terminal = try TestPseudoTerminal()
        let port = try SerialPort(path: terminal.path, baud: 9_600)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(port.read(into: &buffer, ready: [.hung]) == .lost(.hungUp))
    }

    @Test func `a second owner is refused, and welcome when the first has closed`() throws {
        let terminal = try TestPseudoTerminal()
        let first = try SerialPort(path: terminal.path, baud: 9_600)
        let error = #expect(throws: PortError.self) { _ = try SerialPort(path: terminal.path, baud: 9_600) }
        #expect(
            error?.description == "lock \(terminal.path): Resource temporarily unavailable; "
                + "another program has it open: see fuser \(terminal.path)")
        close(first)
        _ = try SerialPort(path: terminal.path, baud: 9_600)
    }

    private func close(_ port: consuming SerialPort) {}

    @Test func `a missing port and a path that is no port are one line each`() {
        let missing = #expect(throws: PortError.self) { _ = try SerialPort(path: "/dev/ttyNONE0", baud: 9_600) }
        #expect(
            missing?.description == "open /dev/ttyNONE0: No such file or directory; "
                + "plug the adapter in and look for it in /dev/serial/by-id")
        let folder = #expect(throws: PortError.self) { _ = try SerialPort(path: "/tmp", baud: 9_600) }
        #expect(folder?.description == "open /tmp: not a serial port; give a path such as /dev/serial/by-id/…")
        let null = #expect(throws: PortError.self) { _ = try SerialPort(path: "/dev/null", baud: 9_600) }
        #expect(
            null?.description
                == "open /dev/null: not a serial port that the kernel lists; give a path such as /dev/serial/by-id/…")
    }

    @Test func `permission denied names the group`() {
        #expect(
            SerialPort.failure("open", "/dev/ttyUSB0", code: EACCES).description
                == "open /dev/ttyUSB0: Permission denied; add the user to group dialout")
    }
}
