import Lane

/// The parts of the station that ask to be woken, each with its place in the wake table, in the order in which they are
/// woken when several are due.
enum Part: Hashable {
    case readers(Int)
    case lane(LaneNumber)
    case head(LaneNumber)
    case own(Own)

    /// Parts of which there is one.
    enum Own: Int, CaseIterable, Hashable {
        case photos
        case ledger
        /// Reads whose commit takes too long.
        case waitingReads
        case uploader
        case photoUploader
        case salvage
        case listUpdater
        case renewal
        case lines
        case readerWatch
        case housekeeping
        case room
    }
}

/// Where each part stands in the wake table.
struct PartPlaces: Sendable {
    let readers: Int
    let lanes: Int

    var count: Int { readers + 2 * lanes + Part.Own.allCases.count }

    func place(of part: Part) -> Int {
        switch part {
        case .readers(let index): index
        case .lane(let lane): readers + Int(lane.number) - 1
        case .head(let lane): readers + lanes + Int(lane.number) - 1
        case .own(let own): readers + 2 * lanes + own.rawValue
        }
    }

    func part(at place: Int) -> Part {
        if place < readers { return .readers(place) }
        if place < readers + lanes { return .lane(LaneNumber(UInt8(place - readers + 1))) }
        if place < readers + 2 * lanes { return .head(LaneNumber(UInt8(place - readers - lanes + 1))) }
        guard let own = Part.Own(rawValue: place - readers - 2 * lanes) else {
            preconditionFailure("the wake table has a place for each part")
        }
        return .own(own)
    }
}
