import Storage

/// A damaged log is read to its end: the file has a second name for that, beside which a mended copy of the log lies.
extension JournalSalvage {
    /// - Returns: what is to be read, and whether all commits are in it.
    static func mend(
        _ source: String, as mended: String?, on disk: any Disk
    ) throws(FileError) -> (place: String, isEndKnown: Bool) {
        try forget(mended, on: disk)
        let log = Database.log(of: source)
        guard let damage = try LogDamage(ofLog: log, on: disk) else { return (source, true) }
        guard let mended else { return (source, false) }
        let isWhole = try damage.mend(log, as: Database.log(of: mended), on: disk)
        guard disk.link(source, to: mended) == 0 else { throw FileError("give a second name to", source) }
        return (mended, isWhole)
    }

    /// Nothing is left of the second name.
    static func forget(_ mended: String?, on disk: any Disk) throws(FileError) {
        guard let mended else { return }
        for ending in ["", Database.logEnding, "-shm"] { try delete(mended + ending, on: disk) }
    }
}
