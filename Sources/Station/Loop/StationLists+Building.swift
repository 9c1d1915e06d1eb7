import Exchange
import Glibc
import HTTP
import Lane
import Storage
import Sync

/// From what was fetched, or named by a person, to a whole list beside the one in force.
extension StationLists {
    /// How much of a file is copied at a time.
    private static let pieceBytes = 1 << 20
    /// A change of a list of some entries has two headers and a table of issuers: it may be longer than the list.
    private static let mostWrapping = 65_536

    // MARK: Before the download

    /// What of the offered file lies here, and whether there is room for the rest and for what is made of it.
    func look(_ offer: ListOffer, afresh: Bool) -> ListUpdater.Event {
        do {
            try claim()
            let have = afresh ? 0 : try folder.download.position(of: offer)
            if have == 0 { try folder.download.discard() }
            try folder.carryOut(folder.clearing)
            let needed = offer.bytes - have + Self.made(of: offer)
            if let lack = try lackOfRoom(for: needed, "list \(offer.version.text)") { return .noRoom(lack) }
            return .room(have: have)
        } catch {
            return .notBuilt(.failed("\(error)"))
        }
    }

    /// Why so many bytes are not to be had; nil: they are.
    private func lackOfRoom(for needed: Int, _ what: String) throws(FileError) -> String? {
        let room = try room(onDiskOf: folder.folder)
        guard room < needed + Self.reserve else { return nil }
        return
            "\(what) needs \(needed) bytes on the disk of \(folder.folder) beside the one in force, and \(Self.reserve) (64 MiB) stay free there for the journal; there are \(room): make room there"
    }

    /// How many bytes are written beside a download until it is a list. A whole list that travels as it is, is the list itself; a
    /// change is smaller than what comes of it.
    private static func made(of offer: ListOffer) -> Int {
        switch (offer.kind, offer.encoding) {
        case (.whole, .identity): 0
        case (.whole, .gzip), (.change, .identity): offer.listBytes
        case (.change, .gzip): 2 * offer.listBytes
        }
    }

    // MARK: Behind it

    /// A whole, verified list beside the one in force, or why there is none.
    mutating func build(_ source: ListSource, above: ListVersion?, at stamp: Stamp) -> ListUpdater.Event {
        do {
            try claim()
            let file = try whole(of: source)
            let list = try folder.open(file, checking: .everything)
            try judge(list, of: source, above: above)
            try folder.carryOut(folder.keepingBuilt(file))
            clear(after: source)
            prepare(list)
            return .built(ListStock.Next(list.version, activeIn: Self.wait(of: list, at: stamp)))
        } catch {
            let failure = Self.failure(error)
            // What the disk did not take may be here still when it does again.
            if case .failed = failure { return .notBuilt(failure) }
            clear(after: source)
            return .notBuilt(failure)
        }
    }

    /// The file of a whole list; not verified yet.
    private func whole(of source: ListSource) throws -> String {
        switch source {
        case .download(let offer):
            var file = folder.download.path
            if offer.encoding == .gzip {
                try inflate(file, to: offer.listBytes + (offer.kind == .change ? Self.mostWrapping : 0))
                file = folder.inflated
            }
            if offer.kind == .change { file = try applied(file) }
            return file
        case .files(let paths):
            guard let first = paths.first else { throw ListBuildFailure.refused("no file is named; name the list") }
            switch paths.count == 1 ? try AgreementListFile.kind(of: first) : .part {
            case .whole:
                _ = try AgreementList.open(path: first, trusting: folder.keys, checking: .header)
                try holdRoom(for: paths)
                try copy(first)
            case .change:
                try holdRoom(for: paths, on: next ?? inForce)
                return try applied(first)
            case .part:
                try holdRoom(for: paths)
                try AgreementListParts.join(paths, trusting: folder.keys, into: folder.building)
            }
            return folder.building
        }
    }

    /// The same room has to be there as for a list that central gives. What comes of a change is at most both files together.
    private func holdRoom(for paths: [String], on base: AgreementList? = nil) throws {
        let needed = try paths.reduce(base?.bytes ?? 0) { try $0 + (size(ofFile: $1) ?? 0) }
        if let lack = try lackOfRoom(for: needed, "the list") { throw ListBuildFailure.tooLarge(lack) }
    }

    private func applied(_ path: String) throws -> String {
        let change = try AgreementListChange.open(path: path, trusting: folder.keys)
        guard let base = next ?? inForce else {
            throw ListBuildFailure.otherBase("there is no list here that could be changed; take a whole one")
        }
        try change.apply(to: base, into: folder.building)
        return folder.building
    }

    /// At most so many bytes may come out: what was offered, or what a change of that list can have.
    private func inflate(_ path: String, to most: Int) throws {
        guard let source = try SourceFile(path) else { throw FileError("open", path, number: ENOENT) }
        let inflated = try DurableFile(replacing: folder.inflated)
        var gzip = GzipReader(mostBytes: most)
        while true {
            let piece = try source.read(most: Self.pieceBytes)
            if piece.isEmpty { break }
            try gzip.take(piece) { try inflated.write($0) }
        }
        try gzip.end()
        try inflated.commit()
    }

    /// A person's file stays his, whatever becomes of it.
    private func copy(_ path: String) throws {
        guard let source = try SourceFile(path) else { throw ListBuildFailure.refused("there is no file \(path)") }
        guard source.size <= mostBytes else { throw tooLarge(source.size) }
        let copy = try DurableFile(replacing: folder.building)
        while true {
            let piece = try source.read(most: Self.pieceBytes)
            if piece.isEmpty { break }
            try copy.write(piece)
        }
        try copy.commit()
    }

    private func judge(_ list: AgreementList, of source: ListSource, above: ListVersion?) throws {
        if let above, list.version <= above {
            throw ListBuildFailure.refused(
                "list \(list.version.text) is not higher than \(above.text), which was in force")
        }
        if let (highest, path) = folder.highestShown(), list.version < highest {
            throw ListBuildFailure.refused(
                "list \(list.version.text) is older than \(highest.text), which was in force and is damaged; take that one or a higher one, or move \(path) away"
            )
        }
        if case .download(let offer) = source, offer.version != list.version || offer.listBytes != list.bytes {
            throw ListBuildFailure.refused(
                "central gave list \(list.version.text) where it had offered \(offer.version.text), or another size")
        }
        guard list.bytes <= mostBytes else { throw tooLarge(list.bytes) }
        // What waits gives way only to a list that is used no later: else neither would ever be in force.
        if let next, next.version != list.version, list.activeFrom > next.activeFrom,
            next.version > list.version || next.version > inForce?.version ?? next.version
        {
            throw ListBuildFailure.tooEarly(list.version)
        }
    }

    private func tooLarge(_ bytes: Int) -> ListBuildFailure {
        .tooLarge(
            "a list of \(bytes) bytes; listMemory allows \(mostBytes): allow more, or give the computer more memory")
    }

    /// What the source was made into goes, and a download with it.
    private func clear(after source: ListSource) {
        do {
            if case .download = source { try folder.download.discard() }
            try folder.carryOut(folder.clearing)
        } catch {
            // What stays is cleared before the next download.
            return
        }
    }

    private static func failure(_ error: any Error) -> ListBuildFailure {
        switch error {
        case let failure as ListBuildFailure: failure
        case ListError.system(let operation, let path, let cause): .failed("\(operation) \(path): \(cause)")
        case ListError.otherPredecessor(let version): .otherBase("\(ListError.otherPredecessor(version))")
        case let error as FileError: .failed("\(error)")
        default: .refused("\(error)")
        }
    }
}
