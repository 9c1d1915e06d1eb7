import HTTP

/// `[lines]`: by what the lamps and the detectors are wired to the computer.
package struct LinesSection: Hashable, Sendable {
    /// What drives the lines.
    package enum Driver: Hashable, Sendable {
        /// No lamps and no detectors.
        case none
        /// A line bank over a Unix socket: the simulator's.
        case simulated
    }

    package var driver = Driver.none
    /// Set where the driver is `simulated`.
    package var socket: String?

    package static let table = SectionTable(
        "lines", .single, "By what the lamps and the detectors are wired to the computer.",
        keys: [
            ConfigurationKey(
                "driver", \.driver, .choice([("none", .none), ("simulated", .simulated)]),
                "What drives the lines: none (no lamps, no detectors) or simulated (a line bank over a Unix socket)."),
            ConfigurationKey(
                optional: "socket", \.socket, .path(most: Endpoint.longestSocketPath),
                example: "/run/bomstasjon/lines.sock", "The socket of the simulated line bank."),
        ]
    ) { _ in LinesSection() }
}
