import Glibc

/// Writes a file's own bytes over themselves and syncs them; one that is not there is well as it is.
///
/// After a sync that failed, Linux shows what it could not write until memory is short, and says nothing when it is synced once
/// more. What is written again does reach the disk, or the sync fails again.
package func writeAnew(_ path: String, on disk: any Disk = SystemDisk()) throws(FileError) {
    let descriptor = disk.open(path, O_RDWR | O_CLOEXEC, mode: 0)
    guard descriptor >= 0 else {
        if errno == ENOENT { return }
        throw FileError("open", path)
    }
    defer { disk.close(descriptor) }
    var place = 0
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe piece.withUnsafeMutableBytes { unsafe disk.read(descriptor, into: $0) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw FileError("read", path) }
        if count == 0 { break }
        var done = 0
        while done < count {
            let written = unsafe piece.withUnsafeBytes { bytes in
                unsafe disk.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[done..<count]), at: place + done)
            }
            guard written >= 0 || errno == EINTR else { throw FileError("write", path) }
            done += max(written, 0)
        }
        place += count
    }
    guard disk.sync(descriptor) == 0 else { throw FileError("sync", path) }
}
