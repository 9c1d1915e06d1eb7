import Exchange
import HTTP
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

@Suite("A list's file on its way here")
struct ListDownloadTests {
    private let folder: TemporaryFolder
    private let download: ListDownload

    init() throws {
        folder = try TemporaryFolder()
        download = ListDownload(folder: folder.path, name: "national")
    }

    private func put(_ bytes: [UInt8], of offer: ListOffer, tag: String = "\"1.8\"") throws {
        try download.begin(offer, tag: tag)
        var file = try download.end(at: 0)
        try file.append(bytes)
        try file.sync()
    }

    @Test func `is gone on with while it is the same file`() throws {
        #expect(try download.position(of: .sample()) == 0)
        try put([1, 2, 3], of: .sample())
        #expect(folder.names == ["national.list.download", "national.list.download.etag"])
        #expect(bytesOf(download.path + ".etag") == Array("/v1/lists/national/1.8.list.gz\n1000\n\"1.8\"\n".utf8))
        #expect(try download.position(of: .sample()) == 3)
        #expect(try ListDownload(folder: folder.path, name: "national").tag(of: .sample()) == "\"1.8\"")
        #expect(try download.position(of: .sample(bytes: 1_001)) == 0)
        #expect(try download.position(of: .sample(path: "/v1/lists/national/1.9.list.gz")) == 0)
        try download.discard()
        #expect(folder.names.isEmpty)
        #expect(try download.position(of: .sample()) == 0)
    }

    @Test func `is begun anew where it is too long, or where it is not known what it is`() throws {
        try put([UInt8](repeating: 1, count: 1_001), of: .sample())
        #expect(try download.position(of: .sample()) == 0)
        try put([1, 2, 3], of: .sample())
        let note = download.path + ".etag"
        let whole = try #require(bytesOf(note))
        let broken: [[UInt8]] = [
            whole.dropLast(), whole + [0x0A], whole + [0x41], [], [0xFF], Array(repeating: 0x41, count: 5_000),
        ]
        for bytes in broken {
            try DurableFile.replace(note, with: bytes)
            #expect(try download.position(of: .sample()) == 0)
        }
        try delete(note)
        #expect(try download.position(of: .sample()) == 0)
    }

    @Test(arguments: ["", "\"", "\"\"", "1.8", "W/\"1.8\"", "\"1 8\"", "\"1\n8\"", "\"a\"b\"", "\"\u{E6}\""])
    func `is not gone on with under a tag that is none, or a weak one`(tag: String) {
        #expect(!ListDownload.isTag(tag))
    }

    @Test func `grows at its end only`() throws {
        try put([1, 2, 3], of: .sample())
        do {
            var file = try download.end(at: 2)
            try file.append([9, 9])
            #expect(file.size == 4)
        }
        #expect(bytesOf(download.path) == [1, 2, 9, 9])
        let error = #expect(throws: FileError.self) { _ = try download.end(at: 5) }
        #expect(error?.operation == "go on with")
    }

    private func answer(_ range: String, tag: String = "\"1.8\"") -> Response {
        Response(status: 206, headers: ["Content-Range": range, "ETag": tag], body: [])
    }

    @Test func `keeps what a slow line brought in its time, and is gone on with at once`() throws {
        for (cause, isSlow) in [
            (.timedOut(.seconds(60)), true), (.connectionLost, false), (.stalled(.seconds(20)), false),
        ]
            as [(TransferError.Cause, Bool)]
        {
            try download.discard()
            var piece = try PieceInProgress(of: .sample(), in: download, most: 10)
            try piece.begin(answer("bytes 0-9/1000"))
            try piece.append([1, 2, 3])
            let error = TransferError("GET somewhere", cause)
            let expected = isSlow ? PieceAnswer.fetched(position: 3) : .later("\(error)", notBefore: nil)
            #expect(try piece.end(error) == expected)
            #expect(try download.position(of: .sample()) == 3)
        }
        let piece = try PieceInProgress(of: .sample(), in: download, most: 10)
        #expect(piece.wanted == 3..<13 && piece.tag == "\"1.8\"")
    }

    @Test func `waits where a slow line brought nothing`() throws {
        var piece = try PieceInProgress(of: .sample(), in: download, most: 10)
        try piece.begin(answer("bytes 0-9/1000"))
        let error = TransferError("GET somewhere", .timedOut(.seconds(60)))
        #expect(try piece.end(error) == .later("GET somewhere: timed out after 60 s", notBefore: nil))
    }

    @Test func `takes the last piece, and then none`() throws {
        try put([UInt8](repeating: 1, count: 995), of: .sample())
        var piece = try PieceInProgress(of: .sample(), in: download, most: 10)
        #expect(piece.wanted == 995..<1_000)
        try piece.begin(answer("bytes 995-999/1000"))
        try piece.append([1, 2, 3, 4, 5])
        #expect(try piece.end(answer("bytes 995-999/1000")) == .fetched(position: 1_000))
        #expect(try PieceInProgress(of: .sample(), in: download, most: 10).wanted.isEmpty)
    }
}

extension ListOffer {
    /// A whole list of 1 000 bytes, compressed.
    static func sample(bytes: Int = 1_000, path: String = "/v1/lists/national/1.8.list.gz") -> ListOffer {
        ListOffer(
            name: "national", version: ListVersion(epoch: 1, version: 8), kind: .whole, listBytes: 5_000, bytes: bytes,
            encoding: .gzip, path: path, newest: ListVersion(epoch: 1, version: 8))
    }
}
