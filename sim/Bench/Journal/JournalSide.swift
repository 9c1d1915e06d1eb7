import Devices
import Exchange
import Lane
import Sync

/// Passages through the ledger into the journal, 64 at a time: while one commit is under way, 64 more vehicles come.
struct JournalSide: ~Copyable {
    /// How far the vehicles are when a commit takes them.
    enum Course: CaseIterable {
        /// Each passage is written when it is decided, and sealed with the next group: as on the road.
        case decidedThenSealed
        /// Passages that have closed while they waited are sealed at once: catching up after a slow disk.
        case sealedAtOnce
    }

    private let course: Course
    private var journal: Journal
    private var ledger = Ledger()
    private var mill = PassageMill()
    private var pending: (number: Int, writes: [JournalWrite])?
    /// Decided and not closed.
    private var open: [PassageMill.Vehicle] = []

    init(_ course: Course, folder: String) throws {
        self.course = course
        journal = try Journal.open(folder: folder, context: PassageMill.context, stamp: PassageMill().stamp)
        let now = mill.stamp.at
        take(ledger.handle(.start, at: now))
        take(ledger.handle(.opened(journal.opened), at: now))
        // The first vehicle is committed alone; those that come meanwhile are the first group.
        arrive(1)
    }

    /// Lets a group come, and commits what waited before it.
    ///
    /// - Returns: how long the commit took.
    mutating func commitGroup(of count: Int) throws -> Interval {
        arrive(count)
        guard let (number, writes) = pending else { throw BenchError("the ledger has nothing to commit") }
        let start = MonotonicClock.now()
        let result = try journal.commit(writes)
        let took = MonotonicClock.now() - start
        pending = nil
        take(ledger.handle(.committed(number, result), at: mill.stamp.at))
        return took
    }

    /// Copies the log into the file, as the ledger has it done in a quiet moment.
    func checkpoint() throws { try journal.checkpoint() }

    /// How many writes the next commit has.
    var writesWaiting: Int { pending?.writes.count ?? 0 }

    private mutating func arrive(_ count: Int) {
        let before = open
        open = []
        for _ in 0..<count {
            let vehicle = mill.next(read: ledger.nextReadID())
            take(ledger.handle(.read(vehicle.read), at: vehicle.stamp.at))
            take(ledger.handle(.passageDecided(vehicle.decided, vehicle.stamp), at: vehicle.stamp.at))
            open.append(vehicle)
        }
        switch course {
        case .decidedThenSealed: for vehicle in before { close(vehicle) }
        case .sealedAtOnce:
            for vehicle in open { close(vehicle) }
            open = []
        }
    }

    private mutating func close(_ vehicle: PassageMill.Vehicle) {
        take(ledger.handle(.passageClosed(vehicle.closed, photosAwaited: 0, vehicle.stamp), at: vehicle.stamp.at))
    }

    private mutating func take(_ actions: [LedgerAction]) {
        for case .commit(let number, let writes) in actions { pending = (number, writes) }
    }
}
