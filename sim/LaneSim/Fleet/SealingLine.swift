import Exchange
import Lane

/// Records in the order of their sequence: a passage has its place from its decision, and is sealed when it is closed and
/// all before it are.
struct SealingLine: Sendable {
    /// Open passages of sixteen lanes with all that waits behind them.
    static let most = 16_384

    private struct Place: Sendable {
        let passage: PassageID?
        var draft: RecordDraft?
        var at: Instant
    }

    private var places: [Place] = []
    private var sealed = 0
    private var gone: UInt64 = 0

    /// A passage was decided: it takes the next sequence.
    mutating func open(_ passage: PassageID) {
        precondition(places.count < Self.most, "passages are closed within half a minute")
        places.append(Place(passage: passage, draft: nil, at: Instant(nanoseconds: 0)))
    }

    /// The passage will not change any more.
    mutating func close(
        _ passage: PassageID, _ draft: RecordDraft, at now: Instant, into ready: inout [FleetMachines.Sealed]
    ) {
        guard let place = places[sealed...].firstIndex(where: { $0.passage == passage }) else {
            preconditionFailure("a passage is decided before it is closed")
        }
        places[place].draft = draft
        places[place].at = now
        seal(into: &ready)
    }

    /// A record that is complete from the start.
    mutating func add(_ draft: RecordDraft, at now: Instant, into ready: inout [FleetMachines.Sealed]) {
        places.append(Place(passage: nil, draft: draft, at: now))
        seal(into: &ready)
    }

    private mutating func seal(into ready: inout [FleetMachines.Sealed]) {
        while sealed < places.count, let draft = places[sealed].draft.take() {
            gone += 1
            ready.append(.init(sequence: Sequence(gone), draft: draft, at: places[sealed].at))
            sealed += 1
        }
        guard sealed == places.count || sealed >= 1_024 else { return }
        places.removeFirst(sealed)
        sealed = 0
    }
}
