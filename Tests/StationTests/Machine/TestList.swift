import Exchange
import FoundationEssentials
import Lane
import Station
import Testing

@testable import Exchange

/// Signed lists for stories, built in memory.
enum TestList {
    static let key = SigningKey(seed: [UInt8](repeating: 7, count: 32))

    static func tag(_ digits: String) -> TagNumber {
        guard let tag = TagNumber(.agencySerial, digits: Array(digits.utf8)) else {
            preconditionFailure("digits are a number")
        }
        return tag
    }

    /// A list in which these tags stand so; issued at noon, stale after a day.
    static func list(version: UInt32 = 1, _ entries: [(String, AgreementListEntry)]) throws -> AgreementList {
        try list(version: version, entries.map { (tag($0.0), $0.1) })
    }

    static func list(version: UInt32 = 1, _ entries: [(TagNumber, AgreementListEntry)]) throws -> AgreementList {
        var builder = AgreementListBuilder()
        for (tag, entry) in entries { try builder.add(tag, entry) }
        let header = AgreementListHeader(
            name: "national", version: ListVersion(epoch: 1, version: version),
            issuedAt: UTC(milliseconds: StationWorld.noon), staleAfter: .days(1))
        return try AgreementList(
            bytes: try builder.build(header, signedBy: key).bytes, trusting: [key.publicKey])
    }

    static func approving(_ digits: String = StationWorld.digits, version: UInt32 = 1) throws -> AgreementList {
        try list(version: version, [(digits, .agreement(Agreement(.approved)))])
    }
}
