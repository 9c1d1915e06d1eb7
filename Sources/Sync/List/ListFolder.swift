import Exchange
import Lane
import Storage

/// Where agreement lists lie in the state folder, and in which steps one takes the place of another.
///
///     NAME.list                  in force
///     NAME.list.previous         the one before it
///     NAME.list.next             verified; it waits until it is to be used, or for its adoption
///     NAME.list.download         what is fetched, as far as it is here
///     NAME.list.download.etag    which file that is
///     NAME.list.floor            the version that a person went back from: only higher ones are taken
///     NAME.list.damaged          the last one that was in force and found damaged
///
/// Every beginning of every order of steps leaves a whole list of the old or the new version under the name `NAME.list`, or where
/// that one is the damaged one, under `NAME.list.previous`.
package struct ListFolder: Hashable, Sendable {
    /// No list is held back longer than this: its issuer's clock was wrong.
    package static let longestWait = Interval.seconds(Int64(ListOffer.mostActiveIn))
    /// A floor is two numbers of ten digits.
    private static let mostFloorBytes = 32

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
    package var next: String { inForce + ".next" }
    /// What is fetched, and which file that is.
    package var download: ListDownload { ListDownload(folder: folder, name: name) }
    package var floor: String { inForce + ".floor" }
    package var damaged: String { inForce + ".damaged" }
    /// A list that is being made of a change, of parts, or of a file that a person named.
    package var building: String { inForce + ".building" }
    /// A download that was compressed.
    package var inflated: String { inForce + ".inflated" }

    /// The list in this file, if it has our name.
    package func open(_ path: String, checking: AgreementList.Checking) throws -> AgreementList {
        let list = try AgreementList.open(path: path, trusting: keys, checking: checking)
        guard list.name == name else { throw WrongList(name: list.name, wanted: name) }
        return list
    }

    /// The list in force; the one before it where that one cannot be used.
    ///
    /// - Returns: the list, or nil when there is none; its file; and what is wrong, in one line. A file that is not there says nothing.
    package func open(checking: AgreementList.Checking = .everything) -> (
        list: AgreementList?, path: String, problem: String?
    ) {
        var problem: String?
        for (path, name) in [(inForce, "the list on this disk"), (previous, "the one before it")] {
            do {
                guard try size(ofFile: path) != nil else { continue }
                let list = try open(path, checking: checking)
                return (list, path, problem.map { "\($0): the one before it is in force" })
            } catch {
                problem = (problem.map { $0 + "; " } ?? "") + "\(name) cannot be used (\(path): \(error))"
            }
        }
        return (nil, inForce, problem)
    }

    /// The version that a person went back from, nil: none; and what is wrong with the file that says it, in one line.
    ///
    /// One that cannot be read bars nothing, so that no station is without a list for it. What is left is the rule of all lists:
    /// above the one in force, and not below `highestShown`.
    package func floorVersion() -> (version: ListVersion?, problem: String?) {
        var flaw = "it is no version"
        do {
            guard let file = try SourceFile(floor) else { return (nil, nil) }
            let text = String(decoding: try file.read(most: Self.mostFloorBytes), as: UTF8.self)
            if let version = ListVersion(text.hasSuffix("\n") ? text.dropLast() : text[...]) { return (version, nil) }
        } catch {
            flaw = "\(error)"
        }
        let remedy = "write its version there, or delete the file"
        return (
            nil, "\(floor) cannot be used (\(flaw)): the list that was gone back from may be taken again; \(remedy)"
        )
    }

    /// The highest version that was in force here, as far as a header with a good signature shows it, and the file that has it. Whatever
    /// became of the rest of that file: what is older does not take its place.
    package func highestShown() -> (version: ListVersion, path: String)? {
        [inForce, damaged].compactMap { path -> (version: ListVersion, path: String)? in
            do {
                guard try size(ofFile: path) != nil else { return nil }
                let header = try AgreementListHeader.open(path: path, trusting: keys)
                return header.name == name ? (header.version, path) : nil
            } catch {
                return nil
            }
        }
        .max { $0.version < $1.version }
    }

    // MARK: Steps

    /// What was built is what waits.
    package func keepingBuilt(_ built: String) -> [FileStep] {
        [.syncFile(built), .rename(built, to: next), .syncFolder(folder)]
    }

    /// What waits takes its place. A list in force that is damaged is never kept as the one before: it would take the place of the
    /// good one there.
    package func adoption(keepingInForce: Bool) -> [FileStep] {
        let kept = keepingInForce ? previous : damaged
        return keepingName(kept) + [.rename(next, to: inForce), .syncFolder(folder)]
    }

    /// The list in force under its second name as well, when there is none in force nothing.
    private func keepingName(_ name: String) -> [FileStep] {
        let beside = name + DurableFile.unfinished
        guard isThere(inForce) else { return [] }
        return [.delete(beside), .link(inForce, to: beside), .rename(beside, to: name)]
    }

    /// The list before takes its place again, and what is left is not taken a second time. The floor first: a cut in between leaves
    /// one that bars nothing yet.
    package func goingBack(from version: ListVersion) -> [FileStep] {
        [
            .write(floor, Array("\(version.text)\n".utf8)), .syncFolder(folder), .rename(previous, to: inForce),
            .syncFolder(folder),
        ]
    }

    /// The list in force is damaged: the one before takes its place, where there is a good one.
    package func replacingDamaged(byPrevious: Bool) -> [FileStep] {
        guard byPrevious else { return isThere(inForce) ? [.rename(inForce, to: damaged), .syncFolder(folder)] : [] }
        return keepingName(damaged) + [.rename(previous, to: inForce), .syncFolder(folder)]
    }

    /// What is left of something that was being made goes.
    package var clearing: [FileStep] {
        [inflated, building].flatMap { [.delete($0), .delete($0 + DurableFile.unfinished)] }
    }

    package func carryOut(_ steps: [FileStep]) throws(FileError) {
        for step in steps { try step.carryOut() }
    }

    private func isThere(_ path: String) -> Bool {
        do { return try size(ofFile: path) != nil } catch { return false }
    }

    private struct WrongList: Error, CustomStringConvertible {
        let name: String
        let wanted: String
        var description: String { "it is the list \(name), not \(wanted)" }
    }
}
