import Central
import Devices
import Exchange
import FoundationEssentials
import Lane
import Station
import Sync

/// Real programs, millions of agreements, changes every few seconds: what a station's list does while vehicles pass.
struct ListTrial: ~Copyable {
    /// From one vehicle's front to the next one's.
    private static let headway = Interval.milliseconds(700)
    /// After the last change vehicles come for so long: it has to be in force before the last of them.
    private static let rest = Interval.seconds(8)
    /// Building a list of 50 million takes minutes on a small computer.
    private static let patience = Interval.minutes(30)
    /// All changes are in force within this, on a computer that does other work, too: the lists worker runs after everybody else.
    private static let inForceWithin = Interval.minutes(10)

    private let settings: Settings
    private let console: Console
    private let site: WireSite
    private let agreements: GeneratedAgreements
    private let news: Devices.Mailbox<WireNews>
    private var result = Result()

    init(_ settings: Settings, _ console: Console) throws {
        let site = try WireSite(settings.folder)
        let news = try Devices.Mailbox<WireNews>(bound: 65_536)
        self.settings = settings
        self.console = console
        self.site = site
        self.news = news
        agreements = GeneratedAgreements(seed: settings.seed)
    }

    /// Lets it happen, and gives what came out.
    mutating func run() throws -> Result {
        result.agreements = settings.agreements
        console.note("lists: working out what each version says")
        let truth = Truth(
            agreements, entries: settings.agreements, operations: settings.operations,
            versions: 2...UInt32(settings.changes + 1), count: vehicles)
        guard !truth.tags.isEmpty else {
            throw CommandFailure(.usage, "the changes speak of no tag that can drive; let --of or --changes be larger")
        }
        let (scenario, _) = try Scenario.planned(try writeScenario(truth), seed: settings.seed)
        var processes = try WireProcesses(scenario, site: site, news: news)
        console.note("lists: generating and publishing \(settings.agreements) agreements")
        try processes.output(of: "central", ["keys", "--folder", site.central], within: Self.patience)
        try processes.output(of: "central", generate + ["--count", "\(settings.agreements)"], within: Self.patience)
        try processes.startAll()
        try wait(for: ListVersion(epoch: epoch, version: 1), processes, within: Self.patience)
        try letVehiclesPass(processes)
        try killAndLook(&processes)
        try deliver(processes)
        let lines = try processes.lines(of: "station", ["journal", "export", site.configuration])
        let harvest = try WireHarvest(station: lines, central: [], photos: [], since: MonotonicClock.now())
        result.judge(harvest.records.map(\.fields), by: truth)
        result.troubles += try processes.stopAll()
        news.close()
        return result
    }

    /// As many vehicles as fill the time of the changes.
    private var vehicles: Int {
        let span = Interval(nanoseconds: settings.every.nanoseconds * Int64(settings.changes)) + Self.rest
        return Int(span.nanoseconds / Self.headway.nanoseconds)
    }

    private var generate: [String] {
        ["agreements", "generate", "--seed", "\(settings.seed)", "--folder", site.central]
    }

    /// The order in which the central server publishes changes.
    private func changes(_ count: Int) -> [String] {
        let every = "\(settings.every.milliseconds) ms"
        return generate + ["--changes", "\(count)", "--of", "\(settings.operations)", "--every", every]
            + ["--among", "\(settings.agreements)"]
    }

    private var listName: String { AgreementList.defaultName }
    private var central: CentralFolder { CentralFolder(site.central) }

    private var newest: ListVersion {
        get throws {
            let keys = [try PublicKey(file: central.publicKey)]
            return try AgreementList.open(path: central.list(listName), trusting: keys, checking: .header).version
        }
    }

    private var epoch: UInt32 { get throws { try newest.epoch } }

    // MARK: The road

    /// Vehicles by turns in two lanes, each with one of the tags that changes speak of.
    private func writeScenario(_ truth: Truth) throws -> String {
        var text = """
            [scenario]
            shows = vehicles whose agreements change while they pass
            source = the agreement list at national scale
            site = site.conf
            firstList = no


            """
        for vehicle in 0..<vehicles {
            let at = Interval.seconds(1) + Interval(nanoseconds: Self.headway.nanoseconds * Int64(vehicle))
            text += """
                [vehicle v\(vehicle + 1)]
                at = \(at.milliseconds) ms
                lane = \(vehicle % 2 + 1)
                tag = \(truth.tags[vehicle % truth.tags.count].clear)
                heard = -250 ms


                """
        }
        try Data(Self.siteText.utf8).write(to: URL(filePath: "\(site.folder)/site.conf"))
        let path = "\(site.folder)/vehicles.lane"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private mutating func letVehiclesPass(_ processes: borrowing WireProcesses) throws {
        console.note("lists: \(settings.changes) changes, \(vehicles) vehicles")
        _ = news.takeAll()
        processes.play(from: MonotonicClock.now() + .milliseconds(300))
        let changes = try processes.begin("central", changes(settings.changes))
        try wait("the changes to be published", within: Self.patience) { [news] in
            news.takeAll().contains(.played)
        }
        _ = try changes.output(within: Self.patience)
        guard try changes.stop() == 0 else {
            throw CommandFailure(.software, "central did not publish; see \(site.log("central"))")
        }
        let last = ListVersion(epoch: try epoch, version: UInt32(settings.changes + 1))
        try wait(for: last, processes, within: Self.inForceWithin)
    }

    /// Everything is sealed, and at the central server.
    private mutating func deliver(_ processes: borrowing WireProcesses) throws {
        let control = site.control
        try wait("the records to be delivered", within: Self.inForceWithin) {
            guard let sync = StationClient(socket: control).status()?.sync else { return false }
            return sync.unsealed == 0 && sync.waiting == 0
        }
    }

    // MARK: Kills

    /// Kills the station at random moments while changes come, and looks at its lists after each.
    private mutating func killAndLook(_ processes: inout WireProcesses) throws {
        guard settings.kills > 0 else { return }
        console.note("lists: \(settings.kills) kills")
        var chance = Chance(seed: settings.seed, of: "kills")
        // More than can be published meanwhile.
        let publisher = try processes.begin("central", changes(settings.kills * 4 + 100))
        var poller = Poller(slots: 0)
        for kill in 1...settings.kills {
            // Long enough that the station is ready now and then, short enough that it often is not.
            let span = UInt64(max(settings.every.milliseconds * 2, 1_000))
            let moment = Interval.milliseconds(Int64(chance.generator.next() % span))
            try poller.wait(until: MonotonicClock.now() + moment)
            try processes.kill(.station)
            try look(after: kill)
            try processes.start(.station)
            if kill % 10 == 0 { console.note("lists: \(kill) of \(settings.kills) kills") }
        }
        _ = try publisher.stop()
        try wait(for: newest, processes, within: Self.inForceWithin)
    }

    private var lastSeen: ListVersion?

    private mutating func look(after kill: Int) throws {
        result.kills.count = kill
        let folder = ListFolder(folder: site.state, name: listName, keys: [try PublicKey(file: central.publicKey)])
        let files = FileManager.default
        if [folder.inForce + ".download", folder.building, folder.next].contains(where: { files.fileExists(atPath: $0) }
        ) {
            result.kills.midUpdate += 1
        }
        do {
            let list = try AgreementList.open(path: folder.inForce, trusting: folder.keys)
            let version = list.version
            if let lastSeen, version < lastSeen {
                result.kills.torn.append("after kill \(kill): \(version.text), and \(lastSeen.text) was there before")
            }
            if lastSeen != version { result.kills.moved += 1 }
            lastSeen = version
        } catch {
            result.kills.torn.append("after kill \(kill): \(error)")
        }
    }

    // MARK: Waiting

    private func wait(
        for version: ListVersion, _ processes: borrowing WireProcesses, within time: Interval
    ) throws {
        let control = site.control
        try wait("version \(version.text) to come into force", within: time) {
            guard let list = StationClient(socket: control).status()?.list else { return false }
            return ListVersion(epoch: list.epoch, version: list.version) >= version
        }
    }

    private func wait(_ what: String, within time: Interval, until isReached: () -> Bool) throws {
        let deadline = MonotonicClock.now() + time
        var poller = Poller(slots: 0)
        while !isReached() {
            guard MonotonicClock.now() < deadline else {
                throw CommandFailure(.failed, "waited in vain for \(what); see \(site.log("station"))")
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(50))
        }
    }
}
