import Exchange
import Glibc
import HTTP
import Lane
import Testing

@testable import Central

struct AuthorityFilesTests {
    private let fixture: CentralFixture
    private let files: AuthorityFiles
    private let now = UTC(milliseconds: 1_800_000_000_000)

    init() throws {
        fixture = try CentralFixture()
        files = AuthorityFiles(fixture.folder)
        _ = try files.make(.present, at: now)
        _ = try files.make(.next, at: now)
    }

    @Test func `a change that was cut off between key and certificate is ended by whoever looks next`() throws {
        let trusted = try files.trusted()
        #expect(trusted.count == 2)
        try files.useNext()
        #expect(try files.trusted() == trusted.reversed())
        // As a power cut leaves it: the key has its new name, its certificate not.
        #expect(unsafe rename(files.certificate(.present), files.certificate(.next)) == 0)
        #expect(try files.load()?.certificate == trusted[1])
        #expect(try files.trusted() == trusted.reversed())
    }

    @Test func `a next key that was deleted leaves the present authority as it is`() throws {
        let present = try files.load()?.certificate
        #expect(unsafe unlink(files.key(.next)) == 0)
        #expect(throws: KeyError.self) { try files.useNext() }
        #expect(try files.load()?.certificate == present)
        #expect(try files.certificate(of: .previous) == nil)
    }

    @Test(arguments: [0o640, 0o604, 0o660]) func `a key that others may use is refused with the remedy`(mode: UInt32)
        throws
    {
        #expect(unsafe chmod(files.key(.present), mode) == 0)
        let error = #expect(throws: KeyError.self) { try files.load() }
        #expect(error == .notPrivate(path: files.key(.present), mode: mode))
        #expect(fixture.central("authority", "--host", "a").code == .configuration)
    }
}
