/// The kinds of calls that are counted, and that can fail.
package enum DiskCall: Int, CaseIterable, Hashable, Sendable {
    /// Opening what is there.
    case open
    /// Opening a file that is made by it.
    case create
    case read
    case write
    case truncate
    /// A file's content.
    case sync
    /// A folder's names.
    case syncFolder
    /// A file's size, or whether there is one.
    case look
    case rename
    case link
    case unlink
    case makeFolder
    /// The names in a folder.
    case list
    /// SQLite's memory beside a database.
    case map
}
