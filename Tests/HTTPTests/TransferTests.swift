import Testing

@testable import HTTP

@Suite("A transfer, without a network")
struct TransferTests {
    private struct Broken: Error, CustomStringConvertible { let description = "disk full" }

    private func request(_ method: HTTP.Method = .get, body: [UInt8] = [], mostBytes: Int = 8) throws -> Request {
        Request(method, try Endpoint("http://127.0.0.1"), "/", body: body, mostBytes: mostBytes)
    }

    private func transfer(
        _ request: Request, source: BodySource? = nil, sink: (([UInt8]) throws -> Void)? = nil, head: [String] = []
    ) -> Transfer {
        var transfer = Transfer(request, source: source, sink: sink)
        for line in head { #expect(transfer.receive(header: Array(line.utf8)) == true) }
        return transfer
    }

    @Test func `the last status line counts, with its own headers`() throws {
        let transfer = transfer(
            try request(),
            head: [
                "HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/1.1 404 Not Found\r\n", "B:\t 2 \r\n", "C:\r\n",
                "\r\n",
            ])
        #expect(transfer.status == 404)
        #expect(transfer.headers == ["B": "2", "C": ""])
    }

    @Test func `an answer of the allowed size is taken, one byte more is not`() throws {
        var transfer = transfer(try request(mostBytes: 8), head: ["HTTP/1.1 200 OK\r\n"])
        #expect(transfer.receive(body: [1, 2, 3, 4, 5, 6, 7, 8]) == true)
        #expect(transfer.failure == nil)
        #expect(transfer.receive(body: [9]) == false)
        #expect(transfer.failure == .answerTooLarge(mostBytes: 8))
    }

    @Test func `headers are bounded`() throws {
        var transfer = transfer(try request(), head: ["HTTP/1.1 200 OK\r\n"])
        let line = Array("X: \(String(repeating: "x", count: 1_000))\r\n".utf8)
        var taken = 0
        while taken < 100, transfer.receive(header: line) { taken += 1 }
        #expect(taken == 32)
        #expect(transfer.failure == .headersTooLarge)
    }

    @Test func `a sink gets what a 2xx answer brings, and nothing of another`() throws {
        var got: [UInt8] = []
        var good = transfer(try request(), sink: { got += $0 }, head: ["HTTP/1.1 200 OK\r\n"])
        #expect(good.receive(body: [1, 2]) == true)
        #expect(good.body == [])
        var bad = transfer(try request(), sink: { got += $0 }, head: ["HTTP/1.1 500 No\r\n"])
        #expect(bad.receive(body: [3]) == true)
        #expect(bad.body == [3])
        #expect(got == [1, 2])
    }

    @Test func `a sink that fails breaks the transfer off with its words`() throws {
        var transfer = transfer(try request(), sink: { _ in throw Broken() }, head: ["HTTP/1.1 200 OK\r\n"])
        #expect(transfer.receive(body: [1]) == false)
        #expect(transfer.failure == .sinkFailed("disk full"))
    }

    @Test func `bytes go out in pieces, and begin again after a rewind`() throws {
        var transfer = transfer(try request(.put, body: [1, 2, 3]))
        #expect(transfer.outgoingLength == 3)
        #expect(transfer.next(2) == [1, 2])
        #expect(transfer.next(2) == [3])
        #expect(transfer.next(2) == [])
        #expect(transfer.rewind() == true)
        #expect(transfer.next(9) == [1, 2, 3])
    }

    @Test func `a source that gives more than asked is taken bit by bit, and cannot begin again`() throws {
        var pieces: [[UInt8]] = [[1, 2, 3], [4]]
        let source = BodySource(length: nil) { _ in pieces.isEmpty ? [] : pieces.removeFirst() }
        var transfer = transfer(try request(.put), source: source)
        #expect(transfer.outgoingLength == nil)
        #expect(transfer.rewind() == true)
        #expect(transfer.next(2) == [1, 2])
        #expect(transfer.rewind() == false)
        #expect(transfer.next(2) == [3])
        #expect(transfer.next(2) == [4])
        #expect(transfer.next(2) == [])
    }

    @Test(arguments: [
        (1, "it gave more than the 1 bytes that were announced"), (3, "it ended after 2 of 3 bytes"),
    ])
    func `a source that gives another length than announced breaks the transfer off`(length: Int, words: String) throws
    {
        var pieces: [[UInt8]] = [[1, 2]]
        let source = BodySource(length: length) { _ in pieces.isEmpty ? [] : pieces.removeFirst() }
        var transfer = transfer(try request(.put), source: source)
        while let piece = transfer.next(10), !piece.isEmpty {}
        #expect(transfer.failure == .sourceFailed(words))
    }

    @Test func `a source that fails breaks the transfer off with its words`() throws {
        var transfer = transfer(try request(.put), source: BodySource(length: nil) { _ in throw Broken() })
        #expect(transfer.next(1) == nil)
        #expect(transfer.failure == .sourceFailed("disk full"))
    }
}
