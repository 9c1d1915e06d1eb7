import Lane
import Testing

@testable import Peripherals

/// Frames are written as they stand in the makers' manuals; `↵` is CR LF from the reader and CR from the host.
struct ECPFirmwareTests {
    private let start = Instant(nanoseconds: 0)

    /// A reader that is on, in ECP with a time-out of 500 ms, and has sent and been acknowledged its sign-on.
    private func ready(model: ReaderModel = ReaderModel(), setup: ReaderSetup = .asSetUp) -> ECPFirmware {
        var model = model
        model.version = ""
        model.copyright = ""
        var reader = ECPFirmware(model: model, setup: setup)
        #expect(reader.handle(.powerOn, at: start) == [])
        return reader
    }

    private func host(_ text: String) -> ECPFirmware.Event { .bytes(Array((text + "\r").utf8)) }
    private func said(_ text: String) -> ECPFirmware.Action { .send(Array((text + "\r\n").utf8)) }
    private func sent(_ actions: [ECPFirmware.Action]) -> [String] {
        actions.compactMap { action in
            guard case .send(let bytes) = action else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
    private func wake(_ milliseconds: Int64) -> ECPFirmware.Action { .wake(start + .milliseconds(milliseconds)) }

    @Test func `the checksum is the one that the manuals print`() {
        #expect(ECPChecksum.of("123456789".utf8) == 0xBEEF)
        for frame in [
            "4KING 13029A91", "4@3440", "4?343F", "6KING 1302%01-0-1F-0E11E", "0Model E4 Ver 1.00 SN123456924E",
            "2Copyright 2008 TransCore8B26", "1011643", "1DoneC0B1", "3003600", "5Done1C71", "36103763", "7521C8C5",
            "7RDID 014476", "9IOST C0 O0 I1 D4F7F7", "1ErrorF39C",
        ] {
            #expect(String(decoding: ECPChecksum.digits(of: frame.utf8.dropLast(4)), as: UTF8.self) == frame.suffix(4))
        }
    }

    @Test func `it signs on in two lines, each acknowledged, before all else`() {
        var reader = ECPFirmware(setup: .asSetUp)
        #expect(
            reader.handle(.powerOn, at: start) == [said("#0Model E4 Ver 1.00 SN123456924E"), wake(500)])
        #expect(reader.handle(host("#0@3040"), at: start) == [said("#2Copyright 2008 TransCore8B26")])
        #expect(reader.handle(host("#2@3240"), at: start) == [.wake(nil)])
    }

    @Test func `a tag is repeated until it is acknowledged, and only then the next one comes`() {
        var reader = ECPFirmware(setup: .asSetUp)
        _ = reader.handle(.powerOn, at: start)
        _ = reader.handle(host("#0@3040"), at: start)
        _ = reader.handle(host("#2@3240"), at: start)
        reader.setup.appendsAuxiliary = false
        let frame = said("#4KING 13029A91")
        #expect(reader.handle(.tag(text: "KING 1302", antenna: 0), at: start) == [frame, wake(500)])
        #expect(reader.handle(.tag(text: "KING 1303", antenna: 0), at: start) == [])
        #expect(reader.handle(.wake, at: start + .milliseconds(499)) == [])
        let later = start + .milliseconds(500)
        #expect(reader.handle(.wake, at: later) == [frame, wake(1_000)])
        #expect(reader.handle(host("#4?343F"), at: later) == [frame])
        // The wild card stands for the checksum.
        #expect(sent(reader.handle(host("#4@````"), at: later)).first?.hasPrefix("#6KING 1303") == true)
        #expect(reader.handle(host("#6@3640"), at: later) == [.wake(nil)])
        #expect(reader.memory.isEmpty)
        #expect(reader.counts.repeats == 2 && reader.counts.acknowledged == 4)
    }

    @Test func `the auxiliary part stands as the manual prints it`() {
        var reader = ready()
        for _ in 0..<3 {
            let text = sent(reader.handle(.say("x"), at: start)).joined()
            _ = reader.handle(host("#\(text.dropFirst().prefix(1))@````"), at: start)
        }
        reader.lastTag = ("KING 1301", 0x1F, start)
        #expect(
            reader.handle(.tag(text: "KING 1302", antenna: 0), at: start)
                == [said("#6KING 1302%01-0-1F-0E11E"), wake(500)])
    }

    @Test(arguments: ["#0?303F", "#2@3240", "#0@3041", "#0@", "#G@3440", "#0@@3040"])
    func `what is not the right acknowledgement brings the message once more`(answer: String) {
        var reader = ready()
        let message = reader.handle(.tag(text: "KING 1302", antenna: 0), at: start)
        #expect(sent(reader.handle(host(answer), at: start)) == sent(message))
        #expect(reader.memory.count == 1)
    }

    @Test func `an acknowledgement without a message is ignored`() {
        var reader = ready()
        #expect(reader.handle(host("#0@3040"), at: start) == [])
        #expect(reader.counts.framesIgnored == 1)
    }

    @Test func `the seq of messages is even, goes round, and the auxiliary part tells antenna and reads`() {
        var reader = ready()
        var seen: [String] = []
        for number in 0..<9 {
            let text = sent(reader.handle(.tag(text: "TAG\(number)", antenna: UInt8(number % 3)), at: start)).joined()
            seen.append(text)
            let digit = String(text.dropFirst().prefix(1))
            _ = reader.handle(host("#\(digit)@````"), at: start)
        }
        #expect(seen.map { String($0.dropFirst().prefix(1)) } == ["0", "2", "4", "6", "8", "A", "C", "E", "0"])
        #expect(seen[1].hasPrefix("#2TAG1%01-1-01-0"))
        #expect(seen[2].hasPrefix("#4TAG2%01-2-01-0"))
    }

    @Test func `command mode switches the radio off: tags are missed, and data mode saves the settings`() {
        var reader = ready()
        #expect(reader.handle(host("#1011643"), at: start) == [said("#1DoneC0B1")])
        #expect(reader.isInCommandMode)
        #expect(reader.handle(.tag(text: "KING 1302", antenna: 0), at: start) == [])
        #expect(reader.counts.tagsMissed == 1)
        #expect(sent(reader.handle(host("#36142````"), at: start)).first?.hasPrefix("#3Error") == true)
        #expect(sent(reader.handle(host("#561214````"), at: start)).first?.hasPrefix("#5Done") == true)
        #expect(sent(reader.handle(host("#7525````"), at: start)).first?.hasPrefix("#7ECPS P1 T14 X0 S0") == true)
        #expect(sent(reader.handle(host("#900````"), at: start)).first?.hasPrefix("#9Done") == true)
        #expect(!reader.isInCommandMode)
        _ = reader.handle(.powerOff, at: start)
        _ = reader.handle(.powerOn, at: start)
        #expect(reader.setup.timeout == 0x14)
    }

    @Test func `in data mode every command but 01 is answered by Error, and proves life`() {
        var reader = ready()
        #expect(reader.handle(host("#1521````"), at: start) == [said("#1ErrorF39C")])
        #expect(sent(reader.handle(host("#300````"), at: start)).first?.hasPrefix("#3Error") == true)
    }

    @Test func `a command with the last seq is not carried out again, and its old answer is repeated`() {
        var reader = ready()
        _ = reader.handle(host("#1011643"), at: start)
        #expect(reader.handle(host("#7521C8C5"), at: start) == [said("#7RDID 014476")])
        #expect(reader.handle(host("#76055````"), at: start) == [said("#7RDID 014476")])
        #expect(reader.setup.id == 1)
    }

    @Test(arguments: ["#1011644", "#G01````", "#2521````", "#", "#1", "#````", "#1````"])
    func `a damaged command gets no answer at all`(command: String) {
        var reader = ready()
        #expect(reader.handle(host(command), at: start) == [])
        #expect(reader.counts.framesIgnored == 1)
        #expect(!reader.isInCommandMode)
    }

    @Test func `a new # aborts the frame in progress, and the frame may be cut anywhere`() {
        let bytes = Array("#10#1011643\r".utf8)
        for cut in bytes.indices {
            var reader = ready()
            var actions = reader.handle(.bytes(Array(bytes[..<cut])), at: start)
            actions += reader.handle(.bytes(Array(bytes[cut...])), at: start)
            #expect(actions == [said("#1DoneC0B1")])
            #expect(reader.counts.framesIgnored == 1)
        }
    }

    @Test func `no flipped bit in a command is carried out`() {
        let bytes = Array("#1011643\r".utf8)
        for index in bytes.indices {
            for bit in 0..<7 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                var reader = ready()
                #expect(sent(reader.handle(.bytes(damaged), at: start)) == [])
                #expect(!reader.isInCommandMode)
            }
        }
    }

    @Test func `a host that never ends its frame takes bounded memory`() {
        var reader = ready()
        _ = reader.handle(.bytes([UInt8(ascii: "#")] + [UInt8](repeating: 0x41, count: 100_000)), at: start)
        #expect(reader.frame == nil)
        #expect(reader.handle(host("#1011643"), at: start) == [said("#1DoneC0B1")])
    }

    @Test func `Basic echoes the host, takes no acknowledgement, and answers 101 with backquotes by Error`() {
        var reader = ready(setup: ReaderSetup())
        #expect(sent(reader.handle(.tag(text: "KING 1302", antenna: 2), at: start)) == ["#KING 1302%01-2-00-0\r\n"])
        #expect(reader.memory.isEmpty)
        #expect(sent(reader.handle(host("#01"), at: start)) == ["#01\r", "#Done\r\n"])
        #expect(sent(reader.handle(host("#101````"), at: start)) == ["#101````\r", "#Error\r\n"])
        #expect(sent(reader.handle(host("#6170"), at: start)) == ["#6170\r", "#Done\r\n"])
        #expect(sent(reader.handle(host("#525"), at: start)) == ["#ECPS P0 TFE X1 S0\r\n"])
        #expect(sent(reader.handle(host("#611"), at: start)).first?.hasPrefix("#") == true)
        #expect(reader.setup.mode == .ecp)
    }

    @Test(arguments: [(false, "#Done\r\n"), (true, "#3Done")])
    func `610 is answered plainly, or by some in the protocol that is left`(old: Bool, answer: String) {
        var model = ReaderModel()
        model.answersSwitchInOldProtocol = old
        var reader = ready(model: model)
        _ = reader.handle(host("#1011643"), at: start)
        #expect(sent(reader.handle(host("#36103763"), at: start)).first?.hasPrefix(answer) == true)
        #expect(reader.setup.mode == .basic)
    }

    @Test func `by default the same tag is not reported again for two minutes or until another came`() {
        var setup = ReaderSetup()
        setup.appendsAuxiliary = false
        var reader = ready(setup: setup)
        func report(_ text: String, _ seconds: Int64) -> Int {
            sent(reader.handle(.tag(text: text, antenna: 0), at: start + .seconds(seconds))).count
        }
        #expect([report("A", 0), report("A", 1), report("A", 119), report("A", 120)] == [1, 0, 0, 1])
        #expect([report("B", 121), report("A", 122)] == [1, 1])
        _ = reader.handle(host("#01"), at: start)
        _ = reader.handle(host("#40"), at: start)
        _ = reader.handle(host("#00"), at: start)
        #expect([report("A", 123), report("A", 123)] == [1, 1])
    }

    @Test func `memory is bounded: when it is full new tags are lost`() {
        var model = ReaderModel()
        model.depth = 3
        var reader = ready(model: model)
        for number in 0..<5 { _ = reader.handle(.tag(text: "TAG\(number)", antenna: 0), at: start) }
        #expect(reader.memory.count == 3)
        #expect(reader.counts.tagsLost == 2)
    }

    @Test(arguments: [(false, 0), (true, 2)])
    func `a power cut keeps the messages or loses them, as the model is`(keeps: Bool, left: Int) {
        var model = ReaderModel()
        model.keepsMessages = keeps
        var reader = ready(model: model)
        for number in 0..<2 { _ = reader.handle(.tag(text: "TAG\(number)", antenna: 0), at: start) }
        #expect(reader.handle(.powerOff, at: start) == [.wake(nil)])
        #expect(reader.handle(.tag(text: "TAG9", antenna: 0), at: start) == [])
        _ = reader.handle(.powerOn, at: start)
        #expect(reader.memory.count == left)
    }

    @Test func `63 clears all buffers and is answered by the sign-on`() {
        var reader = ECPFirmware(setup: .asSetUp)
        _ = reader.handle(.powerOn, at: start)
        _ = reader.handle(.tag(text: "KING 1302", antenna: 0), at: start)
        _ = reader.handle(host("#1011643"), at: start)
        #expect(sent(reader.handle(host("#363````"), at: start)) == ["#0Model E4 Ver 1.00 SN123456924E\r\n"])
        #expect(reader.memory.count == 2)
    }

    @Test func `FF switches repeats off, and the repeat timer runs from the end of the frame`() {
        var setup = ReaderSetup.asSetUp
        setup.timeout = 0xFF
        var silent = ready(setup: setup)
        #expect(silent.handle(.tag(text: "KING 1302", antenna: 0), at: start).count == 1)
        var model = ReaderModel()
        model.byteTime = .milliseconds(1)
        var slow = ready(model: model)
        let actions = slow.handle(.tag(text: "KING 1302", antenna: 0), at: start)
        // # and seq, 9 of text, 10 of auxiliary part, 4 of checksum, CR LF
        #expect(actions.last == wake(500 + 27))
    }

    @Test func `data inquiry gives one message for each CTRL-E`() {
        var setup = ReaderSetup()
        setup.mode = .inquiry
        setup.uniqueness = .transmitAll
        var reader = ready(setup: setup)
        for number in 0..<2 { #expect(reader.handle(.tag(text: "TAG\(number)", antenna: 0), at: start) == []) }
        #expect(sent(reader.handle(.bytes([5]), at: start)).first?.hasPrefix("#TAG0") == true)
        #expect(sent(reader.handle(.bytes([5, 5]), at: start)).count == 1)
    }

    @Test func `a reader with a clock appends the time, but not while tags are buffered`() {
        var model = ReaderModel()
        model.hasClock = true
        var reader = ready(model: model)
        _ = reader.handle(.tag(text: "A", antenna: 0), at: start)
        _ = reader.handle(host("#1011643"), at: start)
        #expect(sent(reader.handle(host("#3302````"), at: start)).first?.hasPrefix("#3Error") == true)
        _ = reader.handle(host("#0@3040"), at: start)
        #expect(sent(reader.handle(host("#5302````"), at: start)).first?.hasPrefix("#5Done") == true)
        _ = reader.handle(host("#700````"), at: start)
        let text = sent(reader.handle(.tag(text: "B", antenna: 0), at: start + .milliseconds(3_723_450))).joined()
        #expect(text.hasPrefix("#2B&01:02:03.45 01/01/00%01-0-01-0"))
    }
}
