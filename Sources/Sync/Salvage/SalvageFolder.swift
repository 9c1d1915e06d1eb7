import Exchange
import Lane
import Storage

/// What the disk is asked to do about journals that were set aside, one job at a time.
package enum SalvageJob: Hashable, Sendable {
    /// Go on for a moment; answer with what has come of it.
    case goOn
    /// A record of this salvaged journal cannot be delivered: declare it, behind that digest.
    case lose(SalvagedJournal, from: Sequence, after: Digest)
    /// Central has this photo: its row and its file go.
    case photoSent(SalvagedJournal, PhotoName)
    /// Central will never take this photo: set aside.
    case photoRefused(SalvagedJournal, PhotoName, reason: String)
    /// Central has all of it: give its file its last name.
    case deliver(SalvagedJournal)
    /// Central will not take it: leave it until the next start.
    case leave(SalvagedJournal)
}

/// What has come of a job.
package enum SalvageAnswer: Hashable, Sendable {
    /// There is more to do: go on.
    case working
    /// That was declared.
    case lost([LostRecords])
    /// That photo's row says what became of it.
    case photoSettled
    /// This one waits to be delivered.
    case salvaged(SalvagedJournal)
    /// Nothing is left to salvage, and nothing to deliver.
    case nothing
    /// It did not work, and may work later.
    case failed(String)
}

/// Salvages the journals of a state folder that were set aside, one after the other, a moment at a time.
///
///     journal.sqlite.set-aside-1   as it was found; never changed
///     journal.sqlite.salvaged-1    what could be read of it, on its way to central
///     journal.sqlite.delivered-1   the same, when central has it
package struct SalvageFolder: ~Copyable {
    private let folder: String
    private let disk: any Disk
    private let context: RecordContext
    private var salvage: JournalSalvage?
    /// The file that is read.
    private var underWay: String?
    /// Files of which nothing can be read, and those that central did not take: until the next start.
    private var left: Set<String> = []

    package init(_ folder: String, _ context: RecordContext, on disk: any Disk = SystemDisk()) {
        self.folder = folder
        self.context = context
        self.disk = disk
    }

    /// - Parameter photos: the photos on the disk of passages that are found open.
    package mutating func carryOut(_ job: SalvageJob, at stamp: Stamp, _ photos: PhotoSearch) -> SalvageAnswer {
        do {
            switch job {
            case .goOn: return try goOn(stamp, photos)
            case .lose(let salvaged, let first, let previous):
                return .lost(try commit(.lose(from: first, after: previous, stamp), to: salvaged).lost)
            case .photoSent(let salvaged, let name):
                _ = try commit(.photoSent(name), to: salvaged)
                return .photoSettled
            case .photoRefused(let salvaged, let name, let reason):
                _ = try commit(.photoRefused(name, reason: reason), to: salvaged)
                return .photoSettled
            case .deliver(let journal):
                let name = journal.file.replacing(Self.salvaged, with: Self.delivered)
                try move(journal.file, to: name, on: disk)
            case .leave(let journal): left.insert(journal.file)
            }
            return .working
        } catch {
            salvage = nil
            return .failed("\(error)")
        }
    }

    private func commit(_ write: JournalWrite, to salvaged: SalvagedJournal) throws -> CommitResult {
        var journal = try Journal(salvaged: salvaged, context, on: disk)
        return try journal.commit([write])
    }

    private static let salvaged = ".salvaged-"
    private static let delivered = ".delivered-"
    private static let mended = ".mended"

    private mutating func goOn(_ stamp: Stamp, _ photos: PhotoSearch) throws -> SalvageAnswer {
        if salvage != nil {
            guard case .done(let journal)? = try salvage?.step(at: stamp, photos: photos) else { return .working }
            salvage = nil
            if let journal { return .salvaged(journal) }
            if let underWay { left.insert(underWay) }
            return .working
        }
        if let file = try files(Self.salvaged).first {
            return .salvaged(try SalvagedJournal(file: file.path, on: disk))
        }
        let done = Set(try files(Self.delivered).map(\.number) + numbers(Self.salvaged))
        guard let file = try files(setAsideMark).first(where: { !done.contains($0.number) }) else { return .nothing }
        let target = folder + "/" + Journal.name + Self.salvaged + "\(file.number)"
        let own = try JournalReader(folder: folder, on: disk)
        salvage = try JournalSalvage(
            of: file.path, mended: file.path + Self.mended, to: target, beside: own.journal,
            givenUp: Set(own.givenUp().map(\.journal)), context,
            on: disk)
        underWay = file.path
        if salvage == nil { left.insert(file.path) }
        return .working
    }

    /// Whether there is anything to do.
    package static func hasWork(in folder: String, on disk: any Disk) -> Bool {
        var found = false
        // A folder that cannot be listed is looked into again by the next start.
        _ = disk.forEachName(in: folder) { name in
            found = found || name.hasPrefix(Journal.name + setAsideMark) || name.hasPrefix(Journal.name + salvaged)
        }
        return found
    }

    /// The journal's files that are called so, by their numbers, without those that are left.
    private func files(_ mark: String) throws -> [(number: Int, path: String)] {
        var found: [(number: Int, path: String)] = []
        for number in try numbers(mark) {
            let path = "\(folder)/\(Journal.name)\(mark)\(number)"
            if !left.contains(path) { found.append((number, path)) }
        }
        return found
    }

    private func numbers(_ mark: String) throws -> [Int] {
        var found: [Int] = []
        let head = Journal.name + mark
        let result = disk.forEachName(in: folder) { name in
            if name.hasPrefix(head), let number = Int(name.dropFirst(head.count)) { found.append(number) }
        }
        guard result == 0 else { throw FileError("list", folder) }
        return found.sorted()
    }
}
