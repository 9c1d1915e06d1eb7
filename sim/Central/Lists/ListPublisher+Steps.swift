import Exchange
import FoundationEssentials
import Glibc
import HTTP
import Lane
import Storage

/// What was published.
package struct PublishedList: Hashable, Sendable {
    package let header: AgreementListHeader
    /// The whole list, in bytes.
    package let bytes: Int
    /// The same packed; nil when it was not.
    package internal(set) var packedBytes: Int?
    /// The change from the version before as it is fetched; nil when there is none.
    package internal(set) var changeBytes: Int?
    /// Lines that name a number that another line names too.
    package internal(set) var duplicates = AgreementListWriter.Duplicates()
    /// How many changes were published; nil for a list that was published whole.
    package internal(set) var changes: Int?
    /// Lines of changes that a later one for the same number put aside, and such as change nothing.
    package internal(set) var superseded: LineReport?
    package internal(set) var idle: LineReport?
}

extension ListPublisher {
    /// From a list that is built to one that is served.
    ///
    /// - Parameter change: the change that leads there is built too.
    func finish(
        _ publication: consuming ListPublication, _ header: AgreementListHeader, withChange hasChange: Bool
    ) throws -> PublishedList {
        let (name, version) = (publication.name, publication.version)
        let whole = ListFile(version, .whole)
        let bytes = FileStamp(of: folder.list(name, whole)).map { Int($0.size) } ?? 0
        var published = PublishedList(header: header, bytes: bytes)
        if !hasChange { try makeChange(for: publication) }
        published.changeBytes = try keepChange(ListFile(version, .change), of: name, smallerThan: bytes)
        try reached(.changed)
        try keepCopy(of: folder.list(name, whole), as: folder.list(name))
        try reached(.published)
        if try isPacked(name, version, bytes: bytes, always: !hasChange) {
            published.packedBytes = try pack(name, whole)
        }
        try reached(.packed)
        try tidy(name, newest: version)
        try reached(.tidied)
        return published
    }

    /// The way from the version before, where there is one: both lists are read side by side.
    private func makeChange(for publication: borrowing ListPublication) throws {
        guard let base = publication.base else { return }
        let path = folder.list(publication.name, ListFile(publication.version, .whole))
        let list = try AgreementList.open(path: path, trusting: [key.publicKey], checking: .header)
        try AgreementListChange.make(
            from: base, to: list, signedBy: key,
            into: folder.list(publication.name, ListFile(publication.version, .change)))
    }

    /// Packs a change, and deletes one that is no smaller than the list; its size as it is fetched.
    private func keepChange(_ change: ListFile, of name: String, smallerThan bytes: Int) throws -> Int? {
        guard let stamp = FileStamp(of: folder.list(name, change)) else { return nil }
        let packed = try pack(name, change)
        guard min(packed, Int(stamp.size)) < bytes else {
            try delete(folder.list(name, change))
            try delete(folder.list(name, change.compressed))
            return nil
        }
        return min(packed, Int(stamp.size))
    }

    private func isPacked(_ name: String, _ version: ListVersion, bytes: Int, always: Bool) throws -> Bool {
        guard bytes > Self.mostPackedAtOnce, !always else { return true }
        let packed = try ListHistory.files(of: name, in: folder).keys.filter {
            $0.kind == .whole && $0.isCompressed && $0.version.epoch == version.epoch
        }
        guard let last = packed.map(\.version.version).max() else { return true }
        return version.version - last >= Self.packEvery
    }

    /// Packs a file of the history beside itself; how many bytes came of it.
    private func pack(_ name: String, _ file: ListFile) throws -> Int {
        let path = folder.list(name, file)
        guard let source = try SourceFile(path) else { throw FileError("open", path, number: ENOENT) }
        let packed = try DurableFile(replacing: folder.list(name, file.compressed), mode: 0o640)
        var gzip = GzipWriter(level: Self.packLevel)
        var count = 0
        func keep(_ bytes: [UInt8]) throws {
            try packed.write(bytes)
            count += bytes.count
        }
        while true {
            let piece = try source.read(most: GzipWriter.block)
            if piece.isEmpty { break }
            try gzip.take(piece, into: keep)
        }
        try gzip.end(into: keep)
        try packed.commit()
        return count
    }

    private func tidy(_ name: String, newest: ListVersion) throws {
        let files = try ListHistory.files(of: name, in: folder)
        for file in ListHistory(newest: newest, files: files).superfluous { try delete(folder.list(name, file)) }
        try emptyWork(of: name)
    }

    /// Deletes what a publication that was cut off has left unfinished.
    func emptyWork(of name: String) throws {
        let files = FileManager.default
        let work = work(of: name)
        if FileStamp(of: work) != nil { try files.removeItem(atPath: work) }
        for entry in try files.contentsOfDirectory(atPath: folder.history(of: name))
        where entry.hasSuffix(DurableFile.unfinished) {
            try delete("\(folder.history(of: name))/\(entry)")
        }
    }
}
