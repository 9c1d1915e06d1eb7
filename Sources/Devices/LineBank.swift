import CLinux
import Glibc
import Lane

/// The station's side of a line bank: lamps and detector lines behind a Unix stream socket, ASCII lines.
///
/// ```
/// station → bank   lamps <head> <top><white><green>\n     lamps 1 001
/// bank → station   level <input> <0|1> <monotonic ns>\n   level lane1.loop 0 81234567890   (all, once after connecting)
///                  edge <input> <0|1> <monotonic ns>\n    edge lane1.loop 1 81234567890
/// ```
package struct LineBank: ~Copyable, Sendable, LampLines {
    private let socket: Descriptor
    private var parser: LineBankParser
    private var buffer = [UInt8](repeating: 0, count: Self.mostBytesPerRead)

    /// One read takes at most this, about a hundred edges, so that a babbling bank cannot hold the loop.
    package static let mostBytesPerRead = 4_096

    /// Connects to the bank at this path.
    ///
    /// - Parameter inputs: The names of the inputs that are wired; an event tells its input as the index into them.
    package init(path: String, inputs: [String]) throws(PortError) {
        let number = unsafe bom_unix_connect(path)
        guard number >= 0 else {
            throw PortError("connect to", path, code: errno, remedy: "start the line bank, or mend the path")
        }
        socket = Descriptor(owning: number)
        parser = LineBankParser(inputs: inputs)
    }

    /// What the poller watches for reading.
    package var descriptor: Int32 { socket.number }

    /// Lines that were not understood since connecting: no line of ours, or too long.
    package var badLines: UInt64 { parser.badLines }

    /// Takes what has come and appends its events; call it when the poller found the descriptor readable or hung.
    ///
    /// No event is dated later than now: it is the same clock, so a later date is the bank's mistake.
    package mutating func receive(into events: inout [LineEvent], ready: Readiness) -> PortLoss? {
        switch socket.read(into: &buffer, ready: ready) {
        case .bytes(let count):
            parser.take(buffer[..<count], now: MonotonicClock.now(), into: &events)
            return nil
        case .nothing: return nil
        case .lost(let loss): return loss
        }
    }

    /// Sets a head by one line in one write. A bank that has stopped reading, with kilobytes of lines waiting, is lost.
    package mutating func show(_ places: HeadPlaces, on head: LaneNumber) -> PortLoss? {
        let line = Self.line(places, on: head)
        return switch socket.send(line[...]) {
        case .wrote(line.count): nil
        case .wrote: .full
        case .lost(let loss): loss
        }
    }

    package func darkener(of heads: [LaneNumber]) throws(PortError) -> Darkener {
        Darkener(try socket.duplicate(), writing: heads.flatMap { Self.line(.dark, on: $0) })
    }

    /// Byte by byte: this stands between a read and its light, where putting strings together would take longer than sending.
    private static func line(_ places: HeadPlaces, on head: LaneNumber) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(longestLine)
        line += "lamps ".utf8
        if head.number >= 100 { line.append(zero + head.number / 100) }
        if head.number >= 10 { line.append(zero + head.number / 10 % 10) }
        line.append(zero + head.number % 10)
        line.append(UInt8(ascii: " "))
        for place in [HeadPlaces.top, .white, .green] { line.append(places.contains(place) ? zero + 1 : zero) }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private static let zero = UInt8(ascii: "0")
    /// `lamps 255 001` and its end.
    private static let longestLine = 14
}
