import Camera
import Storage
import Synchronization

/// The state folder, the sole right to it, and the photos in it. What cannot be had at the start is asked for again each time
/// that it is needed: a disk that is mounted or mended later is used from then on.
package final class StateFolder: Sendable {
    package let path: String
    /// Where it is.
    package let disk: any Disk
    /// Room that is the journal's alone.
    package let reserve: Reserve
    private let photos: String
    private let photoLimits: PhotoStore.Limits
    private let lock = Mutex<FolderLock?>(nil)
    private let store = Mutex<PhotoStore?>(nil)

    convenience init(_ configuration: StationConfiguration) {
        self.init(configuration, at: configuration.station.stateFolder)
    }

    /// A state folder elsewhere than the configuration has it, or on another disk: the simulator's.
    ///
    /// - Parameter reserve: another size, in bytes, than the configuration has.
    package init(
        _ configuration: StationConfiguration, at path: String, on disk: any Disk = SystemDisk(), reserve: Int? = nil
    ) {
        self.path = path
        self.disk = disk
        self.reserve = Reserve(folder: path, bytes: reserve ?? configuration.journal.reserve, on: disk)
        photos = Self.photos(in: path)
        var limits = PhotoStore.Limits()
        limits.mostBytes = configuration.photos.mostBytes
        photoLimits = limits
    }

    /// Where the photos of a state folder lie.
    static func photos(in path: String) -> String { path + "/photos" }

    /// Makes the folder where it is missing, and takes its lock unless it is ours; `EWOULDBLOCK`: another station has it.
    package func claim() throws(FileError) {
        try lock.withLock { held throws(FileError) in
            guard held == nil else { return }
            try makeFolder(path, mode: 0o700, on: disk)
            held = try FolderLock(folder: path, on: disk)
        }
    }

    /// The photo store, opened by who asks first.
    package func photoStore() throws -> PhotoStore {
        try store.withLock { store in
            if let store { return store }
            let opened = try PhotoStore(folder: photos, limits: photoLimits, on: disk)
            try opened.sweepUnfinished()
            store = opened
            return opened
        }
    }
}
