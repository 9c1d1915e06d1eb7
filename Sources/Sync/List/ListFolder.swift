import Exchange
import Lane
import Storage

/// Where the agreement list lies: the one in force, the one before, and one that was fetched and is not verified yet.
package struct ListFolder: Hashable, Sendable {
    /// No list is held back longer than this: its issuer's clock was wrong.
    package static let longestWait = Interval.days(366)

    package let folder: String
    /// The list's name at central.
    package let name: String
    /// What is trusted to sign it.
    package let keys: [PublicKey]

    package init(folder: String, name: String, keys: [PublicKey]) {
        self.folder = folder
        self.name = name
        self.keys = keys
    }

    package var inForce: String { "\(folder)/\(name).list" }
    package var previous: String { inForce + ".previous" }
    package var fetched: String { inForce + ".fetched" }

    /// The list in force; the one before it where that one cannot be used.
    ///
    /// - Returns: the list, or nil when there is none, and what is wrong, in one line. A file that is not there says nothing.
    package func open() -> (list: AgreementList?, problem: String?) {
        var problem: String?
        for (path, name) in [(inForce, "the list on this disk"), (previous, "the one before it")] {
            do {
                guard try SourceFile(path) != nil else { continue }
                let list = try verified(path)
                return (list, problem.map { "\($0): the one before it is in force" })
            } catch {
                problem = (problem.map { $0 + "; " } ?? "") + "\(name) cannot be used (\(path): \(error))"
            }
        }
        return (nil, problem)
    }

    /// The fetched list, if it is what it should be. `activeIn` is for the updater; without a good clock a list is used at once.
    package func verify(at utc: UTC?) -> (list: AgreementList?, event: ListUpdater.Event) {
        do {
            let list = try verified(fetched)
            let wait = utc.map { now in
                let start = min(list.activeFrom.milliseconds, now.milliseconds + Self.longestWait.milliseconds)
                return Interval.milliseconds(max(start - now.milliseconds, 0))
            }
            return (list, .verified(list.version, activeIn: wait))
        } catch {
            return (nil, .refused("\(error)"))
        }
    }

    /// Puts the fetched list in force on the disk; the one before is kept. A power cut leaves one or the other. A damaged one is
    /// not kept: it would take the place of the good one that is in force instead.
    package func adopt() throws(FileError) {
        if isUsable(inForce) { try keepCopy(of: inForce, as: previous) }
        try move(fetched, to: inForce)
    }

    private func isUsable(_ path: String) -> Bool {
        do { _ = try verified(path) } catch { return false }
        return true
    }

    private func verified(_ path: String) throws -> AgreementList {
        let list = try AgreementList.open(path: path, trusting: keys)
        guard list.name == name else { throw WrongList(name: list.name, wanted: name) }
        return list
    }

    private struct WrongList: Error, CustomStringConvertible {
        let name: String
        let wanted: String
        var description: String { "it is the list \(name), not \(wanted)" }
    }
}
