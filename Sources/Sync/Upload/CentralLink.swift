import Exchange
import HTTP
import Lane
import Storage

/// Carries out what the uploaders want of central; one to the network worker. It puts answers into our words and decides nothing.
///
///     GET  /v1/stations/{station}/journals/{journal}/position
///     POST /v1/stations/{station}/journals/{journal}/records                            NDJSON
///     PUT  /v1/stations/{station}/journals/{journal}/photos/{sequence}/{camera}/{n}     image/jpeg
///     GET  /v1/lists/{name}?after=E.V
///
/// Each question reads the journal over a connection of its own, so that a journal begun anew is noticed by itself.
package struct CentralLink: ~Copyable {
    var client: Client
    let endpoint: Endpoint
    let station: StationID
    private let folder: String
    private var readAhead = ReadAhead()

    /// - Parameter folder: the state folder, in which the journal is.
    package init(client: consuming Client, endpoint: Endpoint, station: StationID, folder: String) {
        self.client = client
        self.endpoint = endpoint
        self.station = station
        self.folder = folder
    }

    /// From the next question on, with a connection of its own.
    package mutating func use(_ client: consuming Client) { self.client = client }

    /// How far central has the journal.
    ///
    /// - Parameter file: where it is; nil: it is the station's own.
    package mutating func askPosition(of journal: JournalID, in file: String? = nil) -> UploadAnswer {
        readAhead.drop()
        do {
            let reader = try JournalReader(file: file ?? self.file)
            guard reader.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            let response = try client.perform(Request(.get, endpoint, path(journal) + "/position"))
            guard response.status == 200 else { return UploadAnswer(unsuccessful: response) }
            let answer = try PositionAnswer(json: response.body)
            return .position(answer, ours: try reader.digest(of: answer.contiguous, heldAgainst: answer.digest))
        } catch {
            return UploadAnswer(because: error)
        }
    }

    /// Sends a batch, and reads the next one while it waits for the answer.
    package mutating func send(
        _ journal: JournalID, in file: String? = nil, from first: Sequence, mostRecords: Int, mostBytes: Int
    ) -> UploadAnswer {
        do {
            let reader = try JournalReader(file: file ?? self.file)
            guard reader.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            var readAhead = ReadAhead()
            swap(&readAhead, &self.readAhead)
            defer { self.readAhead = readAhead }
            let batch = try readAhead.batch(from: first, mostRecords: mostRecords, mostBytes: mostBytes, of: reader)
            let request = Request(
                .post, endpoint, path(journal) + "/records", headers: ["Content-Type": "application/x-ndjson"],
                body: batch.bytes)
            let response = try client.perform(request, meanwhile: { readAhead.read(behind: batch, of: reader) })
            guard response.status == 200 else { return UploadAnswer(unsuccessful: response) }
            let answer = try response.batchAnswer()
            return .batch(answer, ours: try reader.digest(of: answer.contiguous, heldAgainst: answer.digest))
        } catch {
            return UploadAnswer(because: error)
        }
    }

    /// Sends the next photo that waits.
    ///
    /// - Parameters:
    ///   - place: where the journal is; nil: it is the station's own.
    ///   - file: where the photo lies.
    package mutating func sendPhoto(
        of journal: JournalID, in place: String? = nil, after last: PhotoName?, upTo: Sequence,
        file: (PhotoName) -> String
    ) -> PhotoAnswer {
        do {
            let reader = try JournalReader(file: place ?? self.file)
            guard reader.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            guard let photo = try reader.photo(after: last, upTo: upTo) else { return .none }
            guard let image = try SourceFile(file(photo.name)) else {
                return .refused(photo.name, reason: "its file is gone")
            }
            guard try image.digest() == photo.digest else { return .refused(photo.name, reason: "its file is damaged") }
            let name = photo.name
            let target = path(journal) + "/photos/\(name.sequence.number)/\(name.camera)/\(name.number)"
            let headers: Headers = ["Content-Type": "image/jpeg", "Content-Digest-BLAKE2b": photo.digest.hex]
            let source = BodySource(length: image.size) { most in try image.read(most: most) }
            let response = try client.perform(
                Request(.put, endpoint, target, headers: headers), sending: source)
            return PhotoAnswer(response, name)
        } catch let error as TransferError {
            return .later(error.line, notBefore: nil)
        } catch {
            return .later("\(error)", notBefore: nil)
        }
    }

    private var file: String { folder + "/" + Journal.name }

    private func path(_ journal: JournalID) -> String { "/v1/stations/\(station.number)/journals/\(journal.hex)" }
}
