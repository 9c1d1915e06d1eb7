import Camera
import Exchange
import Glibc
import Lane
import Storage
import Sync

/// What is done on the station's disk: journal and photos. One action after the other, each with one event or
/// none. The disk worker runs it on its thread, the simulator in virtual time.
package struct StationDisk: ~Copyable {
    private let folder: StateFolder
    private let context: RecordContext
    private let newJournal: () -> JournalID
    private var journal: LastingJournal?
    private var journalID: JournalID?
    private var salvage: SalvageFolder
    /// Whether a journal has been opened, or tried: photos of this run may lie in the store from then on.
    private var hasOpened = false

    /// - Parameter newJournal: the id of a journal that is made: by chance on the road, from the seed in the simulator.
    package init(
        _ context: RecordContext, _ folder: StateFolder,
        newJournal: @escaping () -> JournalID = { .random() }
    ) {
        self.folder = folder
        self.context = context
        self.newJournal = newJournal
        salvage = SalvageFolder(folder.path, context, on: folder.disk)
    }

    /// Carries out what concerns the disk.
    ///
    /// - Parameter stamp: the present moment; only an opening looks at it.
    package mutating func carryOut(_ job: Action, at stamp: @autoclosure () -> Stamp) -> Event? {
        switch job {
        case .ledger(.open(let settingAside)): return .ledger(open(settingAside: settingAside, at: stamp()))
        case .ledger(.commit(let number, let writes)): return .ledger(commit(number, writes))
        case .ledger(.checkpoint):
            // The log is copied again after the next commits: a failure here loses nothing and shows with the next commit.
            do throws(JournalFailure) { try journal?.checkpoint() } catch { return nil }
            return nil
        case .salvage(let job):
            let answer = salvage.carryOut(job, at: stamp()) { [folder] journal, sequences in
                // Photos that cannot be looked for are missing in what is recovered.
                do { return try folder.photoStore().photos(of: journal, sequences) } catch { return [:] }
            }
            if case .photoSent(let old, let name) = job, answer == .photoSettled {
                discard(PhotoFileName(old.journal, name))
            }
            return .salvage(answer)
        case .ledger(.deletePhotos(let names)):
            delete(names)
            return nil
        case .photos(.discard(let file)):
            discard(file.name)
            return nil
        case .photos(.rename(let file, let name)):
            // A photo that keeps its old name is found by no record: the next start's sweep takes it.
            do { try folder.photoStore().rename(file.name, to: name) } catch { return nil }
            return nil
        case .room(let job): return .room(carryOut(job))
        case .lookAtPhotos:
            do { return .photos(.store(try folder.photoStore().look())) } catch { return .photos(.store(.failed)) }
        default: preconditionFailure("the disk is given what concerns the disk")
        }
    }

    private mutating func open(settingAside: Bool, at stamp: Stamp) -> LedgerEvent {
        journal = nil
        let isFirst = !hasOpened
        hasOpened = true
        var isSearched = true
        do throws(JournalFailure) {
            try claimFolder()
            let opened = try Journal.open(
                folder: folder.path, context: context, stamp: stamp, settingAside: settingAside, after: journalID,
                on: folder.disk, newID: newJournal
            ) { [folder] journal, sequences in
                do {
                    return try folder.photoStore().photos(of: journal, sequences)
                } catch {
                    isSearched = false
                    return [:]
                }
            }
            var state = opened.opened
            state.hasSalvage = SalvageFolder.hasWork(in: folder.path, on: folder.disk)
            journal = LastingJournal(opened, on: folder.disk)
            journalID = state.journal
            // Photos that could not be looked for may belong to a passage: they stay where they are.
            if isFirst, isSearched { sweepPhotos(of: state.journal) }
            return .opened(state)
        } catch {
            return .openFailed(error)
        }
    }

    private func carryOut(_ job: RoomWatch.Action) -> RoomWatch.Event {
        do throws(FileError) {
            switch job {
            case .look:
                guard let room = folder.disk.room(of: folder.path) else { return .notLooked }
                return .looked(room, hasReserve: folder.reserve.isThere)
            case .makeReserve:
                try folder.reserve.make()
                return .made
            case .releaseReserve:
                try folder.reserve.release()
                return .released
            case .condition, .wake: preconditionFailure("the machine does this itself")
            }
        } catch {
            return job == .makeReserve ? .notMade(reason: "\(error)") : .notReleased(reason: "\(error)")
        }
    }

    private func claimFolder() throws(JournalFailure) {
        do throws(FileError) {
            try folder.claim()
        } catch {
            throw JournalFailure(error.number == EWOULDBLOCK ? "another station runs in \(folder.path)" : "\(error)")
        }
    }

    /// Deletes the photos of earlier runs that no record knows: left by a crash between the camera and the journal.
    private func sweepPhotos(of journal: JournalID) {
        do {
            let reader = try JournalReader(folder: folder.path, on: folder.disk)
            _ = try folder.photoStore().sweep(journal: journal) { sequence, camera, number in
                try reader.keeps(PhotoName(sequence: sequence, camera: camera, number: number))
            }
        } catch {
            // Nothing is deleted that could not be looked up; the next start sweeps again.
            return
        }
    }

    private func delete(_ names: [PhotoName]) {
        guard let id = journalID else { return }
        for name in names { discard(PhotoFileName(id, name)) }
    }

    /// A photo that cannot be deleted now is deleted by the next start's sweep.
    private func discard(_ name: PhotoFileName) {
        do { try folder.photoStore().delete(name) } catch { return }
    }

    private mutating func commit(_ number: Int, _ writes: [JournalWrite]) -> LedgerEvent {
        do throws(JournalFailure) {
            guard let result = try journal?.commit(writes) else { throw JournalFailure("the journal is not open") }
            return .committed(number, result)
        } catch {
            return .failed(number, error)
        }
    }
}
