import Exchange
import FoundationEssentials
import Lane
import Testing

@testable import Bench
@testable import HTTP

struct `The benchmarks of list files` {
    @Test(arguments: [
        ("list-cold", ["list-cold"]),
        ("list-build", ["list-build", "list-build memory"]),
        ("list-change", ["list-change"]),
        ("list-change-vs-lmdb", ["list-change-vs-lmdb"]),
    ])
    func `run alone by their name when quick`(name: String, expected: [String]) throws {
        let results = try Quickly.run(name)
        #expect(results.map(\.name) == expected)
        #expect(results.allSatisfy { $0.other > 0 && $0.goal != nil })
    }

    @Test func `a bare file has the bytes, and the digest of them`() throws {
        let folder = try BenchFolder("bench-test-bare")
        var file = try BareFile(path: folder.path + "/bare")
        let words = (0..<300_000).map { UInt64($0) }
        try file.append(words)
        try file.append([1, 2, 3] as [UInt8])
        let digest = try file.finish()
        let bytes = words.flatMap { (word: UInt64) -> [UInt8] in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
        }
        let expected: [UInt8] = bytes + [1, 2, 3]
        #expect(FileManager.default.contents(atPath: folder.path + "/bare").map(Array.init) == expected)
        #expect(digest == Digest(of: expected))
    }

    @Test func `memory beside lists is all but the maps of list files`() {
        let maps = """
            7f00-7f10 r--s 00000000 fe:00 11 /state/agreements.list
            Rss:                4000 kB
            7f10-7f20 r--s 00000000 fe:00 12 /state/agreements.list (deleted)
            Rss:                3000 kB
            7f20-7f30 r-xp 00000000 fe:00 13 /usr/bin/station
            Rss:                 200 kB
            VmFlags: rd ex
            7f30-7f40 rw-p 00000000 00:00 0
            Rss:                  11 kB
            """
        #expect(ResidentMemory.besideLists(in: maps) == 211)
    }

    @Test func `the highest memory is read from the process's status`() {
        #expect(PeakMemory.highest(in: "Name:\tbench\nVmHWM:\t  123456 kB\nVmRSS:\t 7 kB\n") == 123_456)
        #expect(PeakMemory.highest(in: "Name:\tbench\n") == nil)
    }
}

struct `Lists on offer` {
    private let head = { (target: String, query: [Headers.Field]) in
        RequestHead(
            method: .get, path: target, segments: [], query: query, headers: [:], peer: .network)
    }

    @Test func `a version is offered to whoever has another, and its file is given out`() throws {
        let offers = ListsOnOffer()
        #expect(offers.answer(head("/v1/lists/agreements", [])).status == 503)
        offers.offer(ListVersion(epoch: 1, version: 2), file: "/f", bytes: 4_160)
        let answer = offers.answer(head("/v1/lists/agreements", [.init(name: "after", value: "1.1")]))
        guard case .bytes(let json) = answer.body else { throw BenchError("an offer has a body") }
        let offer = try ListOffer(json: json)
        #expect(answer.status == 200 && offer.version == ListVersion(epoch: 1, version: 2) && offer.bytes == 4_160)
        #expect(offers.answer(head("/v1/lists/agreements", [.init(name: "after", value: "1.2")])).status == 304)
        guard case .file("/f") = offers.answer(head(offer.path, [])).body else { throw BenchError("the file is given") }
        #expect(offers.answer(head("/v1/lists/agreements/1.1.list", [])).status == 404)
        #expect(offers.answer(head("/v1/stations/1/journals/2/position", [])).status == 503)
    }
}
