import Exchange
import Lane
import Storage

/// The journal on disk: the one writer of `journal.sqlite`. It carries out what the ledger decided and decides nothing.
///
/// The chain: a record's digest is BLAKE2b-256 over the digest of the record before it, as 64 hexadecimal characters (64 zeros
/// before the first), then the record's body. By hand, for the record after one with digest `$prev`:
///
///     (printf %s "$prev"; printf %s "$body") | b2sum -l 256
package struct Journal: ~Copyable {
    /// The file's name in the state folder.
    package static let name = "journal.sqlite"

    /// How far the chain of sealed records goes.
    struct Chain: Hashable {
        var sealedUpTo = Sequence(0)
        var digest = Digest.zero
    }

    let database: Database
    let statements: JournalStatements
    let encoder: RecordEncoder
    var chain: Chain
    /// The highest number of a read that the file knows to be used.
    private var lastRead: ReadID
    /// What was found when the file was opened.
    package internal(set) var opened: JournalState

    init(database: consuming Database, context: RecordContext) throws {
        var opened = try JournalState(readFrom: database)
        opened.lastMoment = try JournalState.LastMoment(readFrom: database, boot: context.boot)
        // A file of an earlier format, which only readers meet, has no such table.
        let last = ReadID(
            stored: try database.integer("SELECT read FROM number WHERE \(CheckedTable.number.isWhole)"))
        opened.nextRead = max(opened.nextRead, last.next)
        let chain = try Chain(readFrom: database, of: opened.journal)
        let statements = try JournalStatements(on: database)
        opened.sealedUpTo = chain.sealedUpTo
        var context = context
        context.journal = opened.journal
        self.opened = opened
        self.chain = chain
        lastRead = ReadID(opened.nextRead.number - 1)
        self.statements = statements
        self.database = database
        encoder = RecordEncoder(context: context)
    }

    /// Goes on with a journal in a new connection: nothing of it is read or recovered.
    package init(resuming rest: JournalRest, on disk: any Disk) throws {
        let database = try Database(path: rest.path, access: .readWrite, files: disk.databases)
        try JournalSchema.configure(database)
        let statements = try JournalStatements(on: database)
        chain = rest.chain
        opened = rest.opened
        lastRead = ReadID(opened.nextRead.number - 1)
        encoder = RecordEncoder(context: rest.context)
        self.statements = statements
        self.database = database
    }

    /// What is left of it when its connection is closed.
    package var rest: JournalRest {
        JournalRest(path: database.path, context: encoder.context, chain: chain, opened: opened)
    }

    /// What every record of this journal has in common; with it the journal's id.
    package var context: RecordContext { encoder.context }

    /// Writes all of it durably, or throws with nothing of it written.
    package mutating func commit(_ writes: [JournalWrite]) throws(JournalFailure) -> CommitResult {
        do {
            // The chain grows in a copy: a transaction that is rolled back has sealed nothing.
            var chain = self.chain
            var result = CommitResult()
            let transaction = try Transaction(on: database)
            for write in writes { try carryOut(write, &chain, &result) }
            let lastRead = try keepNumbers(of: writes)
            try transaction.commit()
            self.chain = chain
            self.lastRead = lastRead
            result.logPages = database.logPages
            return result
        } catch {
            throw JournalFailure(error)
        }
    }

    /// Only damage was heard of some reads: they are in records alone, and have no row that would tell their number to the next start.
    private func keepNumbers(of writes: [JournalWrite]) throws(DatabaseError) -> ReadID {
        let ofRows = writes.compactMap(\.rowOfRead).max().map { max($0, lastRead) } ?? lastRead
        guard let last = writes.compactMap(\.lastReadOfRecord).max(), last > ofRows else { return ofRows }
        try statements.number.bind(1, last.stored)
        try statements.number.run()
        return last
    }

    /// Closing will copy nothing of the log.
    package func keepLog() { database.keepLog() }

    /// Copies the log into the file, as far as no reader is in the way.
    package func checkpoint() throws(JournalFailure) {
        do { try database.checkpoint() } catch { throw JournalFailure(error) }
    }
}

extension JournalFailure {
    init(_ error: DatabaseError) {
        self.init(
            error.description, isDamage: error.cause == .damaged, isFromSync: error.isFromSync,
            isFull: error.cause == .full)
    }

    /// Opening has several things that can go wrong.
    init(because error: any Error) {
        switch error {
        case let error as JournalFailure: self = error
        case let error as DatabaseError where error.isAboutSchema: self.init(error.description, isDamage: true)
        case let error as DatabaseError: self.init(error)
        case let error as FileError: self.init(error.description, isFull: error.isForWantOfRoom)
        default: self.init("\(error)")
        }
    }
}
