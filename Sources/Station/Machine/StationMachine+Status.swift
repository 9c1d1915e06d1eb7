import Exchange
import Lane
import Sync
import TagReader

/// What `station status` and `station lookup` show.
extension StationMachine {
    func answer(to question: Question, at now: Instant) -> Answer {
        switch question {
        case .status: .status(report(at: now))
        case .lookup(let tag): .lookup(lookup(tag, at: now))
        case .listBack, .listAdopt: preconditionFailure("an order is answered when it is done")
        }
    }

    func report(at now: Instant) -> StatusReport {
        StatusReport(
            station: configuration.station.id.number, name: configuration.station.name, program: Program.version,
            uptime: (now - desk.startedAt).milliseconds, clock: clock.clock.word,
            profile: configuration.lights.profile.name,
            alarms: desk.alarms.entries.map { entry in
                .init(
                    alarm: entry.alarm.rawValue, subject: entry.subject, reason: entry.reason,
                    meaning: entry.alarm.meaning, age: (now - entry.since).milliseconds)
            },
            lanes: gantry.laneNumbers.map { line(of: $0, at: now) },
            readers: desk.readers.enumerated().map { index, reader in
                .init(
                    reader: configuration.readers[index].settings.name,
                    state: reader.state.text + (reader.isHeldUp ? ", held up: its last read is not committed" : ""),
                    counters: Dictionary(uniqueKeysWithValues: reader.counters.map { ($0.key.rawValue, $0.value) }))
            },
            sync: desk.journal.map { journal in
                .init(
                    journal: journal.hex, sealed: desk.sealed.number, acknowledged: desk.acknowledged.number,
                    waiting: desk.sealed.number - min(desk.sealed.number, desk.acknowledged.number),
                    unsealed: ledger.waiting, rejected: desk.rejected,
                    lastAnswerAge: desk.lastAnswer.map { (now - $0).milliseconds })
            },
            list: list.map { line(of: $0, at: now) }, listProgress: progress(at: now),
            scheduling: desk.scheduling?.text)
    }

    private func line(of list: AgreementList, at now: Instant) -> StatusReport.ListLine {
        let utc = clock.utc(at: now)
        var line = StatusReport.ListLine(
            name: list.name, epoch: list.version.epoch, version: list.version.version, agreements: list.count,
            age: utc.milliseconds - list.issuedAt.milliseconds, isStale: list.isStale(at: utc))
        line.bytes = list.bytes
        line.verifiedAge = desk.list.verifiedAt.map { (now - $0).milliseconds }
        if case .notLocked(let reason) = desk.list.lock { line.notLockedBecause = reason }
        line.previous = desk.list.previous?.text
        line.floor = listUpdater.floor.flatMap { $0 > list.version ? $0.text : nil }
        return line
    }

    private func progress(at now: Instant) -> String? {
        switch listUpdater.progress {
        case .fetching(let version, let have, let bytes): "\(version.text) is fetched: \(have) of \(bytes) bytes"
        case .building: "a list is built and verified"
        case .waiting(let version, let until):
            "\(version.text) waits: in force in \(StatusText.span(max((until - now).milliseconds, 0)))"
        case nil: nil
        }
    }

    private func line(of lane: LaneNumber, at now: Instant) -> StatusReport.LaneLine {
        let statistics = desk.statistics[lane]
        return .init(
            lane: lane.number, state: gantry.state(of: lane).word,
            aspect: configuration.lights.profile.word(for: heads[Int(lane.number) - 1].aspect),
            vehicles: statistics.vehicles, reads: statistics.reads, strayReads: statistics.strayReads,
            noTag: statistics.noTag, unreadable: statistics.unreadable, photosDue: statistics.photosDue,
            photosTaken: statistics.photosTaken, lastHundred: .init(statistics.rateOfLastHundred),
            lastDay: .init(statistics.rateOfDay(at: now)),
            lastVehicleAge: statistics.lastVehicle.map { (now - $0).milliseconds },
            lastReadAge: statistics.lastRead.map { (now - $0).milliseconds })
    }
}

extension StatusReport.Rate {
    fileprivate init(_ rate: LaneStatistics.ReadRate) {
        self.init(vehicles: rate.vehicles, read: rate.read, perTenThousand: rate.perTenThousand)
    }
}
