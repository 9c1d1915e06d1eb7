import Exchange
import Lane
import Storage
import Testing

@testable import Sync

@Suite struct ListFolderTests {
    let folder: TemporaryFolder
    let key = SigningKey.generate()
    init() throws { folder = try TemporaryFolder() }

    private var lists: ListFolder { ListFolder(folder: folder.path, name: "national", keys: [key.publicKey]) }

    private func list(
        _ version: UInt32, name: String = "national", signedBy other: SigningKey? = nil, activeFrom: Int64 = 0
    ) throws -> [UInt8] {
        let header = AgreementListHeader(
            name: name, version: ListVersion(epoch: 1, version: version), issuedAt: stamp(0).utc,
            activeFrom: stamp(activeFrom).utc, staleAfter: .days(7))
        return try AgreementListBuilder().build(header, signedBy: other ?? key).bytes
    }

    private func verify(_ bytes: [UInt8]) throws -> ListUpdater.Event {
        try DurableFile.replace(lists.fetched, with: bytes)
        return lists.verify(at: stamp(0).utc).event
    }

    @Test func `a fetched list is put in force, and the one before is kept`() throws {
        #expect(lists.open().list == nil && lists.open().problem == nil)
        for version in [1, 2, 3] as [UInt32] {
            #expect(
                try verify(list(version))
                    == .verified(ListVersion(epoch: 1, version: version), activeIn: .zero))
            try lists.adopt()
            #expect(lists.open().list?.version.version == version)
        }
        #expect(folder.names == ["national.list", "national.list.previous"])
        #expect(bytesOf(lists.previous) == (try list(2)))
    }

    @Test func `a damaged list gives way to the one before, and says so`() throws {
        for version in [1, 2] as [UInt32] {
            _ = try verify(list(version))
            try lists.adopt()
        }
        try DurableFile.replace(lists.inForce, with: try list(2).dropLast(1))
        let (list, problem) = lists.open()
        #expect(list?.version.version == 1)
        #expect(problem?.hasPrefix("the list on this disk cannot be used (\(lists.inForce): ") == true)
        #expect(problem?.hasSuffix("): the one before it is in force") == true)
        // Neither is usable: both are named.
        try DurableFile.replace(lists.previous, with: [1])
        #expect(lists.open().list == nil)
        #expect(lists.open().problem?.contains("; the one before it cannot be used (\(lists.previous): ") == true)
    }

    @Test func `a damaged list is never kept in the place of the good one before it`() throws {
        for version in [1, 2] as [UInt32] {
            _ = try verify(list(version))
            try lists.adopt()
        }
        try DurableFile.replace(lists.inForce, with: try list(2).dropLast(1))
        _ = try verify(list(3))
        try lists.adopt()
        #expect(lists.open().list?.version.version == 3)
        #expect(bytesOf(lists.previous) == (try list(1)))
    }

    @Test func `a wrong signature, a cut and another list's name are each refused in one line`() throws {
        let other = SigningKey.generate()
        #expect(
            try verify(list(1, signedBy: other))
                == .refused(
                    "list is signed with key \(other.publicKey.id), not trusted here; check the configured keys"))
        let whole = try list(1)
        var bent = whole
        bent[whole.count - 1] ^= 1
        #expect(try verify(bent) == .refused("list's signature is wrong; fetch it again, and ask who changed it"))
        #expect(
            try verify(Array(whole.dropLast(5)))
                == .refused("list has \(whole.count - 5) bytes of \(whole.count); fetch it again"))
        #expect(try verify(list(1, name: "local")) == .refused("it is the list local, not national"))
    }

    @Test func `a list of the future is verified, with how long it has to wait`() throws {
        guard case .verified(_, let wait) = try verify(list(1, activeFrom: 90)) else {
            Issue.record("not verified")
            return
        }
        #expect(wait == .seconds(90))
        #expect(lists.verify(at: nil).event == .verified(ListVersion(epoch: 1, version: 1), activeIn: nil))
    }
}
