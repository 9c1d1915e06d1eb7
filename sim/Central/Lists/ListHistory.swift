import Exchange
import Lane

/// Which files of a list the central server keeps, and which of them brings a station forward. It knows names and sizes only.
package struct ListHistory: Hashable, Sendable {
    /// What a station is to fetch next.
    package enum Step: Hashable, Sendable {
        /// It has the newest version.
        case nothing
        /// A whole list.
        case whole(ListFile)
        /// From the version that it has to the next.
        case change(ListFile)
        /// The newest list is not there.
        case missing
    }

    /// How many whole lists are kept beside the newest: who fetches one while the next is published can end.
    package static let mostWhole = 2
    /// How many changes are kept: a station that was away for longer fetches the whole list.
    package static let mostChanges = 64

    /// The version that is published.
    package let newest: ListVersion
    /// Each file and its bytes; those of versions that are not published yet are not among them.
    package let files: [ListFile: Int]

    package init(newest: ListVersion, files: [ListFile: Int]) {
        self.newest = newest
        self.files = files.filter { $0.key.version <= newest }
    }

    /// What a station with this version is to fetch, nil for one that has none.
    ///
    /// A change, when every change from there to the newest is kept and all of them together are smaller than the whole list; the
    /// newest list otherwise, also for a station that has a later version than this server: it judges that itself.
    package func step(after version: ListVersion?) -> Step {
        guard version != newest else { return .nothing }
        guard let whole = smallest(ListFile(newest, .whole)) else { return .missing }
        guard let version, let changes = changes(after: version), let first = changes.first,
            changes.reduce(0, { $0 + bytes($1) }) < bytes(whole)
        else { return .whole(whole) }
        return .change(first)
    }

    /// What need not be kept: whole lists but the newest two, changes but the newest 64 of this epoch.
    package var superfluous: [ListFile] {
        let wholes = Set(files.keys.filter { $0.kind == .whole }.map(\.version)).sorted { $0 > $1 }
        let keptWholes = Set(wholes.prefix(Self.mostWhole))
        return files.keys.filter { file in
            switch file.kind {
            case .whole: !keptWholes.contains(file.version)
            case .change:
                file.version.epoch != newest.epoch
                    || newest.version - file.version.version >= UInt32(Self.mostChanges)
            }
        }.sorted { $0.name < $1.name }
    }

    /// Every change from a version to the newest, in order; nil when one is missing.
    private func changes(after version: ListVersion) -> [ListFile]? {
        guard version.epoch == newest.epoch, version.version < newest.version,
            newest.version - version.version <= UInt32(Self.mostChanges)
        else { return nil }
        var changes: [ListFile] = []
        for number in (version.version + 1)...newest.version {
            guard let change = smallest(ListFile(ListVersion(epoch: newest.epoch, version: number), .change)) else {
                return nil
            }
            changes.append(change)
        }
        return changes
    }

    /// The file that holds that content in fewer bytes; nil when there is none.
    private func smallest(_ file: ListFile) -> ListFile? {
        [file.plain, file.compressed].filter { files[$0] != nil }.min { bytes($0) < bytes($1) }
    }

    private func bytes(_ file: ListFile) -> Int { files[file] ?? 0 }
}
