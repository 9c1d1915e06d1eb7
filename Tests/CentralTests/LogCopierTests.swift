import Exchange
import FoundationEssentials
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The central store's log` {
    private let fixture: CentralFixture

    init() throws { fixture = try CentralFixture() }

    /// How many records are in the file itself, without the log beside it.
    private func copied() throws -> Int64? {
        let copy = fixture.folder.path + "/copy.sqlite"
        try FileManager.default.copyItem(atPath: fixture.folder.database, toPath: copy)
        return try Database(path: copy, access: .readWrite).integer("SELECT count(*) FROM records")
    }

    @Test(arguments: [(logPages: 1, count: 20), (logPages: 1_000, count: nil)] as [(logPages: Int, count: Int64?)])
    func `is copied by its thread when it has grown long, while the store stays open`(
        logPages: Int, count: Int64?
    ) throws {
        let desk = try ReceptionDesk(folder: fixture.folder, logPages: logPages) { Issue.record("\($0)") }
        do {
            let copier = LogCopier(desk)
            let answer = desk.deliver(Sample.lines(20), of: Sample.journal)
            guard case .taken = answer else {
                Issue.record("\(answer)")
                return
            }
            // Its end waits until it has done what it was told.
            _ = consume copier
        }
        do { #expect(try copied() == count) } catch { #expect(count == nil) }
        guard case .position(let position) = desk.position(of: Sample.journal) else {
            Issue.record("no position")
            return
        }
        #expect(position.contiguous == Sequence(20))
    }
}
