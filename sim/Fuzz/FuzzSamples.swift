import Exchange
import Lane

/// Small list files of every kind: what the fuzzer begins with, and what its inputs are applied to.
struct FuzzSamples: Sendable {
    let key = SigningKey(seed: [UInt8](repeating: 6, count: 32))
    /// The list that every change is applied to.
    let base: AgreementList
    /// Bytes of whole files, by name.
    let seeds: [(name: String, bytes: [UInt8])]
    let folder: FuzzFolder

    /// Makes the files in a folder.
    init(_ folder: FuzzFolder) throws {
        self.folder = folder
        let issuers = ["pan:9578", "printed:10"].compactMap { IssuerPrefix(text: $0) }
        let empty = try Self.list(0, Self.header(1), issuers: [], by: key)
        let small = try Self.list(3, Self.header(1), issuers: issuers, by: key)
        let larger = try Self.list(200, Self.header(1), issuers: [], by: key)
        base = try AgreementList(bytes: small, trusting: [key.publicKey])
        var seeds = [("empty", empty), ("small", small), ("larger", larger)]
        for count in [0, 1, 40] {
            var operations = AgreementListOperations()
            for value in 0..<count { try operations.add(Self.tag(value), value % 3 == 0 ? .remove : .set(.denial)) }
            let (list, change) = ("\(folder.path)/list", "\(folder.path)/change")
            _ = try base.next(
                applying: operations, Self.header(2), issuers: count == 1 ? issuers : [], signedBy: key, into: list,
                change: change)
            seeds.append(("change\(count)", try folder.bytes(of: change)))
        }
        for path in try AgreementListParts.split(base, into: 2, folder: folder.path, signedBy: key) {
            seeds.append(("part\(seeds.count)", try folder.bytes(of: path)))
        }
        self.seeds = seeds
    }

    static func tag(_ value: Int) -> TagNumber {
        let digits = String(1_000_000 + value)
        guard let tag = TagNumber(.printed, digits: Array(digits.utf8)) else { preconditionFailure("seven digits") }
        return tag
    }

    private static func header(_ version: UInt32) -> AgreementListHeader {
        AgreementListHeader(
            name: "norway", version: ListVersion(epoch: 1, version: version), issuedAt: UTC(milliseconds: 0),
            staleAfter: .days(1))
    }

    private static func list(
        _ count: Int, _ header: AgreementListHeader, issuers: [IssuerPrefix], by key: SigningKey
    ) throws -> [UInt8] {
        var builder = AgreementListBuilder()
        for value in 0..<count { try builder.add(tag(7 * value), .agreement(Agreement(.approved))) }
        return try builder.build(header, issuers: issuers, signedBy: key).bytes
    }
}
