import Exchange
import HTTP
import Lane
import Sync

/// `[central]`: the central server, and which agreement list comes from it.
package struct CentralSection: Hashable, Sendable {
    /// Set by every file.
    package var url: Endpoint?
    package var caFile: String?
    package var clientCertificate: String?
    package var clientKey: String?
    package var list = AgreementList.defaultName
    package var publicKeys: [PublicKey] = []
    package var listEvery = ListUpdater.everyByDefault
    package var listMemory = ListMemory.byDefault

    /// Keys in use, and those that follow them.
    package static let mostKeys = 4

    package static let table = SectionTable(
        "central", .single,
        "The central server: passages go to it, agreement lists come from it. Without it the station keeps everything.",
        keys: place + lists
    ) { _ in CentralSection() }

    private static let place: [ConfigurationKey<CentralSection>] = [
        ConfigurationKey(
            required: "url", \.url, .endpoint, example: "https://central.example:8443", "Where it is."),
        ConfigurationKey(
            optional: "caFile", \.caFile, .credential, example: "/etc/bomstasjon/ca.pem",
            "The authority that signed its certificate, in PEM; without it the system's authorities."),
        ConfigurationKey(
            optional: "clientCertificate", \.clientCertificate, .credential, example: "/etc/bomstasjon/station.pem",
            "The certificate by which the station shows who it is, in PEM; only together with clientKey."),
        ConfigurationKey(
            optional: "clientKey", \.clientKey, .credential, example: "/etc/bomstasjon/station.key",
            "The key of that certificate, in PEM."),
    ]

    private static let lists: [ConfigurationKey<CentralSection>] = [
        ConfigurationKey(
            "list", \.list, .name(most: RecordContext.longestName),
            "The name of the agreement list that the station asks for."),
        ConfigurationKey(
            required: "publicKeys", \.publicKeys, .list(of: .publicKey, most: mostKeys),
            example: "what central keys prints",
            "The keys of which one must have signed a list; a list signed by any other is refused."),
        ConfigurationKey(
            "listEvery", \.listEvery, .duration(.seconds(1) ... .days(1)),
            "How often the station asks whether there is a newer list."),
        ConfigurationKey(
            "listMemory", \.listMemory, .listMemory,
            "The largest list that is taken: it is locked in memory. A larger one is refused before it is fetched."),
    ]
}
