import Exchange
import Glibc
import Lane
import Storage
import Synchronization

/// The photos on our disk: one folder, a bounded number of files and bytes. Cameras' workers share it.
package final class PhotoStore: Sendable {
    /// How much may be kept.
    package struct Limits: Hashable, Sendable {
        /// 100 MB to 10 TB. 16 GB are 160 000 photos of 100 KB: weeks without the central server.
        package var mostBytes = 16_000_000_000
        /// 1 000 to 10 000 000. A folder of ext4 holds these in its index.
        package var mostFiles = 200_000

        package init() {}
    }

    /// What is kept.
    package struct Usage: Hashable, Sendable {
        package var files = 0
        package var bytes = 0
    }

    /// What a start found.
    package struct Sweep: Hashable, Sendable {
        /// Kept: the journal knows them.
        package var kept = 0
        /// Deleted: unfinished, without a name, or of a passage that does not know them.
        package var deleted = 0
        /// Left alone: of another journal, or not ours at all.
        package var strange = 0
    }

    package let folder: String
    private let limits: Limits
    private let disk: any Disk
    private let used = Mutex(Usage())
    /// The bytes of the last photo that found no room: what room has to be there for.
    private let refused = Atomic(0)

    /// Opens the folder, and makes it where there is none.
    package init(folder: String, limits: Limits = Limits(), on disk: any Disk = SystemDisk()) throws {
        self.folder = folder
        self.limits = limits
        self.disk = disk
        if disk.makeFolder(folder, mode: 0o700) != 0, errno != EEXIST { throw FileError("make folder", folder) }
        // A photo's name is durable only if its folder's is.
        try syncFolder(folder.folder, on: disk)
        try forEachFile { file in add(1, try size(of: file)) }
    }

    package var usage: Usage { used.withLock { $0 } }

    /// How full the store is, in percent of the nearer limit.
    package var percentFull: Int {
        used.withLock { max($0.files * 100 / limits.mostFiles, $0.bytes * 100 / limits.mostBytes) }
    }

    package func path(of name: PhotoFileName) -> String { "\(folder)/\(name)" }

    /// Writes a photo durably; one of the same name is replaced.
    package func keep(_ bytes: [UInt8], as name: PhotoFileName, at: Instant) throws(SnapshotFailure) -> PhotoFile {
        if let full = reserve(bytes.count) {
            let words = "the store holds \(usage.files) photos of \(usage.bytes) bytes: \(full.words)"
            throw SnapshotFailure(.storeFull, words, store: full)
        }
        do throws(FileError) {
            try DurableFile.replace(path(of: name), with: bytes, on: disk)
        } catch {
            add(-1, -bytes.count)
            refused.store(bytes.count, ordering: .relaxed)
            let condition = StoreCondition(error)
            let reason = condition == .diskFull ? PhotoMissing.storeFull : .diskFailed
            throw SnapshotFailure(reason, error.description, store: condition)
        }
        return PhotoFile(name: name, digest: Digest(of: bytes), bytes: bytes.count, at: at)
    }

    /// Whether a photo as large as the last that found no room would find some now. The disk itself is tried, because a quota,
    /// a reserve or a fault shows in no figure of free space.
    package func look() -> StoreCondition {
        let bytes = refused.load(ordering: .relaxed)
        if let full = used.withLock({ full(bytes, in: $0) }) { return full }
        let probe = path(of: Self.probe)
        defer { _ = disk.unlink(probe) }
        do throws(FileError) {
            try DurableFile.replace(probe, with: [UInt8](repeating: 0, count: bytes), on: disk)
            return .hasRoom
        } catch {
            return StoreCondition(error)
        }
    }

    /// Without a record's name, so that a start's sweep takes what a crash leaves of it; passages are counted from 1.
    private static let probe = PhotoFileName(.unnamed(PassageID(0)), camera: "probe", number: 0)

    /// Gives a photo another name, durably.
    package func rename(_ old: PhotoFileName, to new: PhotoFileName) throws(FileError) {
        guard disk.rename(path(of: old), to: path(of: new)) == 0 else {
            throw FileError("rename to \(new)", path(of: old))
        }
        try syncFolder(folder, on: disk)
    }

    /// Deletes a photo; one that is not there is no error. It may come back after a power cut: the next sweep takes it.
    package func delete(_ name: PhotoFileName) throws(FileError) {
        try delete(file: name.description)
    }

    /// The photos of these records, with the digests of their files: for passages that a crash left open.
    package func photos(
        of journal: JournalID, _ sequences: Set<Sequence>
    ) throws -> [Sequence: [Record.FoundPhoto]] {
        var photos: [Sequence: [Record.FoundPhoto]] = [:]
        try forEachFile { file in
            guard let name = PhotoFileName(file), case .record(journal, let sequence) = name.owner,
                sequences.contains(sequence), let source = try SourceFile(path(of: name), on: disk)
            else { return }
            var digest = DigestStream()
            while case let bytes = try source.read(most: Self.piece), !bytes.isEmpty { digest.update(bytes) }
            photos[sequence, default: []].append(
                Record.FoundPhoto(
                    camera: name.camera, number: name.number, digest: digest.finish(), bytes: source.size,
                    written: UTC(milliseconds: source.modified)))
        }
        // The order of a folder is no order.
        return photos.mapValues { $0.sorted { ($0.camera, $0.number) < ($1.camera, $1.number) } }
    }

    /// How much of a file is read at a time.
    private static let piece = 65_536

    /// At a start, before the first photo: deletes what an earlier run left unfinished or without a record's name.
    package func sweepUnfinished() throws {
        try forEachFile { file in
            let isUnfinished = file.hasSuffix(PhotoFileName.ending + DurableFile.unfinished)
            if case .unnamed = PhotoFileName(file)?.owner { return try delete(file: file) }
            if isUnfinished { try delete(file: file) }
        }
    }

    /// When the journal is open: deletes what no record of it names, so that no photo is kept without a reason (I3). Photos of
    /// this run have no record's name yet, and stay.
    ///
    /// - Parameter isKnown: whether the journal waits to send this photo.
    package func sweep(
        journal: JournalID, isKnown: (Sequence, _ camera: String, _ number: Int) throws -> Bool
    ) throws -> Sweep {
        var sweep = Sweep()
        try forEachFile { file in
            let name = PhotoFileName(file)
            switch name?.owner {
            case .record(journal, let sequence):
                if let name, try isKnown(sequence, name.camera, name.number) {
                    sweep.kept += 1
                    return
                }
            case nil where file.hasSuffix(PhotoFileName.ending + DurableFile.unfinished): return
            case .unnamed: return
            case .record, nil:
                sweep.strange += 1
                return
            }
            try delete(file: file)
            sweep.deleted += 1
        }
        return sweep
    }

    /// One name at a time: a full store's names would be 20 MB.
    private func forEachFile(_ body: (String) throws -> Void) throws {
        guard try disk.forEachName(in: folder, body) == 0 else { throw FileError("open folder", folder) }
    }

    private func delete(file: String) throws(FileError) {
        let path = "\(folder)/\(file)"
        guard let facts = disk.look(at: path, followsLinks: false), disk.unlink(path) == 0 else {
            if errno == ENOENT { return }
            throw FileError("delete", path)
        }
        add(-1, -facts.size)
    }

    private func size(of file: String) throws(FileError) -> Int {
        guard let facts = disk.look(at: "\(folder)/\(file)", followsLinks: false) else {
            throw FileError("look at", "\(folder)/\(file)")
        }
        return facts.size
    }

    /// Takes the room of a photo; the limit that stands against it.
    private func reserve(_ bytes: Int) -> StoreCondition? {
        used.withLock { used in
            if let full = full(bytes, in: used) {
                refused.store(bytes, ordering: .relaxed)
                return full
            }
            used.files += 1
            used.bytes += bytes
            return nil
        }
    }

    /// The limit that a photo of so many bytes would pass.
    private func full(_ bytes: Int, in used: Usage) -> StoreCondition? {
        if used.files >= limits.mostFiles { return .holdsMostFiles(limits.mostFiles) }
        if used.bytes + bytes > limits.mostBytes { return .holdsMostBytes(limits.mostBytes) }
        // A disk that does not say how it stands is tried.
        return disk.room(of: folder).map { $0.free - bytes < $0.ofJournal } ?? false ? .leftToJournal : nil
    }

    private func add(_ files: Int, _ bytes: Int) {
        used.withLock { used in
            used.files += files
            used.bytes += bytes
        }
    }
}
