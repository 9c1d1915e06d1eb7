import Glibc
import Storage

/// Whether photos can be kept, for alarms.
package enum StoreCondition: Hashable, Sendable {
    case hasRoom
    /// The store's own limit of this many bytes is reached.
    case holdsMostBytes(Int)
    /// The store's own limit of this many photos is reached.
    case holdsMostFiles(Int)
    /// The disk has no more room than the journal may need.
    case leftToJournal
    /// The disk has no room, or our user's share of it is used up.
    case diskFull
    /// The disk failed, or the folder cannot be written.
    case failed

    /// What a file that could not be written tells of the store.
    init(_ error: FileError) {
        self = error.isForWantOfRoom ? .diskFull : .failed
    }

    /// The condition in words, for an alarm.
    package var words: String {
        switch self {
        case .hasRoom: "it has room"
        case .holdsMostBytes(let most): "its limit of \(most) bytes is reached"
        case .holdsMostFiles(let most): "its limit of \(most) photos is reached"
        case .leftToJournal: "the disk is nearly full, and what is left is the journal's"
        case .diskFull: "the disk is full"
        case .failed: "the disk failed"
        }
    }
}
