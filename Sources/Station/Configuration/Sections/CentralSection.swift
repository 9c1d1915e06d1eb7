import Exchange
import HTTP
import Lane

/// `[central]`: the central server, how passages go to it, and which agreement list comes from it.
package struct CentralSection: Hashable, Sendable {
    /// Set by every file.
    package var url: Endpoint?
    package var caFile: String?
    package var clientCertificate: String?
    package var clientKey: String?
    package var list = "national"
    package var publicKeys: [PublicKey] = []
    package var listEvery = Interval.minutes(1)
    package var batchRecords = 500
    package var batchBytes = 500_000
    package var backOffMinimum = Interval.seconds(1)
    package var backOffMaximum = Interval.minutes(5)
    package var connectTimeOut = Interval.seconds(10)
    package var stallTimeOut = Interval.seconds(30)

    /// Keys in use, and those that follow them.
    package static let mostKeys = 4

    package static let table = SectionTable(
        "central", .single,
        "The central server: passages go to it, agreement lists come from it. Without it the station keeps everything.",
        keys: place + lists + delivery
    ) { _ in CentralSection() }

    private static let place: [ConfigurationKey<CentralSection>] = [
        ConfigurationKey(
            required: "url", \.url, .endpoint, example: "https://central.example:8443", "Where it is."),
        ConfigurationKey(
            optional: "caFile", \.caFile, .path(), example: "/etc/bomstasjon/ca.pem",
            "The authority that signed its certificate, in PEM; without it the system's authorities."),
        ConfigurationKey(
            optional: "clientCertificate", \.clientCertificate, .path(), example: "/etc/bomstasjon/station.pem",
            "The certificate by which the station shows who it is, in PEM; only together with clientKey."),
        ConfigurationKey(
            optional: "clientKey", \.clientKey, .path(), example: "/etc/bomstasjon/station.key",
            "The key of that certificate, in PEM."),
    ]

    private static let lists: [ConfigurationKey<CentralSection>] = [
        ConfigurationKey("list", \.list, .name(most: 32), "The name of the agreement list that the station asks for."),
        ConfigurationKey(
            required: "publicKeys", \.publicKeys, .list(of: .publicKey, most: mostKeys),
            example: "what central keys prints",
            "The keys of which one must have signed a list; a list signed by any other is refused."),
        ConfigurationKey(
            "listEvery", \.listEvery, .duration(.seconds(1) ... .days(1)),
            "How often the station asks whether there is a newer list."),
    ]

    private static let delivery: [ConfigurationKey<CentralSection>] = [
        ConfigurationKey(
            "batchRecords", \.batchRecords, .count(1...10_000), "How many records go in one request at the most."),
        ConfigurationKey(
            "batchBytes", \.batchBytes, .size(10_000...10_000_000), "How large a request is at the most."),
        ConfigurationKey(
            "backOffMinimum", \.backOffMinimum, .duration(.milliseconds(100) ... .minutes(1)),
            "The first wait after a failed request; each further one may be twice as long."),
        ConfigurationKey(
            "backOffMaximum", \.backOffMaximum, .duration(.milliseconds(100) ... .hours(1)),
            "The longest wait; each wait is drawn between nothing and its bound."),
        ConfigurationKey(
            "connectTimeOut", \.connectTimeOut, .duration(.milliseconds(100) ... .minutes(2)),
            "How long connecting may take."),
        ConfigurationKey(
            "stallTimeOut", \.stallTimeOut, .duration(.seconds(1) ... .minutes(10)),
            "A request on which nothing moves for so long is given up and tried again."),
    ]
}
