import Exchange
import Glibc
import Lane
import Storage

/// Makes signed lists from agreements and puts them where the server serves them.
package struct ListPublisher {
    /// Why a list is not published; one line.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case noKey(folder: String)
        /// The list in force cannot be read, so that nobody knows which version comes next.
        case unreadable(path: String, ListError)
        case name
        case versionsUsedUp
        case busy(folder: String)

        package var description: String {
            switch self {
            case .noKey(let folder): "no signing key in \(folder); make one with: central keys --folder \(folder)"
            case .unreadable(let path, let error):
                "read \(path): \(error); restore it, or move it away and publish with --new-epoch"
            case .name: "a list's name has 1 to \(RecordContext.longestName) letters, digits, '.', '-' and '_'"
            case .versionsUsedUp: "the list's last version number is used; publish with --new-epoch"
            case .busy(let folder): "another program publishes into \(folder) right now; try again"
            }
        }
    }

    /// National lists come daily; after three days without one somebody should look.
    package static let staleAfter = Interval.days(3)

    package let folder: CentralFolder
    private let key: SigningKey

    /// Takes the folder's key.
    package init(folder: CentralFolder) throws {
        guard FileStamp(of: folder.signingKey) != nil else { throw Problem.noKey(folder: folder.path) }
        self.folder = folder
        key = try SigningKey(file: folder.signingKey)
    }

    package var publicKey: PublicKey { key.publicKey }

    /// The list of that name that is served now; nil when there is none.
    package func current(_ name: String) throws(Problem) -> AgreementListHeader? {
        let path = folder.list(name)
        guard FileStamp(of: path) != nil else { return nil }
        do throws(ListError) {
            return try AgreementList.open(path: path, trusting: [publicKey]).header
        } catch {
            throw .unreadable(path: path, error)
        }
    }

    /// Builds the next version, durably in its place when this returns. Stations that ask get it from then on.
    ///
    /// - Parameter newEpoch: after a restored central server, whose stations may have later versions than it knows.
    package func publish(
        _ agreements: AgreementsFile, as name: String = AgreementList.defaultName, at now: UTC, newEpoch: Bool = false
    ) throws -> AgreementListHeader {
        guard RecordContext.isName(name) else { throw Problem.name }
        try makeFolder(folder.lists)
        // Two publishers at a time would give one version to two lists.
        let lock = try lockLists()
        let version = try nextVersion(of: name, at: now, newEpoch: newEpoch)
        var builder = AgreementListBuilder()
        for entry in agreements.entries { try builder.add(entry.number, entry.listEntry) }
        let header = AgreementListHeader(name: name, version: version, issuedAt: now, staleAfter: Self.staleAfter)
        let built = try builder.build(header, signedBy: key)
        try DurableFile.replace(folder.list(name), with: built.bytes, mode: 0o644)
        _ = consume lock
        return built.header
    }

    private func lockLists() throws -> FolderLock {
        do throws(FileError) {
            return try FolderLock(folder: folder.lists)
        } catch  where error.number == EWOULDBLOCK {
            throw Problem.busy(folder: folder.path)
        }
    }

    private func nextVersion(of name: String, at now: UTC, newEpoch: Bool) throws(Problem) -> ListVersion {
        var last: ListVersion?
        do throws(Problem) {
            last = try current(name)?.version
        } catch {
            // Its version is lost, and a new epoch is above it unless the clock was set back by days.
            guard newEpoch else { throw error }
        }
        if let last, !newEpoch {
            guard last.version < .max else { throw .versionsUsedUp }
            return ListVersion(epoch: last.epoch, version: last.version + 1)
        }
        let today = UInt32(clamping: (now.milliseconds - Self.year2000) / 86_400_000)
        return ListVersion(epoch: max(today, (last?.epoch ?? 0) + 1), version: 1)
    }

    /// Epochs are days since 2000-01-01: a folder that was lost and made anew begins above the lost one.
    private static let year2000: Int64 = 946_684_800_000
}

extension AgreementsFile.Entry {
    /// As a station's list has it.
    var listEntry: AgreementListEntry {
        guard let status = standing.status else { return .denial }
        return .agreement(Agreement(status, validFrom: from, validUntil: until))
    }
}
