import Lane

/// Readers that are not told of their last read: they keep the next ones to themselves, so that a vehicle without a read is
/// no vehicle without a tag.
extension StationMachine {
    /// A reader repeats what it was not told of after 500 ms; one that has repeated in vain is held up.
    static let heldUpAfter = Interval.seconds(1)

    /// Finds out which readers are held up: one whose read waits for longer than `heldUpAfter`, or at all while the journal
    /// cannot be written.
    mutating func judgeWaitingReads(_ turn: inout StationTurn) {
        let isWritable = !desk.alarms.isSet(.journalNotWritable, on: "")
        var next: Instant?
        for index in readers.indices {
            let oldest = desk.awaited.values.filter { $0.reader == index }.map(\.since).min()
            let limit = oldest.map { isWritable ? $0 + Self.heldUpAfter : $0 }
            let isHeldUp = limit.map { $0 <= turn.now } ?? false
            if let limit, !isHeldUp { next = min(next ?? limit, limit) }
            hold(up: isHeldUp, index, whileWritable: isWritable, &turn)
        }
        wake(.own(.waitingReads), at: next)
    }

    private mutating func hold(
        up isHeldUp: Bool, _ index: Int, whileWritable isWritable: Bool, _ turn: inout StationTurn
    ) {
        guard desk.readers[index].isHeldUp != isHeldUp else { return }
        desk.readers[index].isHeldUp = isHeldUp
        let name = configuration.readers[index].settings.name
        log(isHeldUp ? .warning : .info, isHeldUp ? "reader.heldUp" : "reader.told", ["reader": name], &turn)
        // A journal that cannot be written has an alarm of its own.
        if isHeldUp, isWritable {
            let reason = "a commit has taken \(Self.heldUpAfter.milliseconds) ms and is not back"
            alarm(.ackSlow, on: name, true, because: reason, &turn)
        }
        tellLanes(of: index, &turn)
    }
}
