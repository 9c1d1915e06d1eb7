import Glibc

/// What could not be done with a file or a folder: one line with operation, path, cause and, where there is one, the remedy.
package struct FileError: Error, Equatable, CustomStringConvertible {
    package let operation: String
    package let path: String
    /// The system's error number.
    package let number: Int32

    /// The disk has no room, or our user's share of it is used up.
    package var isForWantOfRoom: Bool { number == ENOSPC || number == EDQUOT }

    package var description: String {
        let remedy =
            switch number {
            case EACCES, EPERM, EROFS: "; let the station's user write there"
            case ENOENT, ENOTDIR: "; make the folder"
            case ENOSPC, EDQUOT: "; make room on the disk"
            default: ""
            }
        return unsafe "\(operation) \(path): \(String(cString: strerror(number)))\(remedy)"
    }

    package init(_ operation: String, _ path: String, number: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.number = number
    }
}
