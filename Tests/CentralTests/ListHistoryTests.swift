import Exchange
import Lane
import Testing

@testable import Central

@Suite struct `The history of a list` {
    private func version(_ number: UInt32, epoch: UInt32 = 9_821) -> ListVersion {
        ListVersion(epoch: epoch, version: number)
    }

    private func whole(_ number: UInt32, packed: Bool = false) -> ListFile {
        ListFile(version(number), .whole, compressed: packed)
    }

    private func change(_ number: UInt32, packed: Bool = false) -> ListFile {
        ListFile(version(number), .change, compressed: packed)
    }

    @Test func `names its files by version, kind and packing, and knows no others`() {
        let file = ListFile(version(5), .whole, compressed: true)
        #expect(file.name == "9821.5.list.gz" && ListFile(name: "9821.5.list.gz") == file)
        #expect(ListFile(name: "9821.5.change") == change(5))
        #expect(file.plain == whole(5) && change(5).compressed == change(5, packed: true))
        for name in [
            "", "9821.5", "9821.5.list.gz.part", "9821.5.list.part", "09821.5.list", "9821.+5.list", "-1.5.list",
            "4294967296.5.list", "9821.5.list.", "9821..list", "9821.5.LIST", "../9821.5.list", "lock", "work",
        ] { #expect(ListFile(name: name) == nil, "\(name)") }
    }

    @Test func `has nothing for a station with the newest version, and the smaller whole list for one without any`() {
        let plain = ListHistory(newest: version(3), files: [whole(3): 100])
        #expect(plain.step(after: version(3)) == .nothing)
        #expect(plain.step(after: nil) == .whole(whole(3)))
        let both = ListHistory(newest: version(3), files: [whole(3): 100, whole(3, packed: true): 50])
        #expect(both.step(after: nil) == .whole(whole(3, packed: true)))
        let grown = ListHistory(newest: version(3), files: [whole(3): 100, whole(3, packed: true): 110])
        #expect(grown.step(after: nil) == .whole(whole(3)))
        #expect(ListHistory(newest: version(3), files: [whole(2): 100]).step(after: nil) == .missing)
    }

    @Test func `leads by changes, step by step, when all are there and smaller than the whole list`() {
        let files = [
            whole(4): 100, whole(4, packed: true): 50, change(2): 30, change(2, packed: true): 20, change(3): 10,
            change(3, packed: true): 12, change(4): 15,
        ]
        let history = ListHistory(newest: version(4), files: files)
        #expect(history.step(after: version(1)) == .change(change(2, packed: true)))
        #expect(history.step(after: version(2)) == .change(change(3)))
        #expect(history.step(after: version(3)) == .change(change(4)))
        #expect(history.step(after: version(0)) == .whole(whole(4, packed: true)))
        // 20 + 10 + 20 are no less than 50.
        let larger = ListHistory(newest: version(4), files: files.merging([change(4): 20]) { $1 })
        #expect(larger.step(after: version(1)) == .whole(whole(4, packed: true)))
        #expect(larger.step(after: version(2)) == .change(change(3)))
        let gap = ListHistory(
            newest: version(4), files: files.filter { $0.key != change(3) && $0.key != change(3, packed: true) })
        #expect(gap.step(after: version(1)) == .whole(whole(4, packed: true)))
        #expect(gap.step(after: version(3)) == .change(change(4)))
    }

    @Test func `offers the newest list to a station of another epoch or with a later version`() {
        let history = ListHistory(newest: version(2), files: [whole(2): 100, change(2): 1])
        for other in [version(1, epoch: 9_820), version(3, epoch: 9_820), version(1, epoch: 9_900), version(3)] {
            #expect(history.step(after: other) == .whole(whole(2)))
        }
    }

    @Test func `gives out nothing that is not published yet`() {
        let history = ListHistory(newest: version(2), files: [whole(2): 100, whole(3): 10, change(3): 1])
        #expect(history.files.keys.allSatisfy { $0.version <= version(2) })
        #expect(history.step(after: nil) == .whole(whole(2)))
    }

    @Test func `keeps two whole lists and sixty-four changes`() {
        var files: [ListFile: Int] = [:]
        for number in UInt32(1)...100 {
            for file in [whole(number), change(number)] { (files[file], files[file.compressed]) = (100, 1) }
        }
        for kind in ListFile.Kind.allCases { files[ListFile(version(7, epoch: 9_820), kind)] = 1 }
        let history = ListHistory(newest: version(100), files: files)
        let kept = ListHistory(
            newest: version(100), files: files.filter { !history.superfluous.contains($0.key) })
        #expect(Set(kept.files.keys.filter { $0.kind == .whole }.map(\.version)) == [version(99), version(100)])
        #expect(Set(kept.files.keys.filter { $0.kind == .change }.map(\.version.version)) == Set(37...100))
        #expect(kept.files.count == 2 * 2 + 2 * 64 && kept.superfluous.isEmpty)
        #expect(kept.step(after: version(36)) == .whole(whole(100, packed: true)))
    }

    @Test func `leads over all the changes that it keeps`() {
        var files = [whole(100): 1_000]
        for number in UInt32(37)...100 { files[change(number)] = 1 }
        let history = ListHistory(newest: version(100), files: files)
        #expect(history.step(after: version(36)) == .change(change(37)))
        #expect(history.step(after: version(35)) == .whole(whole(100)))
    }
}
