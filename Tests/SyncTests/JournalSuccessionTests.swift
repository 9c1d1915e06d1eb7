import Lane
import TestSupport
import Testing

@testable import Sync

@Suite struct JournalSuccessionTests {
    @Test func `a restart is no reason for one more new journal`() throws {
        let folder = try TemporaryFolder()
        func open(at n: Int64, settingAside: Bool = false) throws(JournalFailure) -> JournalState {
            let before = settingAside ? try JournalReader(folder: folder.path).journal : nil
            return try Journal.open(
                folder: folder.path, context: context, stamp: stamp(n), settingAside: settingAside, after: before
            ).opened
        }
        #expect(try open(at: 0).succession == nil)
        #expect(try open(at: 10, settingAside: true).succession == .init(count: 1, age: .zero))
        #expect(try open(at: 40).succession == .init(count: 1, age: .seconds(30)))
        #expect(try open(at: 100, settingAside: true).succession == .init(count: 2, age: .zero))
        #expect(try open(at: 160).succession == .init(count: 2, age: .seconds(60)))
    }

    @Test func `what is left of the pause is waited for, and a journal of which nothing was taken has no successor`() {
        let pause = JournalSuccession.shortest
        var succession = JournalSuccession()
        succession.resume(.init(count: 1, age: .minutes(4)), isProved: true, at: second(1_000))
        #expect(succession.begin(at: second(1_000)) != nil)
        #expect(succession.begin(at: second(1_000) + pause - .minutes(4)) == nil)
        var unproved = JournalSuccession()
        unproved.resume(.init(count: 1, age: .days(9)), isProved: false, at: second(1_000))
        #expect(unproved.begin(at: second(1_000)) != nil)
        unproved.settle()
        #expect(unproved.begin(at: second(1_000)) == nil)
        var many = JournalSuccession()
        many.resume(.init(count: 1_000, age: .zero), isProved: true, at: second(1_000))
        #expect(many.begin(at: second(1_000) + JournalSuccession.longest - .seconds(1)) != nil)
        #expect(many.begin(at: second(1_000) + JournalSuccession.longest) == nil)
    }
}
