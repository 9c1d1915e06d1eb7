import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

/// Files of lists, and every moment at which changing them can be cut off.
@Suite struct `The list folder` {
    let folder: TemporaryFolder
    let key = SigningKey.generate()
    init() throws { folder = try TemporaryFolder() }

    private func lists(in path: String? = nil) -> ListFolder {
        ListFolder(folder: path ?? folder.path, name: "national", keys: [key.publicKey])
    }

    private func list(
        _ version: UInt32, name: String = "national", signedBy other: SigningKey? = nil
    ) throws -> [UInt8] {
        let header = AgreementListHeader(
            name: name, version: ListVersion(epoch: 1, version: version), issuedAt: stamp(0).utc, staleAfter: .days(7))
        return try AgreementListBuilder().build(header, signedBy: other ?? key).bytes
    }

    private func put(_ bytes: [UInt8], _ path: String) throws { try DurableFile.replace(path, with: bytes) }

    /// A folder of its own, as it is when these files lie in it.
    private func prepare(_ name: String, _ files: [(KeyPath<ListFolder, String>, [UInt8])]) throws -> ListFolder {
        try makeFolder(folder / name)
        let lists = lists(in: folder / name)
        for (path, bytes) in files { try put(bytes, lists[keyPath: path]) }
        return lists
    }

    /// Carries out every beginning of the steps, each in a folder of its own; whatever a start would then take is one of these versions,
    /// whole. After all steps it is the last of them. Then all steps are taken once more, as after a restart, and come to the same.
    private func cut(
        _ name: String, _ files: [(KeyPath<ListFolder, String>, [UInt8])], leaves versions: [UInt32?],
        _ steps: (ListFolder) -> [FileStep]
    ) throws {
        let count = steps(try prepare(name, files)).count
        #expect(count > 1)
        for cut in 0...count {
            let lists = try prepare("\(name)\(cut)", files)
            let all = steps(lists)
            #expect(all.count == count)
            try lists.carryOut(Array(all.prefix(cut)))
            let version = lists.open().list?.version.version
            #expect(versions.contains(version), "after \(cut) steps: \(String(describing: version))")
            if cut == count { #expect(version == versions.last) }
        }
    }

    @Test func `an adoption cut off at any step leaves the old list or the new one`() throws {
        let files: [(KeyPath<ListFolder, String>, [UInt8])] = [
            (\.inForce, try list(2)), (\.previous, try list(1)), (\.next, try list(3)),
        ]
        try cut("adopt", files, leaves: [2, 3]) { $0.adoption(keepingInForce: true) }
        let lists = try prepare("whole", files)
        try lists.carryOut(lists.adoption(keepingInForce: true))
        #expect(bytesOf(lists.previous) == (try list(2)))
        #expect(namesOf(lists.folder) == ["national.list", "national.list.previous"])
    }

    @Test func `so does the adoption of the first list, and one that is taken up again after a cut`() throws {
        try cut("first", [(\.next, try list(3))], leaves: [nil, 3]) {
            $0.adoption(keepingInForce: true) + [.syncFolder($0.folder)]
        }
        let files: [(KeyPath<ListFolder, String>, [UInt8])] = [(\.inForce, try list(2)), (\.next, try list(3))]
        // Linked and not renamed: what is left beside does not stand in the way of the next time.
        let lists = try prepare("again", files)
        try lists.carryOut(Array(lists.adoption(keepingInForce: true).prefix(2)))
        try lists.carryOut(lists.adoption(keepingInForce: true))
        #expect(lists.open().list?.version.version == 3)
        #expect(bytesOf(lists.previous) == (try list(2)))
        #expect(namesOf(lists.folder) == ["national.list", "national.list.previous"])
    }

    @Test func `a list that was built is what waits, and a cut leaves the one in force`() throws {
        let files: [(KeyPath<ListFolder, String>, [UInt8])] = [
            (\.inForce, try list(2)), (\.building, try list(3)), (\.next, try list(4)),
        ]
        try cut("built", files, leaves: [2]) { $0.keepingBuilt($0.building) }
        let lists = try prepare("whole", files)
        try lists.carryOut(lists.keepingBuilt(lists.building))
        #expect(bytesOf(lists.next) == (try list(3)))
    }

    @Test func `going back cut off at any step leaves the list that is left or the one before`() throws {
        let files: [(KeyPath<ListFolder, String>, [UInt8])] = [(\.inForce, try list(2)), (\.previous, try list(1))]
        let left = ListVersion(epoch: 1, version: 2)
        try cut("back", files, leaves: [2, 1]) { $0.goingBack(from: left) }
        // The floor stands before the list is another: else what was left would be taken again.
        for cut in 0...4 {
            let lists = try prepare("floor\(cut)", files)
            try lists.carryOut(Array(lists.goingBack(from: left).prefix(cut)))
            #expect(lists.open().list?.version.version == 2 || lists.floorVersion().version == left)
        }
    }

    @Test func `a damaged list gives way to the one before at any step, and is kept aside`() throws {
        let files: [(KeyPath<ListFolder, String>, [UInt8])] = [
            (\.inForce, try list(2).dropLast(1)), (\.previous, try list(1)),
        ]
        try cut("damaged", files, leaves: [1]) { $0.replacingDamaged(byPrevious: true) }
        let lists = try prepare("whole", files)
        try lists.carryOut(lists.replacingDamaged(byPrevious: true))
        #expect(namesOf(lists.folder) == ["national.list", "national.list.damaged"])
        try cut("alone", [files[0]], leaves: [nil]) { $0.replacingDamaged(byPrevious: false) }
    }

    @Test func `a damaged list never takes the place of the good one before it`() throws {
        let lists = try prepare(
            "whole",
            [(\.inForce, try list(2).dropLast(1)), (\.previous, try list(1)), (\.next, try list(3))])
        try lists.carryOut(lists.adoption(keepingInForce: false))
        #expect(lists.open().list?.version.version == 3)
        #expect(bytesOf(lists.previous) == (try list(1)))
    }

    @Test func `a damaged list gives way to the one before, and says so`() throws {
        let lists = lists()
        #expect(lists.open().list == nil && lists.open().problem == nil)
        try put(try list(2).dropLast(1), lists.inForce)
        try put(try list(1), lists.previous)
        let (list, path, problem) = lists.open()
        #expect(list?.version.version == 1 && path == lists.previous)
        #expect(problem?.hasPrefix("the list on this disk cannot be used (\(lists.inForce): ") == true)
        #expect(problem?.hasSuffix("): the one before it is in force") == true)
        // Neither is usable: both are named.
        try put([1], lists.previous)
        #expect(lists.open().list == nil)
        #expect(lists.open().problem?.contains("; the one before it cannot be used (\(lists.previous): ") == true)
    }

    @Test func `a damaged list still shows its version, unless its header is not good or another's`() throws {
        let lists = lists()
        #expect(lists.highestShown() == nil)
        try put(try list(2), lists.inForce)
        #expect(lists.highestShown()?.version.version == 2)
        var builder = AgreementListBuilder()
        try builder.add(tag, .agreement(Agreement(.approved)))
        let header = AgreementListHeader(
            name: "national", version: ListVersion(epoch: 1, version: 3), issuedAt: stamp(0).utc, staleAfter: .days(7))
        let whole = try builder.build(header, signedBy: key).bytes
        for bytes in [Array(whole.dropLast(1)), Array(whole.prefix(AgreementListHeader.bytes)), whole + [0]] {
            try put(bytes, lists.damaged)
            #expect(lists.highestShown()?.version.version == 3)
            #expect(lists.highestShown()?.path == lists.damaged)
        }
        var bent = try list(3)
        bent[52] ^= 8
        let strange = [bent, try list(3, name: "local"), try list(3, signedBy: .generate()), [], [1]]
        for bytes in strange {
            try put(bytes, lists.damaged)
            #expect(lists.highestShown()?.version.version == 2)
        }
    }

    @Test func `another list's name and another's signature are refused in one line`() throws {
        let lists = lists()
        try put(try list(1, name: "local"), lists.inForce)
        #expect(lists.open().problem?.contains("it is the list local, not national") == true)
        let other = SigningKey.generate()
        try put(try list(1, signedBy: other), lists.inForce)
        #expect(lists.open().problem?.contains("list is signed with key \(other.publicKey.id), not trusted") == true)
    }

    @Test func `a floor that cannot be read bars nothing, and is told`() throws {
        let lists = lists()
        #expect(lists.floorVersion().problem == nil)
        for text in ["", "1", "1.2.3", "x.1", "99999999999.1", "1.2\n3"] {
            try put(Array(text.utf8), lists.floor)
            let (version, problem) = lists.floorVersion()
            #expect(version == nil, "\(text)")
            #expect(problem?.hasPrefix("\(lists.floor) cannot be used (it is no version): ") == true)
        }
        try put(Array("1.2\n".utf8), lists.floor)
        let (version, problem) = lists.floorVersion()
        #expect(version == ListVersion(epoch: 1, version: 2) && problem == nil)
    }
}
