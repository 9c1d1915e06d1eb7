import Exchange
import HTTP
import Lane
import Synchronization

/// A central server that gives out one list and takes nothing: to everything else it is too busy.
final class ListsOnOffer: Sendable {
    private struct Offered {
        let offer: ListOffer
        let file: String
    }

    private let offered = Mutex<Offered?>(nil)

    /// Offers a whole list from now on; nobody is offered what he has.
    func offer(_ version: ListVersion, file: String, bytes: Int) {
        let path = "/v1/lists/\(AgreementList.defaultName)/\(version.epoch).\(version.version).list"
        let offer = ListOffer(
            name: AgreementList.defaultName, version: version, kind: .whole, listBytes: bytes, bytes: bytes,
            encoding: .identity, path: path, newest: version)
        offered.withLock { $0 = Offered(offer: offer, file: file) }
    }

    func answer(_ head: RequestHead) -> ServerResponse {
        guard head.path.hasPrefix("/v1/lists/"), let offered = offered.withLock({ $0 }) else {
            return busy
        }
        let version = offered.offer.version
        let text = "\(version.epoch).\(version.version)"
        if head.path == offered.offer.path {
            return ServerResponse(
                status: 200, headers: ["ETag": "\"\(text)\"", "Accept-Ranges": "bytes"], body: .file(path: offered.file)
            )
        }
        guard head.path == "/v1/lists/\(AgreementList.defaultName)" else { return .text(404, "no such list") }
        return head.queryValue("after") == text ? ServerResponse(status: 304) : .json(200, offered.offer.json)
    }

    private var busy: ServerResponse {
        var response = ServerResponse.text(503, "lists only")
        response.headers.add("Retry-After", "60")
        return response
    }
}
