import Exchange
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The keys of lists` {
    private let fixture: CentralFixture
    private var keys: ListKeys { ListKeys(fixture.folder) }

    init() throws { fixture = try CentralFixture() }

    /// Makes the first key and the next one, and gives both public halves.
    private func two() throws -> (first: String, next: String) {
        let first = try #require(fixture.central("keys").lines.first)
        let both = fixture.central("keys", "--next")
        #expect(both.code == .ok && both.notes.count == 1 && both.lines.count == 2 && both.lines[0] == first)
        return (first, both.lines[1])
    }

    @Test func `are shown together when there is a next one, and made once`() throws {
        let (first, next) = try two()
        #expect(first != next)
        for words in [["keys"], ["keys", "--next"]] {
            let said = fixture.central(words)
            #expect(said.lines == [first, next] && said.notes.isEmpty)
        }
        #expect(try Set(keys.trusted().map(\.hex)) == [first, next])
        #expect(try keys.signing().publicKey.hex == first)
    }

    @Test func `are changed when that is said: the next one signs, the one before stays known`() throws {
        let (first, next) = try two()
        try ListPublisher(folder: fixture.folder).publish("1234567890 approved")
        let said = fixture.central("keys", "--use-next")
        #expect(said.code == .ok && said.lines == [next])
        #expect(try keys.trusted().map(\.hex) == [next, first])
        // What is served is still the list of the first key, and the next version follows it.
        let publisher = try ListPublisher(folder: fixture.folder)
        #expect(try publisher.current("agreements")?.version.version == 1)
        let second = try publisher.publish("1234567890 approved")
        #expect(second.version.version == 2)
        let newKey = try #require(PublicKey(hex: next))
        #expect(
            try AgreementList.open(path: fixture.folder.list("agreements"), trusting: [newKey]).version
                == second.version)
    }

    @Test func `can be changed again`() throws {
        let (_, second) = try two()
        _ = fixture.central("keys", "--use-next")
        let third = try #require(fixture.central("keys", "--next").lines.last)
        #expect(fixture.central("keys", "--use-next").lines == [third])
        #expect(try keys.trusted().map(\.hex) == [third, second])
    }

    @Test func `are not changed without a next one`() throws {
        let path = fixture.folder.path
        _ = fixture.central("keys")
        let said = fixture.central("keys", "--use-next")
        #expect(said.code == .configuration && said.lines.isEmpty)
        let help = "make one with: central keys --next --folder \(path), and let stations trust it"
        #expect(said.notes == ["central keys: no next key in \(path); \(help)"])
        #expect(fixture.central("keys", "--next", "--use-next").code == .usage)
    }

    @Test func `are not made anew beside a public half whose secret one is gone`() throws {
        let (first, next) = try two()
        let folder = fixture.folder
        for (role, words) in [(ListKeys.Role.next, ["keys", "--next"]), (.list, ["keys"])] {
            let kept = folder.path + "/kept"
            try move(folder.signingKey(role), to: kept)
            let said = fixture.central(words)
            #expect(said.code == .configuration && said.notes.count == 1)
            #expect(
                said.notes[0].contains("\(folder.signingKey(role)) is missing, and \(folder.publicKey(role)) is there"))
            #expect(FileStamp(of: folder.signingKey(role)) == nil)
            try move(kept, to: folder.signingKey(role))
            #expect(fixture.central("keys").lines == [first, next])
        }
    }

    @Test func `are made anew when the public half of a lost one is kept as the one before, and versions go on`() throws
    {
        _ = fixture.central("keys")
        let folder = fixture.folder
        try ListPublisher(folder: folder).publish("1234567890 approved")
        try delete(folder.signingKey)
        let said = fixture.central("keys")
        #expect(said.notes.count == 1 && said.notes[0].contains("rename \(folder.publicKey) to previous.pub"))
        try move(folder.publicKey, to: folder.publicKey(.previous))
        #expect(fixture.central("keys").code == .ok)
        #expect(try ListPublisher(folder: folder).publish("1234567890 approved").version.version == 2)
    }

    @Test func `are whole after a power cut in the middle of their change`() throws {
        let (first, next) = try two()
        let folder = fixture.folder
        // The secret half has its new name, the public half its old one.
        try keepCopy(of: folder.publicKey(.list), as: folder.publicKey(.previous))
        try keepCopy(of: folder.signingKey(.list), as: folder.signingKey(.previous))
        try move(folder.signingKey(.next), to: folder.signingKey(.list))
        #expect(try Set(keys.trusted().map(\.hex)) == [first, next])
        #expect(try keys.signing().publicKey.hex == next)
        #expect(try keys.next() == nil && PublicKey(file: folder.publicKey(.list)).hex == next)
        // A key whose public half was not written yet.
        try delete(folder.publicKey(.list))
        #expect(fixture.central("keys").lines == [next])
    }
}
