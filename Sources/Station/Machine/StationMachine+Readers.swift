import Exchange
import Lane
import Sync
import TagReader

/// Readers: sessions, and the reads that they hear.
extension StationMachine {
    mutating func reader(_ index: Int, _ event: ReaderEvent, at: Instant, _ turn: inout StationTurn) {
        for action in readers[index].handle(event, at: at, now: turn.now) {
            switch action {
            case .open: turn.actions.append(.openPort(index))
            case .close: turn.actions.append(.closePort(index))
            case .write(let bytes): turn.actions.append(.write(index, bytes))
            case .read(let heard): take(heard, from: index, &turn)
            case .wake(let moment): wake(.readers(index), at: moment)
            case .state(let state): take(state, of: index, &turn)
            case .count(let counter, let number): desk.readers[index].counters[counter, default: 0] += number
            case .errorReported(let code):
                let name = configuration.readers[index].settings.name
                alarm(.readerError, on: name, true, because: "Error\(code < 10 ? "0" : "")\(code)", &turn)
            case .echoing(let isEchoing):
                let name = configuration.readers[index].settings.name
                alarm(.readerError, on: name, isEchoing, because: Self.echoReason, &turn)
            }
        }
    }

    private static let echoReason = "it sends back what we write; switch off the adapter's echo, or the reader's (6170)"

    /// Edges that waited have the kernel's stamps, and reads have none: whose they are nobody can say. They are journalled by themselves, and
    /// a vehicle of that time whose tag had not been heard before is `readerDown`.
    mutating func stoodStill(until moment: Instant, _ turn: inout StationTurn) {
        log(.warning, "station.stoodStill", ["milliseconds": "\((moment - turn.now).milliseconds)"], &turn)
        for index in readers.indices { reader(index, .stoodStill, at: moment, &turn) }
    }

    /// The light first; what was read, and what the lane made of it, is written down after it.
    private mutating func take(_ heard: HeardRead, from index: Int, _ turn: inout StationTurn) {
        let antenna = antenna(of: heard, from: index)
        if antenna == nil, heard.antennaPort == nil { return leaveOut(index, &turn) }
        let id = ledger.nextReadID()
        var actions: [LaneAction] = []
        if let antenna, !heard.isReplayed {
            let read = TagRead(
                id: id, at: heard.at, antenna: antenna.number, content: judge(heard.content, at: turn.now))
            actions = light(antenna.lane, .read(read), &turn)
        }
        unwritten.append(UnwrittenRead(id: id, heard: heard, reader: index, antenna: antenna, actions: actions))
    }

    /// The read's own row first, whose commit acknowledges it, then what the lane makes of it: a record takes up only reads
    /// that the ledger knows.
    mutating func writeDownReads(_ turn: inout StationTurn) {
        guard !unwritten.isEmpty else { return }
        let reads = unwritten
        unwritten = []
        for read in reads {
            if read.heard.accepted != nil {
                desk.awaited[read.id] = Desk.AwaitedRead(
                    reader: read.reader, token: read.heard.token, since: turn.now)
            }
            journal(read.heard, read.id, read.antenna, read.reader, &turn)
            guard let antenna = read.antenna, !read.heard.isReplayed else { continue }
            desk.statistics[antenna.lane].addRead(at: read.heard.at)
            carryOut(read.actions, antenna.lane, &turn)
        }
        judgeWaitingReads(&turn)
        watchList(&turn)
    }

    /// The antenna that heard it. Where only damage came the port is unknown: it is known which lane, and one antenna stands for
    /// all, when all of them hang over that lane.
    private func antenna(of heard: HeardRead, from index: Int) -> StationConfiguration.Antenna? {
        if let port = heard.antennaPort { return configuration.antenna(reader: index, port: port) }
        let own = configuration.antennas.filter { $0.reader == index }
        return own.first.flatMap { first in own.allSatisfy { $0.lane == first.lane } ? first : nil }
    }

    /// A tag was there, in a lane that nobody can name: better none than the wrong one.
    private mutating func leaveOut(_ index: Int, _ turn: inout StationTurn) {
        desk.readers[index].counters[.unplacedEvidence, default: 0] += 1
        log(.info, "reader.unplacedEvidence", ["reader": configuration.readers[index].settings.name], &turn)
    }

    private mutating func journal(
        _ heard: HeardRead, _ id: ReadID, _ antenna: StationConfiguration.Antenna?, _ index: Int,
        _ turn: inout StationTurn
    ) {
        let name = configuration.readers[index].settings.name
        let content = Self.content(of: heard.content)
        guard let accepted = heard.accepted else { return }
        let position = ReaderPosition(digit: accepted.sequence, frame: accepted.bytes)
        let stamp = stamp(at: turn.now)
        if antenna != nil, !heard.isReplayed {
            let row = ReadRow(
                id: id, reader: name, position: position, antenna: antenna?.number, content: content, at: heard.at,
                utc: stamp.utc(at: heard.at))
            ledger(.read(row), &turn)
        } else {
            let read = ReplayedRead(
                id: id, reader: name, antenna: antenna?.number, content: content,
                moment: heard.isReplayed ? .between(nil, heard.at) : .at(heard.at),
                reason: heard.isReplayed ? .beforeSynchronised : .unknownAntenna)
            ledger(.replayedRead(read, position, stamp), &turn)
        }
    }

    /// Asks the table of issuers, then the list in force, now.
    private func judge(_ content: HeardRead.Content, at now: Instant) -> TagRead.Content {
        switch content {
        case .tag(let tag):
            let utc = clock.clock == .good ? clock.utc(at: now) : nil
            let refusal = configuration.issuers.refusal(of: tag, by: list?.version)
            return .tag(tag, Judgement(of: refusal ?? list?.answer(for: tag) ?? .noList, at: utc))
        case .malformed: return .malformed
        case .unreadable: return .unreadable
        }
    }

    private static func content(of heard: HeardRead.Content) -> ReplayedRead.Content {
        switch heard {
        case .tag(let tag): .tag(tag)
        case .malformed: .malformed
        case .unreadable: .unreadable
        }
    }

    private mutating func take(_ state: ReaderState, of index: Int, _ turn: inout StationTurn) {
        let name = configuration.readers[index].settings.name
        desk.readers[index].state = state
        watchSynchronising(index, state, at: turn.now)
        log(
            state.isDown && state != .synchronising ? .warning : .info, "reader.state",
            ["reader": name, "state": state.text], &turn)
        // Synchronising takes a second or two at every start: it is an alarm only when it does not end.
        if state != .synchronising { alarm(.readerDown, on: name, state.isDown, because: state.text, &turn) }
        if state == .reading { alarm(.readerError, on: name, false, &turn) }
        tellLanes(of: index, &turn)
    }

    /// Tells the reader's lanes whether a vehicle without a read can be called one without a tag.
    mutating func tellLanes(of index: Int, _ turn: inout StationTurn) {
        for lane in gantry.laneNumbers {
            let own = configuration.antennas.filter { $0.lane == lane }.map(\.reader)
            guard own.contains(index) else { continue }
            let isDown = own.allSatisfy { desk.readers[$0].isDown }
            self.lane(lane, .reader(isDown: isDown), &turn)
        }
    }

    private mutating func watchSynchronising(_ index: Int, _ state: ReaderState, at now: Instant) {
        guard state == .synchronising else { return desk.readers[index].synchronisingSince = nil }
        guard desk.readers[index].synchronisingSince == nil else { return }
        desk.readers[index].synchronisingSince = now
        askWatch(at: now)
    }

    /// Calls for help about readers that do not come to reading, whatever holds them up: the session, or a journal that does
    /// not open.
    mutating func watchReaders(_ turn: inout StationTurn) {
        guard phase == .running else { return }
        for index in desk.readers.indices {
            guard let since = desk.readers[index].synchronisingSince, turn.now - since >= Self.synchronisingLong
            else { continue }
            let seconds = (turn.now - since).milliseconds / 1_000
            let name = configuration.readers[index].settings.name
            alarm(.readerDown, on: name, true, because: "synchronising for \(seconds) s", &turn)
        }
        askWatch(at: turn.now)
    }

    /// Asks to be woken when the next reader will have been synchronising for long, or is to be looked at again.
    mutating func askWatch(at now: Instant) {
        let moments = desk.readers.compactMap(\.synchronisingSince).map { since in
            since + Self.synchronisingLong * ((now - since).nanoseconds / Self.synchronisingLong.nanoseconds + 1)
        }
        wake(.own(.readerWatch), at: moments.min())
    }

    /// These reads survive any crash: tell their readers.
    mutating func acknowledge(_ reads: [ReadID], _ turn: inout StationTurn) {
        for id in reads {
            guard let awaited = desk.awaited.removeValue(forKey: id) else { continue }
            let took = turn.now - awaited.since
            let name = configuration.readers[awaited.reader].settings.name
            alarm(.ackSlow, on: name, took > Self.ackSlow, because: "a commit took \(took.milliseconds) ms", &turn)
            reader(awaited.reader, .committed(awaited.token), at: turn.now, &turn)
        }
        judgeWaitingReads(&turn)
    }
}

/// A read that the lane has judged and the head has shown, before it is journalled.
struct UnwrittenRead: Sendable {
    let id: ReadID
    let heard: HeardRead
    let reader: Int
    let antenna: StationConfiguration.Antenna?
    /// What the lane made of it.
    let actions: [LaneAction]
}
