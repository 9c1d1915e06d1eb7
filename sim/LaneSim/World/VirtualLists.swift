import Central
import Exchange
import Lane

/// The lists that the central server of a scenario publishes, signed with a key that no other station trusts.
struct VirtualLists {
    /// One that is served from a moment on.
    private struct Served {
        let at: Interval
        let version: ListVersion
        let bytes: [UInt8]
    }

    /// The first list's version in its epoch: one below it is older.
    private static let firstVersion: UInt32 = 10
    private static let key = SigningKey(seed: [UInt8](repeating: 0x51, count: 32))
    private static let otherKey = SigningKey(seed: [UInt8](repeating: 0x52, count: 32))

    /// What the station trusts.
    static var publicKey: PublicKey { key.publicKey }

    private var served: [Served] = []

    /// - Parameter earliest: a list of before the first moment is there since then.
    init(_ lists: [PublishedList], name: String, _ clock: VirtualClock, earliest: Interval) throws {
        var number = Self.firstVersion
        for list in lists {
            let at = list.at <= .zero ? min(list.at, earliest) : list.at
            let version = ListVersion(epoch: 1, version: list.damage == .older ? number - 2 : number)
            if list.damage != .older { number += 1 }
            let header = AgreementListHeader(
                name: name, version: version, issuedAt: clock.worldTime(at: at), staleAfter: list.staleAfter)
            served.append(Served(at: at, version: version, bytes: try Self.bytes(of: list, header)))
        }
    }

    /// The last published: its version and its bytes.
    func current(at elapsed: Interval) -> (version: ListVersion, bytes: [UInt8])? {
        served.last { $0.at <= elapsed }.map { ($0.version, $0.bytes) }
    }

    private static func bytes(of list: PublishedList, _ header: AgreementListHeader) throws -> [UInt8] {
        var builder = AgreementListBuilder()
        for spec in list.entries {
            let agreement = spec.standing.status.map { status in
                AgreementListEntry.agreement(Agreement(status, validFrom: spec.from, validUntil: spec.until))
            }
            try builder.add(spec.tag, agreement ?? .denial)
        }
        var bytes = try builder.build(header, signedBy: list.damage == .signature ? otherKey : key).bytes
        switch list.damage {
        case .none, .signature, .older: break
        case .content: bytes[bytes.count - 1] ^= 1
        case .truncated: bytes.removeLast(bytes.count / 2)
        }
        return bytes
    }
}
