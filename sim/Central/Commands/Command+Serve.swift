import Exchange
import HTTP
import Lane
import Station
import Storage

extension Command {
    /// Where stations on this computer deliver to if nobody says otherwise.
    static let defaultAddress = "127.0.0.1:8480"

    static let serve = serving(from: StopSignals.block, until: StopSignals.wait)

    /// - Parameters:
    ///   - began: comes first of all: the server's threads must not be interrupted by what stops it.
    ///   - stopped: returns when the server is to stop.
    static func serving(
        from began: @escaping @Sendable () -> Void, until stopped: @escaping @Sendable () -> Void
    ) -> Command {
        Command(
            "serve",
            "takes records and photos from stations, and gives out lists",
            help: """
                usage: central serve [--folder DIR] [--listen ADDRESS:PORT] [--certificate FILE --key FILE]
                                     [--agreements FILE] [--list-fetches N] [--certificate-days N]

                Prints one line when it listens, and stops cleanly on SIGTERM and SIGINT.

                  --folder DIR         where everything is kept (default: \(CentralCommands.defaultFolder))
                  --listen A:P         numeric address and port; port 0: the system chooses (default: \(defaultAddress))
                  --certificate FILE   PEM file with the certificate and its chain: https
                  --key FILE           PEM file with the certificate's key
                  --agreements FILE    publish this file first, as central agreements does
                  --list-fetches N     how many stations may begin to fetch a large list at a time; the others are
                                       told when to ask again (default: \(FetchGate.mostByDefault))
                  --certificate-days N how long a station's certificate is good, 1 to 398 days (default: 90)

                With an authority (central authority) it speaks https, asks each station for its certificate, and lets in
                those that central stations list names. Without one it takes records from whoever reaches it; and without
                a certificate it speaks plain http, to this computer only.

                example: central serve --listen 0.0.0.0:8443
                """,
            options: ["--listen", "--certificate", "--key", "--agreements", "--list-fetches", "--certificate-days"]
        ) { arguments, folder, console in
            began()
            let identity = try identity(in: arguments)
            let address = try ListenAddress(arguments["--listen"] ?? defaultAddress)
            guard case .tcp(let host, _) = address else {
                throw Arguments.UsageError("--listen takes a numeric address and a port")
            }
            if let file = arguments["--agreements"] {
                // Its only line of output says that it listens.
                let quiet = Console(line: console.note, note: console.note)
                let code = try publish(file, into: folder, ListOptions(), quiet)
                guard code == .ok else { return code }
            }
            let server = try CentralServer(
                folder: folder, at: address, identity: identity, listFetches: try fetches(in: arguments),
                certificateLife: try certificateLife(in: arguments), report: { console.note("central: \($0)") })
            if !server.asksForCertificates {
                console.note("central: no authority (central authority): stations are asked for no certificate")
            }
            let scheme = identity == nil && !server.asksForCertificates ? "http" : "https"
            console.line("listening on \(scheme)://\(ListenAddress.tcp(address: host, port: server.port))")
            stopped()
            server.stop()
            return .ok
        }
    }

    private static func fetches(in arguments: Arguments) throws -> Int {
        let range = CentralServer.listFetches
        guard let text = arguments["--list-fetches"] else { return FetchGate.mostByDefault }
        guard let most = Int(text), range.contains(most) else {
            throw Arguments.UsageError("--list-fetches takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return most
    }

    private static func certificateLife(in arguments: Arguments) throws -> Interval {
        guard let text = arguments["--certificate-days"] else { return CentralServer.certificateLife }
        guard let days = Int64(text), (1...398).contains(days) else {
            throw Arguments.UsageError("--certificate-days takes a number from 1 to 398")
        }
        return .days(days)
    }

    private static func identity(in arguments: Arguments) throws -> Identity? {
        switch (arguments["--certificate"], arguments["--key"]) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return Identity(certificate: certificate, key: key)
        default: throw Arguments.UsageError("--certificate and --key go together")
        }
    }
}
