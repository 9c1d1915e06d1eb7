import CMicroHTTPD
import Glibc
import Lane

/// An HTTP/1.1 server with a thread to each connection; it stops when it goes away.
@safe package struct Server: ~Copyable {
    private let daemon: OpaquePointer
    private let core: Unmanaged<ServerCore>
    private let socket: ListeningSocket
    private let sweeper: SweeperThread

    /// The port that was given by the system where 0 was asked for; nil on a Unix socket.
    package var port: UInt16? { socket.port }

    /// Listens, collects each body up to `settings.mostBodyBytes`, and asks for the answers on its own threads.
    package init(
        _ settings: ServerSettings, answer: @escaping @Sendable (ServerRequest) -> ServerResponse
    ) throws(ServerError) {
        let most = settings.mostBodyBytes
        try self.init(settings, receive: { _ in .collect(mostBytes: most, answer) })
    }

    /// Listens, and asks on its own threads what is to be done with each request once its headers are there.
    package init(
        _ settings: ServerSettings, receive: @escaping @Sendable (RequestHead) -> Reception
    ) throws(ServerError) {
        guard settings.identity != nil || settings.address.isLocal else {
            throw ServerError("\(settings.address)", .plainTextToNetwork)
        }
        _ = signal(SIGPIPE, SIG_IGN)
        let identity = try settings.identity.map { identity throws(ServerError) in try PEMFiles(identity) }
        let socket = try ListeningSocket(settings.address)
        guard let sweeper = Sweeper(settings.limits), let thread = SweeperThread(sweeper) else {
            throw ServerError("\(settings.address)", .system(systemWords(errno)))
        }
        let core = unsafe Unmanaged.passRetained(
            ServerCore(settings, sweeper, isLocal: socket.port == nil, receive: receive))
        do throws(ServerError) {
            unsafe daemon = try unsafe Self.start(settings, identity, socket, core)
        } catch {
            unsafe core.release()
            throw error
        }
        unsafe self.core = unsafe core
        self.sweeper = thread
        self.socket = socket
    }

    deinit {
        let shared = unsafe core.takeUnretainedValue()
        shared.stop.raise()
        shared.waitForStreams()
        unsafe MHD_stop_daemon(daemon)
        unsafe core.release()
    }

    /// Lets streams that have come to their end finish, breaks the others off, closes the connections, and returns when the last answer's thread has ended.
    package consuming func stop() {}

    private static func start(
        _ settings: ServerSettings, _ identity: PEMFiles?, _ socket: borrowing ListeningSocket,
        _ core: Unmanaged<ServerCore>
    ) throws(ServerError) -> OpaquePointer {
        // libmicrohttpd closes its descriptor, though not on each way of failing: it gets one of its own.
        let descriptor = fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 0)
        let connections = UInt32(clamping: max(1, settings.mostConnections))
        let authority = try Self.authority(settings)
        let daemon = unsafe bom_mhd_start(
            descriptor, connections, settings.idleSeconds, identity?.key, identity?.certificate, authority,
            noteConnection, answerRequest, endRequest, core.toOpaque())
        guard let daemon = unsafe daemon else {
            let cause: ServerError.Cause =
                identity == nil ? .system(systemWords(errno)) : .certificate("the TLS library does not accept them")
            throw ServerError("\(settings.address)", cause)
        }
        return unsafe daemon
    }

    private static func authority(_ settings: ServerSettings) throws(ServerError) -> String? {
        do throws(CertificateError) {
            var text = ""
            for authority in settings.clientAuthorities { text += try authority.pem }
            return text.isEmpty ? nil : text
        } catch {
            throw ServerError("\(settings.address)", .certificate("\(error)"))
        }
    }
}

extension ServerSettings {
    /// libmicrohttpd counts whole seconds, and takes none for no limit.
    fileprivate var idleSeconds: UInt32 { UInt32(clamping: max(1, idle.milliseconds / 1_000)) }

    fileprivate var limits: Deadlines.Limits {
        Deadlines.Limits(head: requestWithin, transfer: transferWithin, slowest: max(1, slowest))
    }
}

/// What the operating system calls an error.
func systemWords(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
