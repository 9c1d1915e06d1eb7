import Exchange
import HTTP
import Lane
import Storage

extension CentralLink {
    /// The most bytes of a list that are fetched before passages have their turn again.
    package static let mostPieceBytes = 4 << 20
    /// A slow line does not hold passages up either: what has come by then is kept, and gone on with. At 70 KB/s a piece comes whole; one byte in
    /// 20 s is the least.
    static let pieceTimeOuts = TimeOuts(connect: .seconds(10), stall: .seconds(20), total: .seconds(60))

    /// Asks which file leads from the version that we have to a higher one; `after` nil: which whole list there is.
    package mutating func askList(_ name: String, after version: ListVersion?) -> OfferAnswer {
        let target = "/v1/lists/\(name)" + (version.map { "?after=\($0.text)" } ?? "")
        do {
            let response = try client.perform(Request(.get, endpoint, target))
            switch response.status {
            case 200:
                let offer = try ListOffer(json: response.body)
                return offer.name == name ? .offer(offer) : .refused("central offers another list than \(name)")
            case 304 where version != nil: return .notModified
            case 404 where response.refusal?.error == .notFound: return .refused(response.complaint)
            default: return .later(response.complaint, notBefore: response.retryAfter)
            }
        } catch MessageError.outOfBounds(let flaw) {
            return .refused("central offers what cannot be: \(flaw)")
        } catch is MessageError {
            return .later("central answered 200 with something that is no answer", notBefore: nil)
        } catch let error as TransferError {
            return .later(error.line, notBefore: nil)
        } catch {
            return .later("\(error)", notBefore: nil)
        }
    }

    /// Fetches the next piece of an offer's file; what was here of another file is gone afterwards.
    ///
    /// - Parameter most: the most bytes, 1 or more; a piece may be shorter.
    package mutating func fetchPiece(
        of offer: ListOffer, into download: ListDownload, most: Int = CentralLink.mostPieceBytes
    ) -> PieceAnswer {
        do {
            var piece = try PieceInProgress(of: offer, in: download, most: most)
            guard !piece.wanted.isEmpty else { return .fetched(position: piece.position) }
            do {
                let response = try client.perform(
                    request(for: piece), into: { try piece.append($0) }, checking: { try piece.begin($0) })
                return try piece.end(response)
            } catch {
                return try piece.end(error)
            }
        } catch {
            return .later("\(error)", notBefore: nil)
        }
    }

    private func request(for piece: borrowing PieceInProgress) -> Request {
        let wanted = piece.wanted
        var request = Request(
            .get, endpoint, piece.path, timeOuts: Self.pieceTimeOuts,
            mostBytes: max(wanted.count, Request.mostBytesByDefault))
        request.headers.add("Range", "bytes=\(wanted.lowerBound)-\(wanted.upperBound - 1)")
        if let tag = piece.tag { request.headers.add("If-Range", tag) }
        return request
    }
}
