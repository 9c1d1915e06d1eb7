import Lane

/// What differs between readers that speak the "#" protocol, and nobody can change by a command.
package struct ReaderModel: Hashable, Sendable {
    /// The words of the sign-on's first line and of command 505.
    package var version = "Model E4 Ver 1.00 SN123456"
    /// The sign-on's second line; empty for a reader that has one only.
    package var copyright = "Copyright 2008 TransCore"
    /// How many messages its memory holds; the real figure is not published.
    package var depth = 64
    /// Whether unacknowledged messages survive a power cut; not published either.
    package var keepsMessages = false
    /// Whether `610` is answered in the protocol that is being left (AI1611) rather than as plain `#Done` (E4, MPRX).
    package var answersSwitchInOldProtocol = false
    /// The command that reports every read: `40` on MPRX, `41` on AI1422E, `43` on others.
    package var transmitAll = "40"
    /// Whether it has a clock, and so `30N`; E4 has none.
    package var hasClock = false
    /// How long a byte is on the line, for the repeat timer: it runs from the end of a message. Zero when the line takes no time.
    package var byteTime = Interval.zero

    package init() {}
}

/// What commands set in a reader; command `00` saves it.
package struct ReaderSetup: Hashable, Sendable {
    /// How messages leave the reader.
    package enum Mode: UInt8, Hashable, Sendable {
        /// Each at once, without acknowledgement (`610`).
        case basic = 0
        /// One after another, each repeated until it is acknowledged (`611`).
        case ecp = 1
        /// Each when a CTRL-E asks for it (`613`).
        case inquiry = 2
    }

    /// When the same tag is reported again.
    package enum Uniqueness: UInt8, Hashable, Sendable {
        /// Each read (`40`, or the model's own code).
        case transmitAll = 0
        /// When another tag has come, or after two minutes (`4100`).
        case twoMinutes = 1
        /// When another tag has come, or after 15 seconds (`4101`; assumed).
        case quarterMinute = 2
    }

    package var mode = Mode.basic
    package var uniqueness = Uniqueness.twoMinutes
    /// Software flow control; on from the factory, and harmful to ECP.
    package var hasFlowControl = true
    package var echoes = true
    /// Units of 50 ms without an acknowledgement after which a message is repeated; FF: never.
    package var timeout: UInt8 = 0xFE
    package var id: UInt8 = 1
    package var appendsTime = false
    package var appendsAuxiliary = true
    package var attenuation: UInt8 = 0
    package var baudCode: UInt8 = 5
    package var stopBits: UInt8 = 0
    package var parity: UInt8 = 0
    package var presenceReports: UInt8 = 0
    package var inputReports: UInt8 = 0

    package init() {}

    /// A reader as a station leaves it: ECP, 500 ms, every read reported.
    package static var asSetUp: ReaderSetup {
        var setup = ReaderSetup()
        setup.mode = .ecp
        setup.hasFlowControl = false
        setup.echoes = false
        setup.timeout = 10
        setup.uniqueness = .transmitAll
        return setup
    }
}
