import Devices
import Glibc
import HTTP
import Lane
import Storage

/// The central server at its address: it answers from its own threads until it goes away.
package struct CentralServer: ~Copyable {
    /// How many stations are served at a time, a thread each, beside those that fetch lists; the others wait a moment.
    package static let mostConnections = 64
    /// How many lists may be fetched at a time.
    package static let listFetches = 1...400

    /// How long a station's certificate is good: a lost station is shut out by `central stations withdraw`, so that this need not be
    /// short; with the time for renewal behind it (`StationEntry.renewedWithin`) a station may be offline for a season.
    package static let certificateLife = Interval.days(90)

    private let lock: FolderLock
    private let copier: LogCopier
    private let server: Server
    /// Whether stations have to show a certificate.
    package let asksForCertificates: Bool

    /// The port, given by the system where 0 was asked for.
    package var port: UInt16 { server.port ?? 0 }

    /// Opens the folder's store, takes its lock, and listens.
    ///
    /// - Parameters:
    ///   - listFetches: how many stations may begin to fetch a large list at a time.
    ///   - certificateLife: how long a certificate that a station gets is good.
    ///   - report: takes one line for each thing that somebody should know.
    package init(
        folder: CentralFolder, at address: ListenAddress, identity: Identity? = nil,
        listFetches: Int = FetchGate.mostByDefault, certificateLife: Interval = CentralServer.certificateLife,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        var limits = ListShelf.Limits()
        limits.fetches = listFetches
        try self.init(
            folder: folder, at: address, identity: identity, limits: limits, certificateLife: certificateLife,
            report: report)
    }

    init(
        folder: CentralFolder, at address: ListenAddress, identity: Identity? = nil, limits: ListShelf.Limits,
        certificateLife: Interval = CentralServer.certificateLife,
        civilClock: @escaping @Sendable () -> UTC = WallClock.now,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        try makeFolder(folder.path)
        let lock = try Self.lock(folder)
        let desk = try ReceptionDesk(folder: folder, report: report)
        let files = AuthorityFiles(folder)
        let enrolment = try files.load().map {
            try EnrolmentDesk(
                $0, trusting: try files.trusted(), folder, life: certificateLife, clock: civilClock, report: report)
        }
        if enrolment != nil, identity == nil { try files.warn(at: civilClock(), report) }
        let answers = CentralAnswers(
            desk: desk, lists: ListShelf(folder: folder, limits: limits, report: report), enrolment: enrolment,
            report: report)
        var settings = ServerSettings(address: address, identity: identity ?? enrolment.map { _ in files.server })
        settings.clientAuthorities = enrolment?.trusted ?? []
        settings.mostConnections = Self.mostConnections + 2 * limits.fetches
        let server = try Server(settings, receive: { answers.receive($0) })
        copier = LogCopier(desk)
        self.lock = lock
        self.server = server
        asksForCertificates = enrolment != nil
    }

    private static func lock(_ folder: CentralFolder) throws -> FolderLock {
        do throws(FileError) {
            return try FolderLock(folder: folder.path)
        } catch {
            guard error.number == EWOULDBLOCK else { throw error }
            throw FolderInUse(folder: folder.path)
        }
    }

    /// Returns when the last answer's thread has ended.
    package consuming func stop() {}
}

/// Another server has the folder; one line with the remedy.
struct FolderInUse: Error, CustomStringConvertible {
    let folder: String
    var description: String { "\(folder) is served already; stop that server, or name another --folder" }
}
