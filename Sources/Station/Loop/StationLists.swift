import Exchange
import Lane
import Storage
import Sync

/// What is done with agreement lists on the station's disk and in its memory. The lists worker runs it on its thread, the simulator
/// in virtual time.
///
/// It keeps every list that the decision thread may look something up in, until that one says that it does not: so the last to let
/// go of a list, and to give its memory back to the system, is always this worker.
package struct StationLists: ~Copyable {
    /// Stays free on the disk beside a new list: what the journal of a busy station writes in some days.
    package static let reserve = 64 << 20

    let folder: ListFolder
    /// The largest list, in bytes; also what lists may have locked together.
    let mostBytes: Int
    /// Makes sure that the folder is ours before anything is changed in it.
    let claim: () throws -> Void
    /// By which is decided.
    var inForce: AgreementList?
    /// Whether it lies under its name. One that was taken instead of a damaged one may not.
    var isInPlace = true
    /// Whether all of the list in force was read and found good.
    var isVerified = false
    private var isLocked = false
    /// Verified when it was built; it waits until it is to be used.
    var next: AgreementList?
    var nextIsVerified = false
    private var nextIsLocked = false
    /// Swapped out, and not let go of yet.
    private var old: [AgreementList] = []

    /// - Parameter mostBytes: `listMemory`, in bytes.
    package init(_ folder: ListFolder, mostBytes: Int, claim: @escaping () throws -> Void) {
        self.folder = folder
        self.mostBytes = mostBytes
        self.claim = claim
    }

    /// Carries out what concerns lists.
    ///
    /// - Parameter stamp: the present moment.
    package mutating func carryOut(_ job: Action, at stamp: @autoclosure () -> Stamp) -> [ListEvent] {
        switch job {
        case .loadList: return [load(at: stamp())]
        case .listUpdater(.look(let offer, let afresh)): return [.updater(look(offer, afresh: afresh))]
        case .listUpdater(.build(let source, let above)): return [.updater(build(source, above: above, at: stamp()))]
        case .listUpdater(.adopt(let version)): return adopt(version)
        case .listUpdater(.verify): return verify()
        case .listUpdater(.goBack): return goBack()
        case .releaseList(let version):
            old.removeAll { $0.version == version }
            return held()
        default: preconditionFailure("the lists worker is given what concerns lists")
        }
    }

    // MARK: At a start

    /// The list in force, or the one before it where that one cannot be used. Only its header is read: it can be used at once.
    private mutating func load(at stamp: Stamp) -> ListEvent {
        let (list, path, problem) = folder.open(checking: .header)
        inForce = list
        isInPlace = path == folder.inForce
        let (floor, flaw) = folder.floorVersion()
        let problems = [problem, flaw].compactMap(\.self)
        var stock = ListStock(inForce: list?.version, floor: floor)
        next = waiting(above: [stock.inForce, stock.floor].compactMap(\.self).max())
        stock.previous = versionBefore()
        stock.next = next.map { ListStock.Next($0.version, activeIn: Self.wait(of: $0, at: stamp)) }
        return .loaded(list, stock, problem: problems.isEmpty ? nil : problems.joined(separator: "; "))
    }

    /// What waited when the program ended. One that is damaged, or was overtaken, is no more than a file that the next one replaces.
    private func waiting(above: ListVersion?) -> AgreementList? {
        do {
            guard try size(ofFile: folder.next) != nil else { return nil }
            let list = try folder.open(folder.next, checking: .header)
            return above.map { list.version > $0 } ?? true ? list : nil
        } catch {
            return nil
        }
    }

    private func versionBefore() -> ListVersion? {
        do {
            guard isInPlace, try size(ofFile: folder.previous) != nil else { return nil }
            return try folder.open(folder.previous, checking: .header).version
        } catch {
            return nil
        }
    }

    /// How long a list has to wait; nil: without a good clock nobody here knows. Then it waits as long as central has said, and is used at
    /// once where a person adopts it, or after a restart.
    static func wait(of list: AgreementList, at stamp: Stamp) -> Interval? {
        guard stamp.clock == .good else { return nil }
        let latest = stamp.utc.milliseconds + ListFolder.longestWait.milliseconds
        return .milliseconds(max(min(list.activeFrom.milliseconds, latest) - stamp.utc.milliseconds, 0))
    }

    // MARK: Verification

    /// Reads all of the list in force. One that is damaged gives way to the one before it, if that is good.
    private mutating func verify() -> [ListEvent] {
        guard let list = inForce else { return [.updater(.verified)] }
        do {
            try list.verify()
            if !isInPlace { mend(byPrevious: true) }
            isVerified = true
            return [.updater(.verified)] + held()
        } catch {
            let reason = "list \(list.version.text) on this disk is damaged (\(error))"
            let before = isInPlace ? goodPrevious() : nil
            mend(byPrevious: before != nil)
            swap(in: before, isLocked: false)
            let now = before.map { "list \($0.version.text), which was before it, is in force" } ?? "there is no other"
            return [.swapped(before, .damaged("\(reason); \(now)", inForce: before?.version))] + held()
        }
    }

    private func goodPrevious() -> AgreementList? {
        do {
            guard try size(ofFile: folder.previous) != nil else { return nil }
            return try folder.open(folder.previous, checking: .everything)
        } catch {
            return nil
        }
    }

    /// The files follow what is in force. Where the disk takes no changes they stay as they are, and the next start finds the same.
    private mutating func mend(byPrevious: Bool) {
        do {
            try claim()
            try folder.carryOut(folder.replacingDamaged(byPrevious: byPrevious))
            isInPlace = true
        } catch {
            isInPlace = false
        }
    }

    // MARK: Swapping

    /// Puts what waits in its place, on the disk and for the decision thread.
    private mutating func adopt(_ version: ListVersion) -> [ListEvent] {
        guard let list = next, list.version == version else {
            return [.updater(.notAdopted("list \(version.text) is not here any more", isUsable: false))]
        }
        do {
            if !nextIsVerified || list.isUnreadable { try list.verify() }
        } catch {
            next = nil
            return [.updater(.notAdopted("list \(version.text) that waited is damaged (\(error))", isUsable: false))]
        }
        nextIsVerified = true
        do {
            try claim()
            try folder.carryOut(folder.adoption(keepingInForce: isInPlace && inForceIsGood()))
        } catch {
            return [.updater(.notAdopted("\(error)", isUsable: true))]
        }
        next = nil
        isInPlace = true
        swap(in: list, isLocked: nextIsLocked)
        return [.swapped(list, .adopted(version))] + held()
    }

    private func inForceIsGood() -> Bool {
        guard !isVerified || inForce?.isUnreadable == true else { return true }
        do { try inForce?.verify() } catch { return false }
        return true
    }

    /// Puts the list before in its place again.
    private mutating func goBack() -> [ListEvent] {
        guard let left = inForce else { return [.updater(.notGone("there is no list in force"))] }
        do {
            guard isInPlace, try size(ofFile: folder.previous) != nil else {
                return [.updater(.notGone("there is no list before \(left.version.text) on this disk"))]
            }
            let list = try folder.open(folder.previous, checking: .everything)
            guard list.version < left.version else {
                let reason = "the list before is \(list.version.text), which is not lower than \(left.version.text)"
                return [.updater(.notGone(reason))]
            }
            try claim()
            try folder.carryOut(folder.goingBack(from: left.version))
            swap(in: list, isLocked: false)
            return [.swapped(list, .wentBack(to: list.version, from: left.version))] + held()
        } catch {
            return [.updater(.notGone("the list before cannot be used (\(folder.previous): \(error))"))]
        }
    }

    private mutating func swap(in list: AgreementList?, isLocked: Bool) {
        if let inForce { old.append(inForce) }
        inForce = list
        isVerified = list != nil
        self.isLocked = isLocked
    }

    // MARK: Memory

    /// Locks the list in force where that fits, and says so, or why not.
    private mutating func held() -> [ListEvent] {
        guard let list = inForce else { return [] }
        guard !isLocked else { return [.held(list.version, .locked)] }
        guard old.isEmpty else { return [.held(list.version, .notLocked("the list before it is still in memory"))] }
        list.warm()
        isLocked = list.lock()
        return [.held(list.version, isLocked ? .locked : .notLocked(Self.refusal(of: list)))]
    }

    private static func refusal(of list: AgreementList) -> String {
        "the system does not lock \(list.bytes) bytes; set LimitMEMLOCK=infinity for the station's service"
    }

    /// How many lists are kept.
    var kept: Int { old.count + (inForce == nil ? 0 : 1) + (next == nil ? 0 : 1) }

    /// Before it is swapped in, where both have room: the first lookups are as fast as the last ones of the list before.
    mutating func prepare(_ list: AgreementList) {
        next = list
        nextIsVerified = true
        list.warm()
        nextIsLocked = (inForce?.bytes ?? 0) + list.bytes <= mostBytes && list.lock()
    }
}

/// Whether the list in force stays in memory whatever else needs some.
package enum ListLock: Hashable, Sendable {
    case locked
    /// Why not, in one line.
    case notLocked(String)
}
