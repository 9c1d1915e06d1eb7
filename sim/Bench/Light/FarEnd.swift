import CLinux
import Devices
import Glibc
import Lane
import Peripherals

/// The reader's end of a line and the lamp's end of a socket, of the station or of the echo: where time is taken.
struct FarEnd: ~Copyable {
    /// Nothing that is measured takes as long; a side that does is broken.
    static let patience = Interval.seconds(5)

    let terminal: PseudoTerminal
    private let listener: Descriptor
    private var lamp: Descriptor?
    private var buffer = [UInt8](repeating: 0, count: 4_096)

    /// - Parameter socket: where the lamp's end is to listen.
    init(socket: String) throws {
        let terminal = try PseudoTerminal()
        let number = unsafe bom_unix_listen(socket, 1)
        guard number >= 0 else { throw PortError("listen at", socket, code: errno) }
        listener = Descriptor(owning: number)
        self.terminal = terminal
    }

    /// Waits until the side has connected its lamp.
    mutating func waitForLamp() throws {
        var poller = Poller(slots: 1)
        poller.watch(0, listener.number)
        try poller.wait(until: MonotonicClock.now() + Self.patience)
        let number = bom_accept(listener.number)
        guard number >= 0 else { throw BenchError("nobody has connected a lamp") }
        lamp = Descriptor(owning: number)
        // Blocking, as the plainest receiver is; with a time-out, so that a broken side ends the measurement.
        var wait = timeval(tv_sec: Int(Self.patience.milliseconds / 1_000), tv_usec: 0)
        guard fcntl(number, F_SETFL, 0) == 0,
            unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size)) == 0
        else { throw PortError("set up", "the lamp's socket", code: errno) }
    }

    /// Puts the frame on the line in one write, and waits for the lamp line that lights green.
    ///
    /// - Returns: from just before that write until the line was read.
    mutating func light(by frame: [UInt8]) throws -> Interval {
        guard let number = lamp?.number else { throw BenchError("there is no lamp") }
        let start = MonotonicClock.now()
        guard case .wrote(frame.count) = terminal.master.write(frame[...]) else {
            throw BenchError("the line does not take a frame")
        }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
            guard count >= 2 else { throw BenchError("no light came within \(Self.patience.milliseconds) ms") }
            if buffer[count - 2] == UInt8(ascii: "1") { return MonotonicClock.now() - start }
        }
    }

    /// Puts the frame on the line.
    func send(_ frame: [UInt8]) throws {
        guard case .wrote(frame.count) = terminal.master.write(frame[...]) else {
            throw BenchError("the line does not take a frame")
        }
    }

    /// Waits until the host has acknowledged.
    mutating func waitForAcknowledgement() throws {
        var poller = Poller(slots: 1)
        poller.watch(0, terminal.master.number)
        let deadline = MonotonicClock.now() + Self.patience
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "\r") {
            try poller.wait(until: deadline)
            guard MonotonicClock.now() < deadline else { throw BenchError("no acknowledgement came") }
            if case .bytes(let count) = terminal.master.read(into: &buffer, ready: poller[0]) {
                answer += buffer[..<count]
            }
        }
        guard answer.contains(UInt8(ascii: "@")) else { throw BenchError("the frame was not acknowledged") }
    }

    /// Takes the lamp lines that nobody waits for: those that darken.
    mutating func forgetLamps() {
        guard let number = lamp?.number else { return }
        _ = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(number, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
    }
}
