/// Everything that the station calls for help about. Status, log and `event` records use these words; OPERATING.md
/// says what each means and what to do, and a test compares the two.
package enum Alarm: String, CaseIterable, Hashable, Sendable {
    /// A reader cannot be opened, is silent, or cannot be worked with: vehicles are recorded `readerDown`.
    case readerDown
    /// A reader reports an error of its own (`Error06` …).
    case readerError
    /// A commit took longer than `ackSlow`: the reader's next read is slowed.
    case ackSlow
    /// A detector does not let go: the lane works by reads alone.
    case detectorStuck
    /// Lamps and detectors cannot be reached.
    case linesDown
    /// The lines' driver says what is not understood.
    case linesFaulty
    /// There is no usable agreement list: tagged vehicles are not judged.
    case noList
    /// The agreement list is older than its `staleAfter`.
    case listStale
    /// A list that came was refused.
    case listRefused
    /// A new list has no room, in memory or on the disk.
    case listTooLarge
    /// The list on this disk cannot be used.
    case listDamaged
    /// A camera fails again and again.
    case cameraFaulty
    /// The photo store is full: new photos are missing.
    case photoStoreFull
    /// The disk is filling.
    case diskFilling
    /// There is no reserve for the journal: it is in use, or there is no room for it.
    case reserveGone
    /// The journal cannot be written: reads are not acknowledged, passages wait in memory.
    case journalNotWritable
    /// A damaged journal was set aside and a new one begun.
    case journalSetAside
    /// The central server knew more than our journal: a new journal was begun.
    case journalReplaced
    /// The central server does not answer.
    case centralUnreachable
    /// The central server answers, and does not take what it is sent.
    case centralRefuses
    /// The certificate by which the station shows who it is has ended, ends soon, or cannot be used.
    case certificateNotGood
    /// A sealed record is damaged, or cannot be read: delivery waits before it.
    case journalDamaged
    /// Records can never be delivered: they are damaged here, or gone here and lost at the central server. A `gap` declares them.
    case recordsLost
    /// The central server rejected records; they are kept and shown.
    case recordsRejected
    /// Nobody vouches for the computer's clock: validity dates are not enforced.
    case clockNotGood

    /// One line for a tired person: what it means for the road.
    package var meaning: String {
        switch self {
        case .readerDown: "vehicles are recorded readerDown and photographed, lamps stay dark"
        case .readerError: "the reader reports an error of its own"
        case .ackSlow:
            "the disk is slow and the reader's next read waits for it, after 1 s vehicles are recorded readerDown"
        case .detectorStuck: "the lane works by tag reads alone, vehicles without a tag are not seen"
        case .linesDown: "lamps are dark or unknown, lanes work by tag reads alone"
        case .linesFaulty: "edges of detectors may be missing, lamps may not follow"
        case .noList: "tagged vehicles are not judged, lamps stay dark for them"
        case .listStale: "decisions go on with an old list"
        case .listRefused: "a list cannot be used, decisions go on with the one in force"
        case .listTooLarge: "a new list has no room and was not fetched, decisions go on with the one in force"
        case .listDamaged: "the list on this disk is damaged, decisions go on with the one before it, if there is one"
        case .cameraFaulty: "passages are recorded without photo"
        case .photoStoreFull: "new photos are not kept"
        case .diskFilling: "nothing yet, but new photos are not kept when half of what is left is gone"
        case .reserveGone: "nothing yet, but passages can soon no longer be written"
        case .journalNotWritable:
            "reads stay in the reader, vehicles after them are recorded readerDown, passages wait in memory"
        case .journalSetAside: "a damaged journal lies beside the new one"
        case .journalReplaced: "the central server had more than this disk, a new journal was begun"
        case .centralUnreachable: "nothing changes at the lane, records wait on this disk"
        case .centralRefuses: "nothing changes at the lane, records wait on this disk"
        case .certificateNotGood:
            "nothing changes at the lane, the central server may take nothing without a certificate"
        case .journalDamaged: "records from the damaged one on wait on this disk until it is declared lost"
        case .recordsLost:
            "records will never be at the central server, which was told so: station journal verify names them"
        case .recordsRejected: "the central server will not take some records, they are kept here"
        case .clockNotGood: "validity dates are not enforced"
        }
    }
}
