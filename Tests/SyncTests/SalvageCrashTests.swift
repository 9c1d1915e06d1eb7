import Exchange
import Glibc
import Lane
import SimDisk
import Storage
import Testing

@testable import Sync

/// Salvage on a disk that fails: the station's own journal never minds, and later it comes to the same end.
@Suite struct SalvageCrashTests {
    private static let folder = "/state"
    private static let aside = "/state/journal.sqlite.set-aside-1"

    /// A journal of 40 records, of which central had ten and one is damaged, lies beside the new one. A passage is open in it, and a read
    /// is in no record.
    private func disk(_ seed: UInt64) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: seed)
        try makeFolder(Self.folder, on: disk)
        do {
            var journal = try open(disk, journalA)
            _ = try journal.commit((1...40 as ClosedRange<UInt64>).map { .seal(write($0, event, stamp(1))) })
            let open = write(41, .passage(passage(41, at: 2), photos: []), stamp(2), complete: false)
            _ = try journal.commit([
                .keep(open), .read(row(7, at: 3)), .acknowledged(upTo: Sequence(10), rejected: [], at: stamp(3).utc),
            ])
            try journal.database.execute("UPDATE record SET body = zeroblob(9) WHERE sequence = 20")
            try journal.checkpoint()
        }
        _ = try setAside("\(Self.folder)/\(Journal.name)", companions: ["-wal", "-shm"], on: disk)
        _ = try open(disk, JournalID(high: 7, low: 7))
        return disk
    }

    private func open(_ disk: SimulatedDisk, _ id: JournalID) throws(JournalFailure) -> Journal {
        try Journal.open(folder: Self.folder, context: context, stamp: stamp(100), on: disk, newID: { id })
    }

    private func run(_ salvage: inout SalvageFolder) -> SalvageAnswer {
        for _ in 0..<100 {
            let answer = salvage.carryOut(.goOn, at: stamp(500)) { _, _ in [:] }
            if answer != .working { return answer }
        }
        return .working
    }

    /// What was salvaged, and every line of it.
    private func ending(of salvage: inout SalvageFolder, _ disk: SimulatedDisk) throws -> ([RecordLine], SalvageAnswer)
    {
        let answer = run(&salvage)
        guard case .salvaged(let journal) = answer else { return ([], answer) }
        let reader = try JournalReader(file: journal.file, on: disk)
        return (try reader.records(from: Sequence(1)).map(\.line), answer)
    }

    @Test(arguments: [.powerCut, .error(EIO), .error(ENOSPC), .short] as [DiskFault])
    func `whatever call of a salvage fails, the next try comes to the same end, and nothing is changed`(
        fault: DiskFault
    ) throws {
        let whole = try disk(1)
        let before = whole.calls
        var first = SalvageFolder(Self.folder, context, on: whole)
        let told = try ending(of: &first, whole)
        guard case .salvaged(let journal) = told.1 else { throw JournalFailure("\(told.1)") }
        #expect(journal.records == 31 && journal.lost.map(\.count) == [1] && journal.sealedUpTo == Sequence(42))
        let calls = whole.calls - before
        #expect(calls > 50)
        for call in stride(from: 1, through: calls, by: fault == .powerCut ? 1 : 7) {
            let disk = try disk(UInt64(call))
            let bytes = disk.bytes(of: Self.aside)
            let style = PowerCut.Style.allCases[call % PowerCut.Style.allCases.count]
            let words: Comment = "call \(call), \(fault), \(style)"
            var salvage = SalvageFolder(Self.folder, context, on: disk)
            disk.plan(.failing(call: call, with: fault))
            _ = run(&salvage)
            disk.plan(FaultPlan())
            if fault == .powerCut {
                disk.restart(PowerCut(seed: UInt64(call), style))
                salvage = SalvageFolder(Self.folder, context, on: disk)
            }
            #expect(try open(disk, journalA).opened.journal == JournalID(high: 7, low: 7), words)
            let found = try ending(of: &salvage, disk)
            #expect(found.0 == told.0 && found.1 == told.1, words)
            #expect(disk.bytes(of: Self.aside) == bytes, words)
        }
    }
}
