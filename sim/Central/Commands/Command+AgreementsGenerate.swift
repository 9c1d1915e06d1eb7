import Devices
import Exchange
import Glibc
import Lane
import Station

extension Command {
    static let generate = Command(
        "agreements generate",
        "publishes a list of agreements that nobody has, and changes on it: for trials and measurements",
        help: """
            usage: central agreements generate --count N [--seed S] [--changes N --of M] [--folder DIR] [...]
                   central agreements generate --changes N --of M [--every SPAN] [--seed S] [--folder DIR] [...]
                   central agreements generate --show INDEX [--seed S] [--clear]

            Publishes a list of N agreements. A seed gives always the same ones: numbers of seven issuers that lie close
            together, nearly all approved, 1 % denied, three of ten with dates. Each of the changes says M things: new
            agreements, other standings, removals; each of them changes something. Without --count the changes are made on the newest list.
            No number is shown but by --show with --clear.

              --count N      how many agreements, up to \(AgreementList.mostEntries)
              --changes N    how many changes, published one after the other
              --of M         how many things each change says (default: 1000)
              --every SPAN   the pause between changes, as "5 s" (default: none)
              --among N      the changes are about the first N agreements (default: as many as the list has)
              --seed S       another number gives other agreements (default: 1)
              --show INDEX   the agreement with that index, 0 the first: a number to drive with
              --new-epoch    begin a new epoch with the list
              --clear        its number in clear; without it only what kind of number it is
              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
            \(ListOptions.help)

            example: central agreements generate --count 10000000 --changes 12 --of 1000 --every "5 s"
            """,
        flags: ListOptions.flags.union(["--clear", "--new-epoch"]),
        options: ListOptions.options.union(["--count", "--changes", "--of", "--every", "--among", "--seed", "--show"])
    ) { arguments, folder, console in
        let order = try GeneratorOrder(arguments)
        let options = try ListOptions(arguments)
        let agreements = GeneratedAgreements(seed: order.seed)
        if let index = order.show {
            console.line(agreements[index].line(clear: arguments.has("--clear")))
            return .ok
        }
        guard order.count != nil || order.changes > 0 else {
            throw Arguments.UsageError("how many agreements? Say --count N, or --changes N")
        }
        let publisher = try ListPublisher(folder: folder)
        if let count = order.count {
            try publisher.publish(agreements, count: count, options, console).show(options, console)
            console.note(
                "a number of it to drive with: central agreements generate --seed \(order.seed) --show 0 --clear")
        }
        for change in 0..<order.changes {
            if change > 0 { order.rest() }
            try publisher.change(agreements, order, options).show(options, console)
        }
        return .ok
    }
}

/// What `central agreements generate` is asked for.
private struct GeneratorOrder {
    let count: Int?
    let seed: UInt64
    let changes: Int
    let operations: Int
    private let pause: Interval
    /// How many of the generated agreements the changes are about; nil: all of the list.
    let among: Int?
    let show: Int?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        count = try Self.number("--count", arguments, 0...GeneratedAgreements.most)
        seed = UInt64(try Self.number("--seed", arguments, 0...Int.max) ?? 1)
        changes = try Self.number("--changes", arguments, 1...100_000) ?? 0
        operations = try Self.number("--of", arguments, 1...1_000_000) ?? 1_000
        pause = try arguments["--every"].map(Self.pause) ?? .zero
        among = try Self.number("--among", arguments, 1...GeneratedAgreements.most)
        show = try Self.number("--show", arguments, 0...GeneratedAgreements.most - 1)
    }

    /// Waits as long as was said.
    func rest() { if pause > .zero { usleep(UInt32(clamping: pause.nanoseconds / 1_000)) } }

    private static func pause(_ text: String) throws(Arguments.UsageError) -> Interval {
        let type = ValueType.duration(.zero ... .hours(1))
        do throws(ValueError) {
            return try type.parse(text)
        } catch {
            throw Arguments.UsageError("--every takes \(type.expected): \(error.reason)\(error.hint)")
        }
    }

    private static func number(
        _ option: String, _ arguments: Arguments, _ range: ClosedRange<Int>
    ) throws(Arguments.UsageError) -> Int? {
        guard let text = arguments[option] else { return nil }
        let type = ValueType.count(range)
        do throws(ValueError) {
            return try type.parse(text)
        } catch {
            throw Arguments.UsageError("\(option) takes \(type.expected): \(error.reason)")
        }
    }
}

extension ListPublisher {
    fileprivate func change(
        _ agreements: GeneratedAgreements, _ order: GeneratorOrder, _ options: ListOptions
    ) throws -> PublishedList {
        let operations = order.operations
        let base = try current(options.name, checking: .header)
        guard let base else { throw Problem.nothingToChange(name: options.name) }
        let version = base.version.version &+ 1
        let entries = order.among ?? order.count ?? base.count
        return try change(options.name, at: WallClock.now(), options.settings) { changes in
            for place in 0..<operations {
                let operation = agreements.operation(place, of: operations, to: version, entries: entries) {
                    base.entry(of: $1)
                }
                let listed = operation.sample.map(\.listEntry)
                try changes.add(operation.number, listed.map { .set($0) } ?? .remove, line: place)
            }
        }
    }

    fileprivate func publish(
        _ agreements: GeneratedAgreements, count: Int, _ options: ListOptions, _ console: Console
    ) throws -> PublishedList {
        var settings = options.settings
        settings.issuers = settings.issuers ?? GeneratedAgreements.issuers
        var notes = ProgressLine(console)
        return try publish(
            as: options.name, at: WallClock.now(), settings, progress: { notes.say("building", $0) },
            fill: { writer in
                for index in 0..<count {
                    let sample = agreements[index]
                    try writer.add(sample.number, sample.listEntry, line: index)
                    if index % 65_536 == 0 { notes.say("generating", index, of: count) }
                }
            })
    }
}
