import Exchange
import HTTP
import Lane
import Storage
import Sync
import TestSupport

@testable import Station

/// The lists worker's hands over a folder of their own, asked one thing after the other.
///
/// A class, against the house's habit: what it holds cannot be copied, and a test may end in the middle of making it.
final class ListDesk {
    let folder: TemporaryFolder
    private let mostBytes: Int
    private static let key = SigningKey(seed: [UInt8](repeating: 3, count: 32))
    private(set) var lists: StationLists
    /// By which the decision thread would decide.
    private(set) var version: ListVersion?
    private(set) var stock: ListStock?
    private(set) var problem: String?
    var clock = ClockQuality.good

    init(inForce: UInt32, before: UInt32? = nil, mostBytes: Int = 1 << 30) throws {
        folder = try TemporaryFolder()
        self.mostBytes = mostBytes
        lists = Self.lists(folder, mostBytes)
        // What lies there when the program begins.
        try DurableFile.replace(files.inForce, with: try list(inForce))
        if let before { try DurableFile.replace(files.previous, with: try list(before)) }
        restart()
    }

    private static func lists(_ folder: TemporaryFolder, _ mostBytes: Int) -> StationLists {
        StationLists(
            ListFolder(folder: folder.path, name: "national", keys: [Self.key.publicKey]), mostBytes: mostBytes,
            claim: {})
    }

    var files: ListFolder { lists.folder }
    /// The list by which would be decided, and the one that waits.
    var inForce: AgreementList? { lists.inForce }
    var next: AgreementList? { lists.next }
    var names: [String] { namesOf(folder.path).filter { !$0.hasPrefix("file") } }

    /// The program ends and begins again over the same folder.
    func restart() {
        lists = Self.lists(folder, mostBytes)
        let now = stamp
        for case .loaded(let list, let stock, let problem) in lists.carryOut(.loadList, at: now) {
            (version, self.stock, self.problem) = (list?.version, stock, problem)
        }
    }

    /// Has a job done; what the updater is told of it.
    @discardableResult func ask(_ action: ListUpdater.Action) -> ListUpdater.Event {
        var answer = ListUpdater.Event.wake
        let now = stamp
        for event in lists.carryOut(.listUpdater(action), at: now) {
            switch event {
            case .updater(let event): answer = event
            case .swapped(let list, let event):
                version = list?.version
                answer = event
            case .loaded, .held: break
            }
        }
        return answer
    }

    func release(_ version: ListVersion) {
        let now = stamp
        _ = lists.carryOut(.releaseList(version), at: now)
    }

    private var stamp: Stamp {
        Stamp(at: Instant(nanoseconds: 0), utc: UTC(milliseconds: StationWorld.noon), clock: clock)
    }

    // MARK: Lists

    /// A small list; issued at noon.
    func list(
        _ version: UInt32, name: String = "national", signedBy other: SigningKey? = nil, activeIn: Interval = .zero
    ) throws -> [UInt8] {
        var builder = AgreementListBuilder()
        for digits in ["1000", "\(version)"] {
            try builder.add(TestList.tag(digits), .agreement(Agreement(.approved)))
        }
        let header = AgreementListHeader(
            name: name, version: ListVersion(epoch: 1, version: version),
            issuedAt: UTC(milliseconds: StationWorld.noon),
            activeFrom: UTC(milliseconds: StationWorld.noon + activeIn.milliseconds), staleAfter: .days(7))
        return try builder.build(header, signedBy: other ?? Self.key).bytes
    }

    /// The same in a file of a person's own.
    func file(_ version: UInt32, signedBy other: SigningKey? = nil, activeIn: Interval = .zero) throws -> String {
        let path = "\(folder.path)/file\(version)"
        try DurableFile.replace(path, with: try list(version, signedBy: other, activeIn: activeIn))
        return path
    }

    /// The file that makes one version of the other.
    func change(_ from: UInt32, _ to: UInt32) throws -> [UInt8] {
        let path = "\(folder.path)/file.change"
        let (old, new) = (try list(from), try list(to))
        try AgreementListChange.make(
            from: AgreementList(bytes: old, trusting: [Self.key.publicKey]),
            to: AgreementList(bytes: new, trusting: [Self.key.publicKey]), signedBy: Self.key, into: path)
        return bytesOf(path) ?? []
    }

    func offer(_ version: UInt32, after: UInt32? = nil, isCompressed: Bool = false) throws -> ListOffer {
        let number = ListVersion(epoch: 1, version: version)
        let whole = try list(version)
        var bytes = whole.count
        if let after { bytes = try change(after, version).count }
        if isCompressed { bytes = try Self.compressed(whole).count }
        return ListOffer(
            name: "national", version: number, kind: after == nil ? .whole : .change,
            after: after.map { ListVersion(epoch: 1, version: $0) }, listBytes: whole.count, bytes: bytes,
            encoding: isCompressed ? .gzip : .identity, path: "/v1/lists/national/\(number.text)", newest: number)
    }

    /// The download as central's bytes leave it.
    func download(_ bytes: [UInt8], of offer: ListOffer) throws {
        let note = "\(offer.path)\n\(offer.bytes)\n\"a\"\n"
        try DurableFile.replace(files.download.path + ".etag", with: Array(note.utf8))
        try DurableFile.replace(files.download.path, with: bytes)
    }

    static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
        var file: [UInt8] = []
        var gzip = GzipWriter(level: 6)
        gzip.take(bytes) { file += $0 }
        gzip.end { file += $0 }
        return file
    }
}
