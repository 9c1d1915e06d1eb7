import Exchange
import Glibc
import Lane
import Storage

/// Makes signed lists from agreements and puts them where the server serves them.
///
/// A version is published in these steps (`Step`), one after the other, each durable before the next begins:
///
///     begun       what an earlier attempt left behind is deleted; the number of the version is known
///     built       NAME/E.V.list is there, whole and signed
///     changed     NAME/E.V.change and .gz are there, if there was a version before in this epoch and they are smaller
///     published   NAME.list is a second name of NAME/E.V.list, by one rename: from here on stations get it
///     packed      NAME/E.V.list.gz is there
///     tidied      files that need not be kept are deleted
///
/// A power cut before `published` leaves the version before in force, and its number is used again; no file of it has been
/// given out, because the server gives out nothing above NAME.list. After it, the new one is in force; what is missing then is
/// made, or deleted, with the next version.
package struct ListPublisher {
    /// Where a publication can be cut off.
    package enum Step: Int, CaseIterable, Hashable, Sendable {
        case begun, built, changed, published, packed, tidied
    }

    /// What is said of a list beyond its agreements.
    package struct Settings: Hashable, Sendable {
        /// After a restored central server, whose stations may have later versions than it knows.
        package var isNewEpoch = false
        /// From when on stations use it; nil: at once.
        package var activeFrom: UTC?
        /// Put in force before its moment what waits in the list before.
        package var isNow = false
        /// Nil: as the version before, and `ListPublisher.staleAfter` for the first.
        package var staleAfter: Interval?
        /// The issuers for which the list speaks; nil: as the version before, everybody's at first.
        package var issuers: [IssuerPrefix]?
        /// Refuse what is dubious instead of deciding it: numbers that stand there twice, removals of what is not there.
        package var isStrict = false

        package init() {}
    }

    /// National lists come daily; after three days without one somebody should look.
    package static let staleAfter = Interval.days(3)
    /// A list up to this size is packed with each version; a larger one takes seconds, and is packed when it is published whole
    /// and with each `packEvery`th change.
    package static let mostPackedAtOnce = 32 << 20
    /// Half of a list are mixed keys, which nothing makes smaller: higher levels of zlib take longer and gain nothing.
    static let packLevel = 1
    /// How many changes a large list that is not packed may be ahead of the last one that is.
    package static let packEvery: UInt32 = 16

    package let folder: CentralFolder
    let key: SigningKey
    let trusted: [PublicKey]
    /// Comes after each step; a test cuts the publication off there.
    var reached: (Step) throws -> Void = { _ in }

    /// Takes the folder's keys.
    package init(folder: CentralFolder) throws {
        self.folder = folder
        key = try ListKeys(folder).signing()
        trusted = try ListKeys(folder).trusted()
    }

    package var publicKey: PublicKey { key.publicKey }

    /// The list of that name that is served now; nil when there is none.
    package func current(
        _ name: String, checking: AgreementList.Checking = .everything
    ) throws(Problem) -> AgreementList? {
        let path = folder.list(name)
        guard FileStamp(of: path) != nil else { return nil }
        do throws(ListError) {
            return try AgreementList.open(path: path, trusting: trusted, checking: checking)
        } catch {
            throw .unreadable(path: path, error)
        }
    }

    /// Takes the sole right to publish, and finds out which version comes next.
    func begin(_ name: String, at now: UTC, _ settings: Settings, newEpoch: Bool) throws -> ListPublication {
        guard CentralFolder.isListName(name) else { throw Problem.name }
        try makeFolder(folder.lists)
        try makeFolder(folder.history(of: name))
        // Two publishers at a time would give one version to two lists.
        let lock = try lockLists()
        var base: AgreementList?
        do throws(Problem) {
            base = try current(name)
        } catch {
            // Its version is lost, and a new epoch is above all that is there.
            guard newEpoch else { throw error }
        }
        try base?.requireNotBefore(settings, at: now)
        let files = try ListHistory.files(of: name, in: folder)
        let version = try next(after: base?.version, files.keys.map(\.version.epoch).max(), at: now, newEpoch: newEpoch)
        for file in files.keys where file.version >= version { try delete(folder.list(name, file)) }
        try emptyWork(of: name)
        try reached(.begun)
        return ListPublication(
            name: name, version: version, base: version.epoch == base?.version.epoch ? base : nil, lock: lock)
    }

    private func lockLists() throws -> FolderLock {
        do throws(FileError) {
            return try FolderLock(folder: folder.lists)
        } catch  where error.number == EWOULDBLOCK {
            throw Problem.busy(folder: folder.path)
        }
    }

    private func next(
        after last: ListVersion?, _ highestEpoch: UInt32?, at now: UTC, newEpoch: Bool
    ) throws(Problem) -> ListVersion {
        if let last, !newEpoch {
            guard last.version < .max else { throw .versionsUsedUp }
            return ListVersion(epoch: last.epoch, version: last.version + 1)
        }
        let today = UInt32(clamping: (now.milliseconds - Self.year2000) / 86_400_000)
        let used = max(last?.epoch ?? 0, highestEpoch ?? 0)
        guard used < .max else { throw .versionsUsedUp }
        return ListVersion(epoch: max(today, used + 1), version: 1)
    }

    /// Epochs are days since 2000-01-01: a folder that was lost and made anew begins above the lost one.
    private static let year2000: Int64 = 946_684_800_000
}

extension AgreementList {
    /// A version holds what the one before it holds: it may not be used while that one is to wait. One whose moment is the one when it was
    /// issued waits for nobody: there the clock was set back.
    fileprivate func requireNotBefore(
        _ settings: ListPublisher.Settings, at now: UTC
    ) throws(ListPublisher.Problem) {
        guard activeFrom > now, activeFrom > issuedAt, !settings.isNow, (settings.activeFrom ?? now) < activeFrom
        else { return }
        throw .waits(name: name, version, until: activeFrom)
    }
}

/// A version of a list that is being published; nobody else publishes meanwhile.
struct ListPublication: ~Copyable {
    let name: String
    let version: ListVersion
    /// The version before it, in the same epoch.
    let base: AgreementList?
    private let lock: FolderLock

    init(name: String, version: ListVersion, base: AgreementList?, lock: consuming FolderLock) {
        self.name = name
        self.version = version
        self.base = base
        self.lock = lock
    }
}
