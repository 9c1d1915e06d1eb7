import Exchange
import Glibc
import Lane

/// Small list files of every kind: what the fuzzer begins with, and what its inputs are applied to.
struct FuzzSamples {
    let key = SigningKey(seed: [UInt8](repeating: 6, count: 32))
    /// The list that every change is applied to.
    let base: AgreementList
    /// Bytes of whole files, by name.
    let seeds: [(name: String, bytes: [UInt8])]
    /// A folder of the run's own.
    let folder: String

    /// Makes the files in a folder.
    init(folder: String) throws {
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
            let (list, change) = ("\(folder)/list", "\(folder)/change")
            _ = try base.next(
                applying: operations, Self.header(2), issuers: count == 1 ? issuers : [], signedBy: key, into: list,
                change: change)
            seeds.append(("change\(count)", try Self.bytes(of: change)))
        }
        for path in try AgreementListParts.split(base, into: 2, folder: folder, signedBy: key) {
            seeds.append(("part\(seeds.count)", try Self.bytes(of: path)))
        }
        self.seeds = seeds
    }

    /// Writes the seeds to a folder.
    func write(to folder: String) {
        for (name, bytes) in seeds {
            let file = unsafe open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            precondition(
                unsafe Glibc.write(file, bytes, bytes.count) == bytes.count, "write the seeds: is the folder there?")
            close(file)
        }
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

    private static func bytes(of path: String) throws -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe read(file, &bytes, bytes.count)
        guard count > 0 else { throw ListError.wrongMagic }
        return Array(bytes.prefix(count))
    }
}
