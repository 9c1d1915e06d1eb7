import CLinux
import Glibc
import Lane
import Testing

@testable import Devices

struct LineBankTests {
    /// A listening socket in a folder of its own.
    private struct TestBank: ~Copyable {
        let path: String
        let listener: Descriptor

        init() throws {
            var name = Array("/tmp/bom-bank-XXXXXX".utf8CString)
            guard unsafe mkdtemp(&name) != nil else { throw PortError("create", "a folder", code: errno) }
            let folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = folder + "/bank"
            listener = Descriptor(owning: unsafe bom_unix_listen(path, 4))
        }

        deinit {
            unsafe unlink(path)
            unsafe rmdir(String(path.dropLast("/bank".count)))
        }

        func accept() -> Descriptor { Descriptor(owning: bom_accept(listener.number)) }
    }

    private func text(_ socket: borrowing Descriptor) -> String {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        guard case .bytes(let count) = socket.read(into: &buffer, ready: []) else { return "" }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    @Test func `levels and edges are taken, and a head is set by one line`() throws {
        let test = try TestBank()
        var bank = try LineBank(path: test.path, inputs: ["lane1.loop"])
        let peer = test.accept()
        #expect(peer.send(Array("level lane1.loop 0 5\nrubbish\nedge lane1.loop 1 6\n".utf8)[...]) == .wrote(49))
        var events: [LineEvent] = []
        #expect(bank.receive(into: &events, ready: .readable) == nil)
        #expect(events.map(\.kind) == [.level, .edge])
        #expect(bank.badLines == 1)
        #expect(bank.show(.green, on: LaneNumber(1)) == nil)
        #expect(bank.show([.top], on: LaneNumber(2)) == nil)
        #expect(bank.show(.dark, on: LaneNumber(2)) == nil)
        #expect(text(peer) == "lamps 1 001\nlamps 2 100\nlamps 2 000\n")
    }

    @Test func `a bank that has gone is a loss for reading and for writing, without a signal`() throws {
        let test = try TestBank()
        var bank = try LineBank(path: test.path, inputs: [])
        drop(test.accept())
        var poller = Poller(slots: 1)
        poller.watch(0, bank.descriptor)
        try poller.wait(until: nil)
        var events: [LineEvent] = []
        #expect(bank.receive(into: &events, ready: poller[0]) == .ended)
        #expect(bank.show(.dark, on: LaneNumber(1)) == .failed(EPIPE))
    }

    private func drop(_ socket: consuming Descriptor) {}

    @Test func `a bank that stops reading is lost`() throws {
        let test = try TestBank()
        var bank = try LineBank(path: test.path, inputs: [])
        let peer = test.accept()
        var loss: PortLoss?
        for _ in 0..<1_000_000 where loss == nil { loss = bank.show(.white, on: LaneNumber(1)) }
        #expect(loss == .full)
        #expect(text(peer).hasPrefix("lamps 1 010\nlamps 1 010\n"))
    }

    @Test func `I9: another thread darkens all heads by a descriptor of its own`() async throws {
        let test = try TestBank()
        let bank = try LineBank(path: test.path, inputs: [])
        let peer = test.accept()
        let darkness = DarkSwitch()
        #expect(darkness.darken() == false)
        darkness.install(try bank.darkener(of: [LaneNumber(1), LaneNumber(2)]))
        let wasTold = await Task.detached { darkness.darken() }.value
        #expect(wasTold)
        #expect(text(peer) == "lamps 1 000\nlamps 2 000\n")
        darkness.install(nil)
        #expect(darkness.darken() == false)
    }

    @Test func `no bank at the path is one line`() {
        let error = #expect(throws: PortError.self) { _ = try LineBank(path: "/tmp/no-such-bank", inputs: []) }
        #expect(
            error?.description
                == "connect to /tmp/no-such-bank: No such file or directory; start the line bank, or mend the path")
        let long = String(repeating: "x", count: 200)
        let tooLong = #expect(throws: PortError.self) { _ = try LineBank(path: long, inputs: []) }
        #expect(tooLong?.cause == "File name too long")
    }

    @Test func `places are written top, white, green`() {
        #expect(HeadPlaces.dark.digits == "000")
        #expect(HeadPlaces.top.digits == "100")
        #expect(HeadPlaces.white.digits == "010")
        #expect(HeadPlaces.green.digits == "001")
    }
}
