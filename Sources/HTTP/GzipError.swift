/// Why a gzip file is not taken.
package enum GzipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More would come out than was stated.
    case tooLarge(mostBytes: Int)
    /// It is no gzip, or a byte of it was changed: header, codes, checksum or length do not agree. With zlib's reason.
    case damaged(String)
    /// It ends before its end.
    case truncated
    /// Something stands behind its end; another member would be something too.
    case trailing

    package var description: String {
        switch self {
        case .tooLarge(let most): "gzip: more than \(most) bytes would come out of it"
        case .damaged(let reason): "gzip: damaged (\(reason))"
        case .truncated: "gzip: it ends in the middle"
        case .trailing: "gzip: there is more behind its end"
        }
    }
}
