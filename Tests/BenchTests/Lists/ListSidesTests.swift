import Testing

@testable import Bench

struct `The other sides of a list` {
    @Test(arguments: [2, 3, 1_000]) func `a walk goes through all lines before it comes back to the first`(lines: Int) {
        let next = MemoryWalk.circle(of: lines)
        var seen: [UInt32] = []
        var line: UInt32 = 0
        repeat {
            line = next[Int(line)]
            seen.append(line)
        } while line != 0 && seen.count <= lines
        #expect(seen.sorted() == (0..<UInt32(lines)).map { $0 })
    }

    @Test func `a walk on the file takes the circle's steps`() throws {
        let folder = try BenchFolder("bench-test-walk")
        let next = MemoryWalk.circle(of: 16)
        var walk = try MemoryWalk(bytes: 16 * MemoryWalk.line, in: folder.path)
        var line = 0
        for _ in 0..<16 {
            line = Int(next[line])
            #expect(walk.step() == line * MemoryWalk.line)
        }
    }

    @Test func `tags are all different, in order where that is asked for, and the unlisted are nobody's`() {
        let tags = BenchTags(count: 1_000)
        let keys = tags.ascending.map(\.key)
        #expect(keys == keys.sorted() && Set(keys).count == 1_000)
        #expect(Set((0..<1_000).map { tags.listed($0).key }) == Set(keys))
        #expect(Set((0..<1_000).map(tags.scattered)) == Set(0..<1_000))
        #expect((0..<1_000).allSatisfy { !keys.contains(tags.unlisted($0).key) })
    }

    @Test func `LMDB and SQLite give back what they were filled with, and nothing for others`() throws {
        let folder = try BenchFolder("bench-test-stores")
        let tags = BenchTags(count: 500)
        var lmdb = try LMDBSide(folder: folder.path, room: LMDBSide.room(for: 500), tags.ascending)
        let sqlite = try SQLiteSide(folder: folder.path, tags.ascending)
        try lmdb.beginReading()
        try sqlite.beginReading()
        for place in 0..<500 {
            #expect(lmdb.word(of: tags.listed(place).key) == tags.word(place))
            #expect(try sqlite.word(of: tags.listed(place).key) == tags.word(place))
            #expect(lmdb.word(of: tags.unlisted(place).key) == nil)
            #expect(try sqlite.word(of: tags.unlisted(place).key) == nil)
        }
    }

    @Test func `LMDB takes a change: new words, new keys, removals`() throws {
        let folder = try BenchFolder("bench-test-change")
        let tags = BenchTags(count: 100)
        var lmdb = try LMDBSide(folder: folder.path, room: LMDBSide.room(for: 100), tags.ascending)
        try lmdb.change([(tags.listed(1).key, 7), (tags.unlisted(2).key, 8), (tags.listed(3).key, nil)])
        try lmdb.beginReading()
        #expect(lmdb.word(of: tags.listed(1).key) == 7)
        #expect(lmdb.word(of: tags.unlisted(2).key) == 8)
        #expect(lmdb.word(of: tags.listed(3).key) == nil)
        #expect(lmdb.word(of: tags.listed(4).key) == tags.word(4))
    }

    @Test func `the list of a benchmark answers for its tags`() throws {
        let folder = try BenchFolder("bench-test-list")
        let file = try ListFile(of: 1_000, in: folder.path)
        let list = try file.open()
        #expect(list.count == 1_000)
        #expect((0..<1_000).allSatisfy { list.entry(of: file.tags.listed($0)) == file.tags.entry($0) })
        #expect((0..<1_000).allSatisfy { list.entry(of: file.tags.unlisted($0)) == nil })
    }
}

struct `Parts of a measurement` {
    @Test func `sides take turns, and each is measured once in a round`() {
        enum Side: CaseIterable { case a, b, c }
        #expect(Turns.order(Side.self, 0) == [.a, .b, .c])
        #expect(Turns.order(Side.self, 4) == [.b, .c, .a])
    }

    @Test func `the middle is the mean of the middle half`() {
        #expect(Sample<Int64>([1_000, 1, 20, 21, 22, 23, 2, 900]).middle == 21.5)
        #expect(Sample<Int64>([7]).middle == 7)
    }

    @Test func `the kind of pages is read from the kernel's maps of that file`() {
        let maps = """
            7f00-7f10 r--s 00000000 fe:00 11 /a
            Size:               4096 kB
            FilePmdMapped:         0 kB
            7f10-7f20 r--s 00000000 fe:00 12 /b
            Size:               4096 kB
            FilePmdMapped:      2048 kB
            VmFlags: rd sh
            """
        #expect(PageKind.note(of: "/a", in: maps) == "4 kB")
        #expect(PageKind.note(of: "/b", in: maps) == "50 % in 2 MB")
        #expect(PageKind.note(of: "/c", in: maps) == "not mapped")
    }

    @Test func `lists are small unless all of it is asked for, and the bench says so`() {
        #expect(BenchSettings(isQuick: false).sizes == [10_000_000])
        #expect(BenchSettings(isQuick: false).note.contains("small"))
        #expect(BenchSettings(isQuick: false, isFull: true).sizes == [10_000_000, 50_000_000])
        #expect(!BenchSettings(isQuick: false, isFull: true).note.contains("small"))
        #expect(!BenchSettings(isQuick: false, agreements: 50_000_000).note.contains("small"))
        #expect(BenchSettings(isQuick: true).sizes == [20_000])
    }

    @Test func `rounds are fewer where they are long, unless somebody asks`() {
        #expect(BenchSettings(isQuick: false).rounds(most: 7) == 7)
        #expect(BenchSettings(isQuick: true).rounds(most: 7) == 3)
        #expect(BenchSettings(isQuick: true, rounds: 9).rounds(most: 7) == 9)
    }

    @Test func `a size that the goals are not meant for stands in the name`() {
        var comparison = Comparison("x", unit: "ns", goal: nil, note: "n")
        comparison.rounds = [.init(ours: 1, other: 1)]
        let settings = BenchSettings(isQuick: false)
        #expect(settings.result(comparison, agreements: 10_000_000).name == "x")
        #expect(settings.result(comparison, agreements: 50_000_000).name == "x at 50 million")
    }
}
