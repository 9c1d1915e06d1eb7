import Lane

/// Which stations a step in the change of the authority would shut out. Pure.
enum AuthorityChange {
    /// This server shows a certificate of the next authority, with that fingerprint: who does not trust it does not know the server.
    case use(next: String)
    /// Certificates of the authority before are taken no more, but those of the one with that fingerprint alone.
    case retirePrevious(present: String)

    /// Of those that may come again, the stations that are not ready, in the order of their numbers.
    func left(of entries: [StationEntry], at now: UTC) -> [UInt32] {
        entries.filter { $0.mayCome(at: now) && !isReady($0) }.map(\.station)
    }

    private func isReady(_ entry: StationEntry) -> Bool {
        switch self {
        case .use(let next): entry.trusts?.contains(next) ?? false
        // All of them: the last answer may be lost.
        case .retirePrevious(let present): entry.certificates.allSatisfy { $0.issuer == present }
        }
    }
}

extension StationEntry {
    /// Whether it has a certificate that is good, or good for renewal.
    func mayCome(at now: UTC) -> Bool {
        guard !isWithdrawn, let ends else { return false }
        return now <= ends + Self.renewedWithin
    }
}
