import Exchange
import Glibc
import Lane
import Station
import Storage
import Sync

/// What is measured of a station that is watched for long: once a day, when nothing waits.
extension World {
    /// The station was asked how it is.
    mutating func sampleForSoak(_ report: StatusReport) {
        guard let samples = soak, let machine, let sync = report.sync, sync.waiting == 0, sync.unsealed == 0,
            clock.elapsed >= .zero
        else { return }
        let day = Int(clock.elapsed.nanoseconds / Interval.days(1).nanoseconds)
        guard samples.last.map({ $0.day < day }) ?? true else { return }
        var sample = SoakSample(day: day)
        let folder = configuration.station.stateFolder
        sample.sizes["values in the machine"] = MachineSize(of: machine).values
        sample.sizes["alarms"] = report.alarms.count
        sample.sizes["files in the state folder"] = storage.names(in: folder).count
        sample.sizes["photos"] = photosLeft
        sample.sizes["descriptors on its disk"] = storage.openDescriptors
        sample.sizes["descriptors of the program"] = Self.descriptors
        sample.sizes["bytes of the journal"] = storage.size(of: "\(folder)/\(Journal.name)") ?? 0
        sample.sizes["bytes of the journal's log"] = storage.size(of: "\(folder)/\(Journal.name)-wal") ?? 0
        do {
            try storage.lookedAt { try measureTables(of: "\(folder)/\(Journal.name)", into: &sample) }
            let first = try read { reader throws(JournalFailure) in try reader.records(from: Sequence(1), most: 1).first
            }
            let fields = first.flatMap { RecordFields(body: $0.line.body) }
            sample.oldest = fields.map { clock.elapsed - (Instant(nanoseconds: $0.time.mono) - VirtualClock.first) }
        } catch {
            // A fault of the disk is under way: the next hour is asked.
            return
        }
        soak?.append(sample)
    }

    private func measureTables(of journal: String, into sample: inout SoakSample) throws {
        let database = try Database(path: journal, access: .readOnly, files: storage.databases)
        let select = try database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        var tables: [String] = []
        while try select.step() { tables += [select.text(0)].compactMap { $0 } }
        for table in tables {
            sample.sizes["rows of \(table)"] = Int(try database.integer("SELECT count(*) FROM \(table)") ?? 0)
        }
    }

    /// Files that this program has open, the lists of the station among them.
    private static var descriptors: Int {
        guard let folder = unsafe opendir("/proc/self/fd") else { return 0 }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return count
    }
}
