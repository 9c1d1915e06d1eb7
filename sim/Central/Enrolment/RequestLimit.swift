import Lane

/// How many requests each client may make in a minute, so that none takes the time of the others. Pure.
///
/// For each client it holds until when the requests that it has made would last at an even pace: one that is a minute ahead waits until
/// the next is due. So a pause gives a burst back, and who asks too much is slowed down and not shut out.
struct RequestLimit: Hashable, Sendable {
    /// Whom a request is counted for.
    enum Client: Hashable, Sendable {
        /// Whoever has shown this station's certificate.
        case station(StationID)
        /// Whoever comes from there without one of a station.
        case address(String)
        /// All for whom there is no place in the table.
        case others
    }

    /// A station with a backlog sends some 25 batches a second, and its photos beside them.
    static let mostOfStation = 12_000
    /// A station without a certificate enrols, and a probe asks whether the server lives.
    static let mostOfAddress = 600
    static let within = Interval.minutes(1)
    /// Far more than there are stations; a client that has paused for a minute needs no place.
    static let mostClients = 10_000

    private let mostOfStation: Int
    private let mostOfAddress: Int
    private var lasts: [Client: Instant] = [:]

    init(ofStation: Int = RequestLimit.mostOfStation, ofAddress: Int = RequestLimit.mostOfAddress) {
        mostOfStation = ofStation
        mostOfAddress = ofAddress
    }

    /// Takes one request; a time: it is not taken, and may come again after that.
    mutating func take(_ client: Client, at now: Instant) -> Interval? {
        let client = place(for: client, at: now)
        let end = max(lasts[client] ?? now, now) + each(of: client)
        guard end <= now + Self.within else { return end - (now + Self.within) }
        lasts[client] = end
        return nil
    }

    private func each(of client: Client) -> Interval {
        let most = if case .station = client { mostOfStation } else { mostOfAddress }
        return Interval(nanoseconds: Self.within.nanoseconds / Int64(most))
    }

    private mutating func place(for client: Client, at now: Instant) -> Client {
        guard lasts[client] == nil, lasts.count >= Self.mostClients else { return client }
        lasts = lasts.filter { $0.value > now }
        return lasts.count < Self.mostClients ? client : .others
    }
}
