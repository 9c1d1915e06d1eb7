import Glibc
import Lane
import Testing

@testable import Exchange

/// A disk that does not give all of a list, played by a file that is cut while it is mapped: both are SIGBUS where a page is touched.
struct AgreementListUnreadableTests {
    private let samples: ChangeSamples
    private let page = sysconf(Int32(_SC_PAGESIZE))
    private let rows: ChangeSamples.Rows

    init() throws {
        samples = try ChangeSamples()
        // Of 23 bytes each: some four pages.
        rows = Dictionary(
            uniqueKeysWithValues: (0..<page / 5).map {
                (ListSamples.number($0), .agreement(Agreement(.approved), $0 % 2 == 0 ? .light : .heavy))
            })
    }

    private var path: String { samples.folder / "list" }

    /// A list in a file, opened by its header alone.
    private func list() throws -> AgreementList {
        try samples.folder.write(samples.bytes(rows, ChangeSamples.header(7)), to: "list")
        return try .open(path: path, trusting: [samples.key.publicKey], checking: .header)
    }

    private func cut(to bytes: Int) { #expect(unsafe truncate(path, bytes) == 0) }

    @Test func `a lookup where nothing can be read finds nothing, and never another tag's entry`() throws {
        let list = try list()
        for (tag, entry) in rows { #expect(list.entry(of: tag) == entry) }
        #expect(list.answer(for: ListSamples.number(page)) == .absent(list.version))
        try list.verify()
        cut(to: page)
        var found = 0
        for (tag, entry) in rows {
            let now = list.entry(of: tag)
            #expect(now == nil || now == entry)
            if now != nil { found += 1 }
        }
        #expect((rows.count / 8...rows.count / 2).contains(found), "what is left is found")
        #expect(list.isUnreadable)
        for tag in rows.keys where list.entry(of: tag) == nil { #expect(list.answer(for: tag) == .noList) }
    }

    @Test func `a list that cannot be read whole does not verify, and stays so`() throws {
        let list = try list()
        cut(to: 3 * page)
        for _ in 1...2 { #expect(listError { () throws(ListError) in try list.verify() } == .unreadable) }
        // The disk gives it again: what stood there is zeros in memory all the same.
        try samples.folder.write(samples.bytes(rows, ChangeSamples.header(7)), to: "list")
        #expect(listError { () throws(ListError) in try list.verify() } == .unreadable)
        try AgreementList.open(path: path, trusting: [samples.key.publicKey]).verify()
    }

    @Test func `nobody signs a list, a change or a part of what could not be read`() throws {
        let next = try samples.list(rows, ChangeSamples.header(8))
        for name in ["next", "made", "applied", "part"] {
            let list = try list()
            let change = try samples.opened(samples.change(from: list, to: next))
            cut(to: 2 * page)
            #expect(throws: ListError.self) {
                switch name {
                case "next":
                    _ = try list.next(
                        applying: AgreementListOperations(), ChangeSamples.header(8), issuers: [],
                        signedBy: samples.key, into: samples.folder / "next", change: samples.folder / "next.change")
                case "made":
                    try AgreementListChange.make(
                        from: list, to: next, signedBy: samples.key, into: samples.folder / "made")
                case "applied": try change.apply(to: list, into: samples.folder / "applied")
                default:
                    _ = try AgreementListParts.split(
                        list, into: 1, folder: samples.folder / ".", signedBy: samples.key)
                }
            }
            #expect(list.isUnreadable && !samples.exists(name) && !samples.exists("norway.1.7.1-of-1"))
        }
    }

    @Test func `SIGBUS that has nothing to do with a list ends the process as ever`() async throws {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            let samples = try ChangeSamples()
            try samples.folder.write(samples.bytes(ChangeSamples.rows, ChangeSamples.header(7)), to: "list")
            let list = try AgreementList.open(path: samples.folder / "list", trusting: [samples.key.publicKey])
            try samples.folder.write([1, 2, 3], to: "other")
            let file = unsafe open(samples.folder / "other", O_RDWR)
            let other = unsafe mmap(nil, 3, PROT_READ, MAP_SHARED, file, 0)
            guard ftruncate(file, 0) == 0, let other = unsafe other, unsafe other != MAP_FAILED else { return }
            print(unsafe other.load(as: UInt8.self), list.isUnreadable)
        }
    }
}
