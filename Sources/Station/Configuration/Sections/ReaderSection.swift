import Exchange
import Lane
import TagReader

/// `[reader NAME]`: a tag reader, its line, and the lanes under its antennas.
package struct ReaderSection: Hashable, Sendable {
    /// What is spoken on the line.
    package enum Dialect: Hashable, Sendable {
        /// TransCore "#" protocol with ECP.
        case ecp
    }

    /// An antenna port of the reader and the lane under it.
    package struct Antenna: Hashable, Sendable {
        package let port: UInt8
        package let lane: LaneNumber
    }

    package var settings: ReaderSettings
    package var dialect = Dialect.ecp
    package var port = ""
    package var baud = 9_600
    package var antennas: [Antenna] = []

    /// The section with what follows from its line: the time of a byte.
    var timed: ReaderSection {
        var section = self
        section.settings.byteTime = ReaderSettings.byteTime(baud: Int64(baud))
        return section
    }

    package static let most = 16
    /// Ports of the largest reader (Encompass has four); with 16 readers their numbers fit a byte.
    package static let mostAntennas = 8
    private static let mostCommands = 16
    /// With a port behind it, as in `reader1.15`, it names an antenna in records.
    private static let longestName = RecordContext.longestName - ".15".count

    package static let table = SectionTable(
        "reader", .named(most: most, longest: longestName, example: "reader1"),
        "A tag reader, its serial line, and the lanes under its antennas.", keys: line + protocolKeys + waits
    ) { ReaderSection(settings: ReaderSettings(name: $0)) }

    private static let line: [ConfigurationKey<ReaderSection>] = [
        ConfigurationKey("protocol", \.dialect, .choice([("ecp", .ecp)]), "What is spoken on the line."),
        ConfigurationKey(
            required: "port", \.port, .path(), example: "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A1-if00-port0",
            "The serial port; by its id, so that it is found again after it was unplugged."),
        ConfigurationKey(
            "baud", \.baud, .choice([1_200, 2_400, 4_800, 9_600, 19_200, 38_400].map { (String($0), $0) }),
            "Bits a second on the line, as the reader is set; 8 data bits, no parity, 1 stop bit."),
        ConfigurationKey(
            required: "antennas", \.antennas, .list(of: .antenna, most: mostAntennas), example: "0:1, 1:2",
            "Which antenna port hangs over which lane; a reader that does not tell its ports uses port 0."),
    ]

    private static let protocolKeys: [ConfigurationKey<ReaderSection>] = [
        ConfigurationKey(
            "crc", \.settings.crc, .choice(ECPCRC.allCases.map { ($0.rawValue, $0) }),
            "How the reader checks its frames; the first is as the manuals print it."),
        ConfigurationKey(
            "tagText", \.settings.tagText, .tagText, "The site's rule that makes a number of a tag's text."),
        ConfigurationKey(
            "uniqueness", \.settings.uniqueness, .uniqueness,
            "Which repeated reads of one tag the reader leaves out."),
        ConfigurationKey(
            "furtherCommands", \.settings.furtherCommands, .optionalList(of: .command, most: mostCommands),
            "Further set-up commands of the model, such as 311 (append the antenna port)."),
        ConfigurationKey(
            "reportPrefixes", \.settings.reportPrefixes, .optionalList(of: .text(most: 20), most: 8),
            "Messages that begin so are reports of presence or inputs, not tags (assumed: the texts are unpublished)."),
    ]

    private static let waits: [ConfigurationKey<ReaderSection>] = [
        ConfigurationKey(
            "repeatAfter", \.settings.repeatAfter, .duration(.milliseconds(50) ... .milliseconds(12_650)),
            "How long the reader waits for an acknowledgement before it repeats; above the slowest commit."),
        ConfigurationKey(
            "answerWithin", \.settings.answerWithin, .duration(.milliseconds(100) ... .seconds(10)),
            "How long an answer to a command may take."),
        ConfigurationKey(
            "commandTries", \.settings.commandTries, .count(1...10),
            "How often a command is sent before it counts as unanswered."),
        ConfigurationKey(
            "probeAfter", \.settings.probeAfter, .duration(.seconds(5) ... .minutes(10)),
            "After so long without a good frame the reader is asked for a sign of life."),
        ConfigurationKey(
            "evidenceAfter", \.settings.evidenceAfter, .duration(.milliseconds(60) ... .seconds(2)),
            "A damaged message that is not repeated well within this time is an unreadable tag."),
        ConfigurationKey(
            "retryMinimum", \.settings.retryMinimum, .duration(.milliseconds(10) ... .seconds(60)),
            "The shortest wait before a lost port or a failed set-up is tried again."),
        ConfigurationKey(
            "retryMaximum", \.settings.retryMaximum, .duration(.milliseconds(10) ... .minutes(10)),
            "The longest such wait."),
    ]
}
