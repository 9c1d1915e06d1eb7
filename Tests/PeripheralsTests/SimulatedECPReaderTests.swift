import Devices
import FoundationEssentials
import Lane
import Testing

@testable import Peripherals

/// The reader at the end of a real pseudo-terminal; a test waits for descriptors, never for the clock.
struct SimulatedECPReaderTests {
    /// A host's side of the line, which collects what comes.
    private struct Host: ~Copyable {
        let port: SerialPort
        var text = ""

        init(_ path: String) throws { port = try SerialPort(path: path, baud: 9_600) }

        /// Reads until the text has come, and takes everything up to its end; nil when the line is lost or silent.
        mutating func hear(_ expected: String) throws -> String? {
            var buffer = [UInt8](repeating: 0, count: 512)
            var poller = Poller(slots: 1)
            poller.watch(0, port.descriptor)
            while true {
                if let range = text.firstRange(of: expected) {
                    let taken = String(text[..<range.upperBound])
                    text.removeSubrange(..<range.upperBound)
                    return taken
                }
                try poller.wait(until: MonotonicClock.now() + .seconds(10))
                guard poller[0] != [], case .bytes(let count) = port.read(into: &buffer, ready: poller[0]) else {
                    return nil
                }
                // Each byte by itself: CR LF would be one character.
                text += String(decoding: buffer[..<count].map { $0 == 13 ? 36 : $0 }, as: UTF8.self)
            }
        }

        func say(_ text: String) { #expect(port.write(Array((text + "\r").utf8)[...]) == .wrote(text.utf8.count + 1)) }
    }

    private var link: String { "/tmp/bom-reader-\(UUID().uuidString.prefix(13))" }

    /// A reader whose messages begin with the tag: it repeats its sign-on, if any is, for ever.
    private var bare: ReaderModel {
        var model = ReaderModel()
        model.version = ""
        model.copyright = ""
        return model
    }

    @Test func `a session over the line: sign-on, command mode, settings, data mode, a tag`() throws {
        var setup = ReaderSetup.asSetUp
        setup.timeout = 1
        let reader = try SimulatedECPReader(setup: setup)
        var host = try Host(try #require(reader.path))
        #expect(try host.hear("#0Model E4 Ver 1.00 SN123456924E$\n") != nil)
        host.say("#0@3040")
        #expect(try host.hear("#2Copyright 2008 TransCore8B26$\n") != nil)
        host.say("#2@3240")
        host.say("#1011643")
        #expect(try host.hear("#1DoneC0B1$\n") != nil)
        host.say("#7521C8C5")
        #expect(try host.hear("#7RDID 014476$\n") != nil)
        host.say("#3003600")
        #expect(try host.hear("#3DoneAED1$\n") != nil)
        reader.hold(tag: "KING 1302", antenna: 1)
        #expect(try host.hear("#4KING 1302%01-1-00-0") != nil)
        // Not acknowledged: it comes again after 50 ms.
        #expect(try host.hear("#4KING 1302%01-1-00-0") != nil)
        host.say("#4@3440")
        reader.hold(tag: "KING 1303", antenna: 2)
        #expect(try host.hear("#6KING 1303%01-2-01-0") != nil)
        reader.stop()
    }

    @Test func `a link leads to the reader, also when it has come back under another name`() throws {
        let link = link
        let reader = try SimulatedECPReader(model: bare, setup: .asSetUp, link: link)
        var host = try Host(link)
        reader.unplug()
        var poller = Poller(slots: 1)
        poller.watch(0, host.port.descriptor)
        try poller.wait(until: MonotonicClock.now() + .seconds(10))
        var buffer = [UInt8](repeating: 0, count: 16)
        guard case .lost = host.port.read(into: &buffer, ready: poller[0]) else {
            Issue.record("an unplugged reader is a lost port")
            return
        }
        reader.plug()
        reader.hold(tag: "KING 1302", antenna: 0)
        try reader.settle()
        host = try Host(link)
        #expect(try host.hear("#0KING 1302") != nil)
        reader.stop()
        #expect(!FileManager.default.fileExists(atPath: link))
    }

    @Test func `at 9600 baud a frame takes its time and arrives whole`() throws {
        let reader = try SimulatedECPReader(model: bare, setup: .asSetUp, baud: 9_600)
        var host = try Host(try #require(reader.path))
        let before = MonotonicClock.now()
        reader.hold(tag: "KING 1302", antenna: 0)
        let frame = try #require(try host.hear("$\n"))
        #expect(frame.utf8.count == 27)
        #expect(MonotonicClock.now() - before >= .milliseconds(28))
        reader.stop()
    }

    @Test func `damage on request is repaired by a NAK`() throws {
        let reader = try SimulatedECPReader(model: bare, setup: .asSetUp)
        var host = try Host(try #require(reader.path))
        reader.disturb(.swallow(frames: 1))
        reader.hold(tag: "KING 1302", antenna: 0)
        host.say("#0?303F")
        #expect(try host.hear("#0KING 1302%01-0-00-0") != nil)
        reader.stop()
        #expect(reader.state.counts.repeats == 1)
    }
}
