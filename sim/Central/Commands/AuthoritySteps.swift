import Lane
import Station

/// The steps by which an authority is made and changed, as `central authority` takes them.
struct AuthoritySteps {
    /// The most stations that are named in a line.
    private static let mostNamed = 20

    private let folder: CentralFolder
    private let files: AuthorityFiles
    private let isForced: Bool
    private let console: Console
    private let now: UTC

    init(_ folder: CentralFolder, isForced: Bool, _ console: Console, now: UTC) {
        self.folder = folder
        files = AuthorityFiles(folder)
        self.isForced = isForced
        self.console = console
        self.now = now
    }

    /// The authority unless there is one, and the server's certificate anew.
    func make(hosts: [String]) throws {
        if try files.make(.present, at: now) { noteMade(.present) }
        guard let authority = try files.load() else { preconditionFailure("it was made just now") }
        let server = try files.makeServer(authority, hosts: hosts, at: now)
        console.note("made \(files.server.certificate), good until \(server.validity.ends.text)")
        console.line(try authority.certificate.fingerprint)
    }

    /// The authority that is to follow, and how far it is known.
    func makeNext() throws {
        guard try files.load() != nil else {
            throw CommandFailure(
                .configuration, "no authority in \(folder.path); make one with: central authority --host NAME")
        }
        if try files.make(.next, at: now) {
            noteMade(.next)
            console.note("start central serve again, so that stations learn of it")
        }
        let next = try fingerprint(of: .next, otherwise: "")
        let left = try left(by: .use(next: next))
        console.note(left.numbers.isEmpty ? "all \(left.all) stations trust it" : words(left, "do not trust it yet"))
        console.line(next)
    }

    func useNext() throws {
        guard try files.certificate(of: .previous) == nil else {
            throw CommandFailure(
                .configuration, "an authority before is still trusted; first: central authority --retire")
        }
        let next = try fingerprint(of: .next, otherwise: "no next authority; make one with: central authority --next")
        try require(.use(next: next), "do not trust the next authority yet")
        try files.useNext()
        console.note("signs with the next authority from now on; keep a copy of \(files.key(.present))")
        console.note("start central serve again")
    }

    func retire() throws {
        _ = try fingerprint(of: .previous, otherwise: "no authority of before is trusted: there is nothing to retire")
        let present = try fingerprint(of: .present, otherwise: "no authority in \(folder.path)")
        try require(.retirePrevious(present: present), "have a certificate of the authority before")
        try files.retire()
        console.note("the authority before is trusted no more; start central serve again")
        console.line(present)
    }

    private func require(_ step: AuthorityChange, _ lack: String) throws {
        let left = try left(by: step)
        guard !left.numbers.isEmpty else { return }
        guard isForced else { throw CommandFailure(.tryAgain, words(left, lack)) }
        console.note(words(left, lack) + "; enrol them anew")
    }

    private func left(by step: AuthorityChange) throws -> (numbers: [UInt32], all: Int) {
        let entries = try StationRegister(folder).entries()
        return (step.left(of: entries, at: now), entries.count { $0.mayCome(at: now) })
    }

    private func words(_ left: (numbers: [UInt32], all: Int), _ lack: String) -> String {
        let names = left.numbers.prefix(Self.mostNamed).map(String.init).joined(separator: ", ")
        let more = left.numbers.count > Self.mostNamed ? ", …" : ""
        return "\(left.numbers.count) of \(left.all) stations \(lack): \(names)\(more)"
    }

    private func fingerprint(of role: AuthorityFiles.Role, otherwise: String) throws -> String {
        guard let certificate = try files.certificate(of: role) else { throw CommandFailure(.configuration, otherwise) }
        return try certificate.fingerprint
    }

    private func noteMade(_ role: AuthorityFiles.Role) {
        console.note("made \(files.certificate(role)); keep a copy of \(files.key(role)) where nobody else can read it")
    }
}
