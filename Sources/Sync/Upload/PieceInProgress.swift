import Exchange
import HTTP
import Storage

/// One piece of a list's file on its way to the disk: nothing is written that does not go on exactly where the file ends.
struct PieceInProgress: ~Copyable {
    /// Which bytes are asked for.
    let wanted: Range<Int>
    /// Of which entity the bytes are that are here; nil at the beginning.
    let tag: String?
    /// How many bytes of the file are here.
    private(set) var position: Int
    private let offer: ListOffer
    private let download: ListDownload
    /// Which bytes the answer brings.
    private var coming: Range<Int>?
    private var file: GrowingFile?
    /// Why this is no piece of the file.
    private var flaw: String?

    var path: String { offer.path }

    init(of offer: ListOffer, in download: ListDownload, most: Int) throws(FileError) {
        let position = try download.position(of: offer)
        let tag = position > 0 ? try download.tag(of: offer) : nil
        self.position = position
        self.tag = tag
        wanted = position..<min(offer.bytes, position + most)
        self.offer = offer
        self.download = download
    }

    /// Looks at an answer before its first byte.
    mutating func begin(_ response: Response) throws {
        if response.status == 200, wanted == 0..<offer.bytes { return try beginWhole(response) }
        guard response.status == 206 else { return try refuse("the answer \(response.status) to a range") }
        guard let coming = Self.range(response.headers["Content-Range"], of: offer.bytes),
            let tag = response.headers["ETag"]
        else { return try refuse("a piece without its place or its tag") }
        guard coming.lowerBound == wanted.lowerBound, coming.upperBound <= wanted.upperBound else {
            return try refuse("bytes \(coming) in place of \(wanted)")
        }
        guard ListDownload.isTag(tag), self.tag.map({ $0 == tag }) ?? true else {
            return try refuse("a piece of another file")
        }
        guard response.headers["Content-Length"].map({ $0 == "\(coming.count)" }) ?? true,
            response.headers["Content-Encoding"] == nil
        else { return try refuse("a piece whose length is not that of its place") }
        if self.tag == nil { try download.begin(offer, tag: tag) }
        file = try download.end(at: wanted.lowerBound)
        self.coming = coming
    }

    /// A server may leave out what is said of ranges (RFC 9110 §14.2): where all of the file was asked for, its answer is the piece.
    private mutating func beginWhole(_ response: Response) throws {
        guard response.headers["Content-Length"].map({ $0 == "\(offer.bytes)" }) ?? true,
            response.headers["Content-Encoding"] == nil
        else { return try refuse("a file whose length is not the offered one") }
        let tag = response.headers["ETag"].flatMap { ListDownload.isTag($0) ? $0 : nil }
        try download.begin(offer, tag: tag ?? Self.noTag)
        file = try download.end(at: 0)
        coming = wanted
    }

    /// Fits no server's file: what came under it is not gone on with.
    private static let noTag = "\"-\""

    mutating func append(_ bytes: [UInt8]) throws {
        guard let coming, position + bytes.count <= coming.upperBound else { return try refuse("more than the piece") }
        try file?.append(bytes)
        position += bytes.count
    }

    /// The answer came to its end.
    mutating func end(_ response: Response) throws(FileError) -> PieceAnswer {
        switch response.status {
        case 200...299:
            guard let coming, position == coming.upperBound else { return try giveUp("fewer bytes than the piece has") }
            try file?.sync()
            return .fetched(position: position)
        case 404, 410, 412, 416: return try giveUp(response.complaint)
        default: return .later(response.complaint, notBefore: response.retryAfter)
        }
    }

    /// The answer broke off. What came is kept; only a slow line is gone on with at once.
    mutating func end(_ error: any Error) throws(FileError) -> PieceAnswer {
        if let flaw { return try giveUp("central gave \(flaw)") }
        try file?.sync()
        if case .timedOut = (error as? TransferError)?.cause, position > wanted.lowerBound {
            return .fetched(position: position)
        }
        return .later((error as? TransferError)?.line ?? "\(error)", notBefore: nil)
    }

    private mutating func refuse(_ flaw: String) throws(WrongPiece) {
        self.flaw = flaw
        throw WrongPiece(description: flaw)
    }

    private func giveUp(_ reason: String) throws(FileError) -> PieceAnswer {
        try download.discard()
        return .beginAnew(reason)
    }

    /// `bytes 0-9/100`, for a file of that size; nil for anything else.
    private static func range(_ field: String?, of size: Int) -> Range<Int>? {
        guard let field, field.hasPrefix("bytes "), field.hasSuffix("/\(size)") else { return nil }
        let ends = field.dropFirst(6).dropLast("/\(size)".utf8.count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first >= 0, first <= last,
            last < size,
            field == "bytes \(first)-\(last)/\(size)"
        else { return nil }
        return first..<last + 1
    }

    private struct WrongPiece: Error, CustomStringConvertible { let description: String }
}
