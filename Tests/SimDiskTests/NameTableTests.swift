import Testing

@testable import SimDisk

@Suite struct NameTableTests {
    private func states(_ make: (inout NameTable) -> Void) -> Set<[String: NameTable.Entry]> {
        var found: Set<[String: NameTable.Entry]> = []
        for seed in 0..<200 as Range<UInt64> {
            var names = NameTable()
            names.add("/a", .folder)
            names.add("/a/old", .file(1))
            names.sync("/")
            names.sync("/a")
            make(&names)
            var cut = PowerCut(seed: seed)
            names.lose(&cut)
            var left = names.visible
            left["/"] = nil
            left["/a"] = nil
            found.insert(left)
        }
        return found
    }

    @Test func `a new name is there or not, until its folder is synced`() {
        #expect(
            states { $0.add("/a/new", .file(2)) } == [
                ["/a/old": .file(1)], ["/a/old": .file(1), "/a/new": .file(2)],
            ])
        #expect(
            states {
                $0.add("/a/new", .file(2))
                $0.sync("/a")
            } == [["/a/old": .file(1), "/a/new": .file(2)]])
    }

    @Test func `a rename over a file leaves the old one or the new one, never none`() {
        let left = states {
            $0.add("/a/old.part", .file(2))
            $0.move("/a/old.part", to: "/a/old", .file(2))
        }
        #expect(
            left == [
                ["/a/old": .file(1)], ["/a/old": .file(1), "/a/old.part": .file(2)], ["/a/old": .file(2)],
            ])
    }

    @Test func `a deleted name may come back, and another folder's sync says nothing of it`() {
        let left = states {
            $0.remove("/a/old")
            $0.sync("/")
        }
        #expect(left == [[:], ["/a/old": .file(1)]])
    }

    @Test func `a file counts as named while a power cut may give it its name back`() {
        var names = NameTable()
        names.add("/old", .file(1))
        names.sync("/")
        names.remove("/old")
        #expect(names.named == [1])
        names.sync("/")
        #expect(names.named == [])
    }
}
