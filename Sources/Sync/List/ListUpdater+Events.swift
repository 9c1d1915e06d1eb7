import Exchange
import Lane

extension ListUpdater {
    package enum Event: Hashable, Sendable {
        /// The program runs, with what lies on its disk.
        case start(ListStock)

        // What came of a question to central.
        case offered(ListOffer)
        /// It has nothing above what we named.
        case newest
        /// It has no such list, or offers what cannot be.
        case noOffer(String)
        /// No answer, to a question or for a piece, or word to come later.
        case later(String, notBefore: Interval?)
        /// The download has so many bytes now, from its start.
        case piece(upTo: Int)
        /// The file that was offered is another one now, or gone.
        case changed(String)

        // What came of a job of the lists worker.
        /// There is room for what was offered; so much of it lies here already.
        case room(have: Int)
        case noRoom(String)
        /// A whole, verified list lies beside the one in force. It is to be used in so long; nil: nobody here knows the time.
        case built(ListStock.Next)
        case notBuilt(ListBuildFailure)
        /// It is in its place on the disk, and in force.
        case adopted(ListVersion)
        /// - isUsable: false when the file is damaged: it is gone.
        case notAdopted(String, isUsable: Bool)
        /// All of the list in force is as it was signed.
        case verified
        /// It is not; this one, which was before it, is in force now.
        case damaged(String, inForce: ListVersion?)
        /// A lookup came to a part of the list in force that cannot be read.
        case unreadable
        /// The list before is in force again; the one that was left is the floor.
        case wentBack(to: ListVersion, from: ListVersion)
        case notGone(String)

        /// Somebody gave an order; it is answered by the question's number.
        case ordered(ListOrder, UInt64)
        case wake

        var isFromCentral: Bool {
            switch self {
            case .offered, .newest, .noOffer, .later, .piece, .changed: true
            case .start, .room, .noRoom, .built, .notBuilt, .adopted, .notAdopted, .verified, .damaged, .unreadable,
                .wentBack, .notGone, .ordered, .wake:
                false
            }
        }
    }

    package enum Action: Hashable, Sendable {
        // For the network worker.
        /// Ask central what it has after this version; nil: for a whole list.
        case ask(after: ListVersion?)
        /// Fetch the next piece of what was offered, from that byte on, to the end of the download.
        case fetch(ListOffer, from: Int, most: Int)

        // For the lists worker.
        /// See what of it lies here, and whether there is room for the rest.
        case look(ListOffer, afresh: Bool)
        /// Make a whole, verified list of it beside the one in force; higher than that version.
        case build(ListSource, above: ListVersion?)
        /// Put what was built in its place durably, and swap it in between two decisions.
        case adopt(ListVersion)
        /// Read all of the list in force.
        case verify
        /// Put the list before in its place again.
        case goBack

        case answer(UInt64, ListReply)
        case condition(ListCondition)
        case wake(Instant?)

        /// Whether central is asked by it.
        package var isForCentral: Bool {
            switch self {
            case .ask, .fetch: true
            case .look, .build, .adopt, .verify, .goBack, .answer, .condition, .wake: false
            }
        }
    }
}

/// What lies in the state folder at a start.
package struct ListStock: Hashable, Sendable {
    /// A list that was verified, and how long it has to wait; nil: nothing, or nobody knows the time.
    package struct Next: Hashable, Sendable {
        package let version: ListVersion
        package let activeIn: Interval?

        package init(_ version: ListVersion, activeIn: Interval?) {
            self.version = version
            self.activeIn = activeIn
        }
    }

    /// The list by which is decided from now on.
    package var inForce: ListVersion?
    /// The list before it, to which a person can go back.
    package var previous: ListVersion?
    package var next: Next?
    package var floor: ListVersion?

    package init(inForce: ListVersion?, next: Next? = nil, floor: ListVersion? = nil) {
        self.inForce = inForce
        self.next = next
        self.floor = floor
    }
}

/// What a list is made of.
package enum ListSource: Hashable, Sendable {
    /// The download, which has all its bytes.
    case download(ListOffer)
    /// Files that a person named.
    case files([String])
}

/// Why no list came of it; each reason is one line.
package enum ListBuildFailure: Error, Hashable, Sendable {
    /// It is not what it should be: damaged, signed by another, older, or another list. A download of that kind is gone.
    case refused(String)
    /// A change that does not fit the list here: a whole one will.
    case otherBase(String)
    /// It would be used later than the one that waits already.
    case tooEarly(ListVersion)
    /// It has no room, in memory or on the disk.
    case tooLarge(String)
    /// The disk failed.
    case failed(String)

    /// The reason in one line.
    package var reason: String {
        switch self {
        case .refused(let reason), .otherBase(let reason), .tooLarge(let reason), .failed(let reason): reason
        case .tooEarly(let version):
            "list \(version.text) would be used later than the one that waits; adopt it when that one is in force"
        }
    }
}

/// How keeping the list up to date goes, for `status` and the alarms.
package enum ListCondition: Hashable, Sendable {
    case current
    /// Central gives again what it was asked for: it is no longer unreachable. What it is worth is not known yet.
    case coming
    case unreachable(String)
    /// What central gave was older, not signed by a trusted key, damaged, or could not be kept.
    case refused(String)
    /// There is no room for what central has, in memory or on the disk: it was not fetched.
    case tooLarge(String)
}

/// What is under way, for `status`.
package enum ListProgress: Hashable, Sendable {
    /// So many bytes of so many are here.
    case fetching(ListVersion, have: Int, of: Int)
    /// All bytes are here: inflated, applied, verified.
    case building
    /// Verified; to be used at that moment.
    case waiting(ListVersion, until: Instant)
}
