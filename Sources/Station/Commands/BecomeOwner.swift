import Glibc
import Storage

/// What root makes in a folder the station could not read: a command that root calls goes on as the folder's owner.
func becomeOwner(of path: String) throws(FileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileError("use", path) }
    guard geteuid() == 0, status.st_uid != 0 else { return }
    guard setegid(status.st_gid) == 0, seteuid(status.st_uid) == 0 else {
        throw FileError("become the owner of", path)
    }
}
