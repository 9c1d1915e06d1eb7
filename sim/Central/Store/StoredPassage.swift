import Exchange
import Lane

/// A passage as the store holds it, read for people.
package struct StoredPassage: Sendable {
    /// The word of the type, in records and in the store.
    package static let type = "passage"

    package let journal: JournalName
    package let sequence: Sequence
    package let fields: RecordFields
    /// The photos that have come, in the order of their names.
    package var photos: [StoredPhoto]

    /// What a passage's line says of one camera's photos: what a photo of it is held against.
    package static func photos(by camera: String, in line: [UInt8]) -> Reception.PhotoRecord {
        let photos = fields(of: line)?.photos?.filter { $0.camera == camera } ?? []
        return Reception.PhotoRecord(
            digests: photos.compactMap(\.digest),
            isUnsettled: photos.contains { $0.missing == PhotoMissing.unsettled.rawValue })
    }

    /// The members of a stored line; nil when they cannot be read.
    static func fields(of line: [UInt8]) -> RecordFields? {
        do throws(RecordLine.Problem) {
            return RecordFields(body: try RecordLine(parsing: line).body)
        } catch {
            return nil
        }
    }
}

/// A photo as the store holds it.
package struct StoredPhoto: Hashable, Sendable {
    package let name: PhotoName
    package let digest: Digest
    package let bytes: Int
    /// From the central server's folder on.
    package let path: String
}
