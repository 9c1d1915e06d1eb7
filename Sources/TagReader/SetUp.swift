/// Leads a reader from an unknown state to data mode under ECP with the site's settings: which command comes next.
///
///     hello ──Done──▶ write 6140, 612NN, uniqueness, … (6170) ──▶ read back 525 ──▶ 00 ──Done──▶ finished
///       │ ▲                    │ first Error: 01 once more, then the same again
///       │ └──────── Done ──────┼─ #611 ◀─ Done ─ #01         (the reader was in the Basic protocol)
///       └──plain Error─────────┴──────────────────▲
///
/// `hello` is `#101` with the wild card. A reader whose last command had the same sequence digit repeats its old answer
/// instead of obeying; the first command after it has another digit, so its answer proves the effect: in data mode a
/// reader takes nothing but `01` and answers `Error`.
struct SetUp: Sendable {
    /// One command to send.
    struct Command: Hashable, Sendable {
        enum Form: Hashable, Sendable {
            /// In ECP, with the wild card or the true CRC.
            case wild, checked
            /// In the Basic protocol: `#`, the command, CR.
            case basic
        }
        let data: [UInt8]
        let form: Form
    }

    /// What came back.
    enum Answer: Hashable, Sendable {
        case done
        case error
        case text([UInt8])
        /// `Done` or `Error` without sequence digit and CRC.
        case plainDone, plainError
        /// Nothing, in spite of the retries.
        case none
    }

    /// What is to be done.
    enum Next: Hashable, Sendable {
        case send(Command)
        /// The answer is not meant for this command: go on waiting.
        case wait
        /// The reader is in data mode, under ECP.
        case finished
        case failed(ReaderState)
    }

    private enum Step: Hashable {
        case hello
        case basicMode, basicToECP
        /// `01` once more, because the first setting was refused.
        case hellosAgain
        case write(Int)
        case readBack
        case dataMode
    }

    /// Settings that the reader refused or did not keep.
    private(set) var refused = 0
    /// Our own bytes came back: the reader is told to stop that (`6170`).
    var hasEcho = false
    private let settings: [[UInt8]]
    private let expected: [[UInt8]]
    private var step = Step.hello
    private var hellos = 1
    private var restarts = 0
    private var basicRounds = 0
    private var refusedDataModes = 0
    private var isModeProven = false
    private var hasRewritten = false
    private var hasSilencedEcho = false

    /// After so many unanswered or unclear greetings, or rounds of one kind, the reader is left alone for a while.
    private static let mostRounds = 3
    /// Further commands beyond this are left out: they would keep RF off for long.
    private static let mostFurther = 16

    init(_ reader: ReaderSettings) {
        let uniqueness: [String] =
            switch reader.uniqueness {
            case .asFound: []
            case .once: ["4100"]
            case .everyRead: ["40"]
            case .command(let command): [command]
            }
        let further = (uniqueness + reader.furtherCommands.prefix(Self.mostFurther))
            .filter { ReaderSettings.refusal(of: $0) == nil }
        settings = [Array("6140".utf8), Array("612".utf8) + reader.repeatAfterDigits] + further.map { Array($0.utf8) }
        expected = [Array("T".utf8) + reader.repeatAfterDigits, Array("X0".utf8)]
    }

    /// The first command.
    var first: Command { Command(data: Self.commandMode, form: .wild) }

    private static let commandMode = Array("01".utf8)

    /// Takes the answer to the last command.
    mutating func next(after answer: Answer) -> Next {
        switch step {
        case .hello: afterHello(answer)
        case .basicMode: afterBasicMode(answer)
        case .basicToECP: greet()
        case .hellosAgain: answer == .none ? restart() : write(0)
        case .write(let index): afterSetting(index, answer)
        case .readBack: afterReadBack(answer)
        case .dataMode: afterDataMode(answer)
        }
    }

    private mutating func afterHello(_ answer: Answer) -> Next {
        switch answer {
        case .done:
            return write(0)
        case .plainDone, .plainError:
            return basic()
        case .error, .text:
            // An old answer; or a reader that refuses `01` because it is in command mode already.
            return hellos < 2 ? greet() : write(0)
        case .none:
            return hellos < 2 ? greet() : basic()
        }
    }

    private mutating func greet() -> Next {
        hellos += 1
        isModeProven = false
        return go(.hello, Self.commandMode, .wild)
    }

    private mutating func basic() -> Next {
        basicRounds += 1
        guard basicRounds <= Self.mostRounds else { return .failed(.faulty(.basicOnly)) }
        return go(.basicMode, Self.commandMode, .basic)
    }

    private mutating func afterBasicMode(_ answer: Answer) -> Next {
        switch answer {
        case .plainDone, .plainError: go(.basicToECP, Array("611".utf8), .basic)
        case .done, .error, .text: greet()
        case .none: .failed(.silent)
        }
    }

    private mutating func write(_ index: Int) -> Next {
        guard index < settings.count else { return hasEcho && !hasSilencedEcho ? silenceEcho() : readBack() }
        return go(.write(index), settings[index], .checked)
    }

    /// One setting more. An adapter that echoes goes on all the same.
    private mutating func silenceEcho() -> Next {
        hasSilencedEcho = true
        return go(.write(settings.count - 1), Array("6170".utf8), .checked)
    }

    private mutating func readBack() -> Next { go(.readBack, Array("525".utf8), .checked) }

    private mutating func afterSetting(_ index: Int, _ answer: Answer) -> Next {
        switch answer {
        case .done:
            isModeProven = true
        case .error where !isModeProven:
            isModeProven = true
            return go(.hellosAgain, Self.commandMode, .checked)
        case .error, .text:
            refused += 1
        case .plainError:
            return basic()
        case .plainDone:
            return .wait
        case .none:
            return restart()
        }
        return write(index + 1)
    }

    /// Answers have stopped in the middle: begin again, a bounded number of times.
    private mutating func restart() -> Next {
        restarts += 1
        hellos = 0
        return restarts < Self.mostRounds ? greet() : .failed(.silent)
    }

    private mutating func afterReadBack(_ answer: Answer) -> Next {
        switch answer {
        case .text(let text) where keeps(text): break
        case .text where !hasRewritten:
            hasRewritten = true
            return write(0)
        case .text, .error, .done: refused += 1
        case .plainError: return basic()
        case .plainDone: return .wait
        case .none: return restart()
        }
        return go(.dataMode, Array("00".utf8), .checked)
    }

    /// `ECPS P1 T0A X0 S0` says that the time-out and the flow control are as they were set.
    private func keeps(_ text: [UInt8]) -> Bool {
        let words = text.split(separator: UInt8(ascii: " ")).map(Array.init)
        return words.first == Array("ECPS".utf8) && expected.allSatisfy(words.contains)
    }

    private mutating func afterDataMode(_ answer: Answer) -> Next {
        switch answer {
        case .done: return .finished
        case .plainError: return basic()
        case .plainDone: return .wait
        case .none: return restart()
        case .error, .text:
            refusedDataModes += 1
            guard refusedDataModes < Self.mostRounds else { return .failed(.faulty(.staysInCommandMode)) }
            return go(.dataMode, Array("00".utf8), .checked)
        }
    }

    private mutating func go(_ next: Step, _ data: [UInt8], _ form: Command.Form) -> Next {
        step = next
        return .send(Command(data: data, form: form))
    }
}
