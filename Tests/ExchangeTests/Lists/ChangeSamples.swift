import FoundationEssentials
import Lane

@testable import Exchange

/// Lists, one after the other, and the changes between them.
struct ChangeSamples {
    let key = SigningKey(seed: [UInt8](repeating: 3, count: 32))
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    typealias Rows = [TagNumber: AgreementListEntry]

    /// The first version of a small list.
    static let rows: Rows = [
        ListSamples.number(0): .agreement(Agreement(.noticeOverdue)),
        ListSamples.number(1): .agreement(Agreement(.approved)),
        ListSamples.number(2): .denial,
        Samples.printed: .denial,
    ]
    /// The second: one entry more, one less, one other.
    static let nextRows: Rows = [
        ListSamples.number(0): .agreement(Agreement(.approved)),
        ListSamples.number(2): .denial,
        Samples.pan: .agreement(Agreement(.blocked)),
        Samples.printed: .denial,
    ]

    static func header(_ version: UInt32, epoch: UInt32 = 1, name: String = "norway") -> AgreementListHeader {
        AgreementListHeader(
            name: name, version: ListVersion(epoch: epoch, version: version),
            issuedAt: UTC(milliseconds: ListSamples.noon + Int64(version)), staleAfter: .days(3))
    }

    /// The bytes of a list, as a builder that knows nothing of changes makes it.
    func bytes(_ rows: Rows, _ header: AgreementListHeader, by other: SigningKey? = nil) throws -> [UInt8] {
        try ListSamples.built(rows.map { ($0.key, $0.value) }, header, by: other ?? key).bytes
    }

    func list(_ rows: Rows, _ header: AgreementListHeader, by other: SigningKey? = nil) throws -> AgreementList {
        try AgreementList(bytes: bytes(rows, header, by: other), trusting: [(other ?? key).publicKey])
    }

    /// The bytes of a change between two lists.
    func change(from: AgreementList, to: AgreementList, by other: SigningKey? = nil) throws -> [UInt8] {
        try AgreementListChange.make(from: from, to: to, signedBy: other ?? key, into: folder / "change")
        return try read("change")
    }

    /// The bytes of the change from `rows` to `nextRows`.
    func change() throws -> [UInt8] {
        try change(from: list(Self.rows, Self.header(7)), to: list(Self.nextRows, Self.header(8)))
    }

    func opened(_ bytes: [UInt8]) throws(ListError) -> AgreementListChange {
        try AgreementListChange(bytes: bytes, trusting: [key.publicKey])
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: folder / name))) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder / name) }

    /// A change's bytes with successor, digest and both signatures made right again after somebody changed them.
    func signed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(576..<640, with: key.signature(over: Array(bytes[320..<576])))
        return Self.signed(bytes, by: key)
    }

    /// A file's bytes with its own digest and signature made right again.
    static func signed(_ bytes: [UInt8], by key: SigningKey) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(160..<192, with: Digest(of: Array(bytes[320...])).bytes)
        bytes.replaceSubrange(256..<320, with: key.signature(over: Array(bytes[..<256])))
        return bytes
    }
}

/// What a piece of work throws as a `ListError`; nil when it throws nothing.
func listError(_ work: () throws(ListError) -> Void) -> ListError? {
    do throws(ListError) {
        try work()
        return nil
    } catch {
        return error
    }
}
