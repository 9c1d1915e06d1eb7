import Devices
import Exchange
import Lane
import Sync

extension Command {
    /// `station list verify`
    static let listVerify = Command(
        "list verify", "check a list file in every way a station does before it uses it",
        help: """
            usage: station list verify FILE [--configuration FILE] [--trust KEYFILE]

            Checks FILE as the station would, a line for each check, and stops at the first that fails. A file that passes
            may still be refused by the station that has a higher version: station list adopt says so.

            \(ListOptions.help)

            Exit code 0: good, 65: refused, with the reason, 66: there is no such file.

            example: station list verify /media/usb/agreements.list
            """,
        options: ListOptions.options, plain: 1
    ) { arguments, console in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name the list file") }
        let options = ListOptions(arguments)
        let keys = try options.keys()
        let list = try options.open(path, trusting: keys)
        console.line("ok  header     \(list.name) \(list.version.text), \(list.bytes) bytes, \(list.count) entries")
        console.line("ok  signature  by key \(list.header.key), which is trusted")
        console.line("ok  issuers    \(list.issuers.isEmpty ? "everybody's" : "\(list.issuers.count)")")
        do throws(ListError) { try list.verify() } catch { throw ListOptions.failure(path, error) }
        console.line("ok  digest     \(list.digest.hex)")
        console.line("ok  entries    each is one, in its place, and they are as many as the header says")
        try judge(list, path, options, console)
        console.line("\(path): good")
        return .ok
    }

    /// Whether it is this station's list, where the configuration is at hand, and what its times come to.
    private static func judge(
        _ list: AgreementList, _ path: String, _ options: ListOptions, _ console: Console
    ) throws {
        if options.arguments.all("--trust").isEmpty {
            let wanted = try options.central().central.list
            guard list.name == wanted else {
                throw CommandFailure(
                    .badData,
                    "\(path): it is the list \(list.name), not \(wanted); name that one, or set [central] list")
            }
            console.line("ok  name       \(list.name), the station's list")
        }
        let now = WallClock.now()
        if list.isStale(at: now) {
            console.note("note: it is stale, issued \(list.issuedAt.text): a station decides by it, with an alarm")
        }
        if now < list.activeFrom {
            console.note("note: it is active from \(list.activeFrom.text) on: a station keeps it beside until then")
        }
    }
}
