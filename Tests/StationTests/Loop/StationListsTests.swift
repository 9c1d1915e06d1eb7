import Exchange
import Glibc
import HTTP
import Lane
import Storage
import Sync
import TestSupport
import Testing

@testable import Station

/// What the lists worker does, on a real disk: from a download to a list in force, and every way in which that can fail.
@Suite struct `The lists worker` {
    @Test func `makes a list of a download, puts it in force, and keeps the one before`() throws {
        let desk = try ListDesk(inForce: 7)
        #expect(desk.version == v(7))
        let offer = try desk.offer(8)
        #expect(desk.ask(.look(offer, afresh: false)) == .room(have: 0))
        try desk.download(desk.list(8), of: offer)
        #expect(desk.ask(.look(offer, afresh: false)) == .room(have: offer.bytes))
        #expect(desk.ask(.build(.download(offer), above: v(7))) == .built(.init(v(8), activeIn: .zero)))
        #expect(desk.version == v(7), "nothing is in force before it is in its place")
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
        #expect(desk.version == v(8))
        #expect(desk.names == ["national.list", "national.list.previous"])
        desk.restart()
        #expect(desk.version == v(8) && desk.stock?.previous == v(7))
    }

    @Test func `does the same with a compressed one`() throws {
        let desk = try ListDesk(inForce: 7)
        let offer = try desk.offer(8, isCompressed: true)
        try desk.download(ListDesk.compressed(try desk.list(8)), of: offer)
        #expect(desk.ask(.build(.download(offer), above: v(7))) == .built(.init(v(8), activeIn: .zero)))
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
    }

    @Test func `applies a change to its exact predecessor, and to no other`() throws {
        let desk = try ListDesk(inForce: 7)
        let offer = try desk.offer(8, after: 7)
        try desk.download(desk.change(7, 8), of: offer)
        #expect(desk.ask(.build(.download(offer), above: v(7))) == .built(.init(v(8), activeIn: .zero)))
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
        #expect(bytesOf(desk.files.inForce) == (try desk.list(8)), "byte for byte what central signed")
        let other = try desk.offer(10, after: 9)
        try desk.download(desk.change(9, 10), of: other)
        guard case .notBuilt(.otherBase) = desk.ask(.build(.download(other), above: v(8))) else {
            Issue.record("a change on another base")
            return
        }
        #expect(desk.version == v(8) && desk.names.allSatisfy { !$0.contains("download") })
    }

    @Test func `refuses a list of which one byte is another, each of them, and every cut`() throws {
        let desk = try ListDesk(inForce: 7)
        let whole = try desk.list(8)
        let offer = try desk.offer(8)
        for place in whole.indices {
            var bent = whole
            bent[place] ^= 1 << UInt8(place % 8)
            try refuse(bent, offer, desk, "byte \(place)")
        }
        for length in stride(from: 0, to: whole.count, by: 7) {
            try refuse(Array(whole.prefix(length)), offer, desk, "\(length) bytes")
        }
        #expect(desk.version == v(7))
    }

    private func refuse(_ bytes: [UInt8], _ offer: ListOffer, _ desk: ListDesk, _ what: String) throws {
        try desk.download(bytes, of: offer)
        let answer = desk.ask(.build(.download(offer), above: v(7)))
        guard case .notBuilt(.refused(let reason)) = answer else {
            Issue.record("\(what): \(answer)")
            return
        }
        #expect(!reason.contains("\n") && desk.names == ["national.list"], "\(what): \(desk.names)")
    }

    @Test func `refuses another key, another list, an older one, and another one than was offered`() throws {
        let desk = try ListDesk(inForce: 7)
        let offer = try desk.offer(8)
        for bytes in [
            try desk.list(8, signedBy: .generate()), try desk.list(8, name: "local"), try desk.list(6),
            try desk.list(9),
        ] {
            try refuse(bytes, offer, desk, "")
        }
        #expect(desk.version == v(7))
    }

    @Test func `stops inflating where more comes out than was offered`() throws {
        let desk = try ListDesk(inForce: 7)
        var offer = try desk.offer(8, isCompressed: true)
        let bomb = try ListDesk.compressed([UInt8](repeating: 0, count: 10_000_000))
        offer.bytes = bomb.count
        try refuse(bomb, offer, desk, "a bomb")
        try refuse(Array(bomb.dropLast(9)), offer, desk, "a cut one")
    }

    @Test func `says before the download that the disk has no room, and forgets what is of no use`() throws {
        let desk = try ListDesk(inForce: 7)
        var offer = try desk.offer(8)
        try desk.download([1, 2, 3], of: offer)
        #expect(desk.ask(.look(offer, afresh: false)) == .room(have: 3))
        #expect(desk.ask(.look(offer, afresh: true)) == .room(have: 0))
        #expect(desk.names == ["national.list"])
        (offer.listBytes, offer.bytes) = (1 << 60, 1 << 60)
        guard case .noRoom(let reason) = desk.ask(.look(offer, afresh: false)) else {
            Issue.record("no disk has so much room")
            return
        }
        #expect(reason.hasSuffix("make room there") && !reason.contains("\n"))
        #expect(
            reason.hasPrefix(
                "list 1.8 needs \(1 << 60) bytes on the disk of \(desk.folder.path) beside the one in force"))
        #expect(reason.contains(", and 67108864 (64 MiB) stay free there for the journal; there are "))
    }

    @Test func `uses a damaged list until it has been read, and then the one before it`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        var bent = try desk.list(7)
        bent[bent.count - 1] ^= 1
        try DurableFile.replace(desk.files.inForce, with: bent)
        desk.restart()
        #expect(desk.version == v(7) && desk.problem == nil, "its header is good")
        guard case .damaged(let reason, v(6)) = desk.ask(.verify) else {
            Issue.record("it is damaged")
            return
        }
        #expect(
            reason.contains("list 1.7 on this disk is damaged")
                && reason.hasSuffix("1.6, which was before it, is in force"))
        #expect(desk.version == v(6) && desk.names == ["national.list", "national.list.damaged"])
        desk.restart()
        #expect(desk.version == v(6) && desk.problem == nil)
    }

    @Test func `takes the list before where a disk, or an operator, leaves less of it than there was`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        #expect(desk.ask(.verify) == .verified)
        #expect(unsafe truncate(desk.files.inForce, 0) == 0)
        #expect(desk.inForce?.answer(for: TestList.tag("1000")) == .noList)
        guard case .damaged(let reason, v(6)) = desk.ask(.verify) else {
            Issue.record("it cannot be read")
            return
        }
        #expect(reason.contains("list 1.7 on this disk is damaged (not all of the list can be read from the disk"))
        #expect(desk.version == v(6) && desk.names == ["national.list", "national.list.damaged"])
        #expect(desk.ask(.verify) == .verified)
        desk.restart()
        #expect(desk.version == v(6) && desk.problem == nil)
    }

    @Test func `puts no list in force that could be read when it came, and cannot be read any more`() throws {
        let desk = try ListDesk(inForce: 7)
        #expect(
            desk.ask(.build(.files([try desk.file(8, activeIn: .hours(1))]), above: v(7)))
                == .built(.init(v(8), activeIn: .hours(1))))
        #expect(unsafe truncate(desk.files.next, 0) == 0)
        #expect(desk.next?.answer(for: TestList.tag("1000")) == .noList)
        guard case .notAdopted(_, isUsable: false) = desk.ask(.adopt(v(8))) else {
            Issue.record("it cannot be read")
            return
        }
        #expect(desk.version == v(7))
    }

    @Test func `has no list where both are damaged, and takes the next good one`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        for (path, version) in [(desk.files.inForce, 7), (desk.files.previous, 6)] as [(String, UInt32)] {
            var bent = try desk.list(version)
            bent[bent.count - 1] ^= 1
            try DurableFile.replace(path, with: bent)
        }
        desk.restart()
        guard case .damaged(_, nil) = desk.ask(.verify) else {
            Issue.record("both are damaged")
            return
        }
        #expect(desk.version == nil)
        let offer = try desk.offer(7)
        try desk.download(desk.list(7), of: offer)
        #expect(desk.ask(.build(.download(offer), above: nil)) == .built(.init(v(7), activeIn: .zero)))
        #expect(desk.ask(.adopt(v(7))) == .adopted(v(7)))
        #expect(desk.version == v(7))
    }

    @Test func `takes no older list in place of a damaged one, and the same one again`() throws {
        let desk = try ListDesk(inForce: 7)
        var bent = try desk.list(7)
        bent[bent.count - 1] ^= 1
        try DurableFile.replace(desk.files.inForce, with: bent)
        desk.restart()
        guard case .damaged(_, nil) = desk.ask(.verify) else {
            Issue.record("it is damaged")
            return
        }
        for _ in 0..<2 {
            let refused = ListUpdater.Event.notBuilt(
                .refused(
                    "list 1.6 is older than 1.7, which was in force and is damaged; take that one or a higher one, or move \(desk.files.damaged) away"
                ))
            #expect(desk.ask(.build(.files([try desk.file(6)]), above: nil)) == refused)
            let offer = try desk.offer(6)
            try desk.download(desk.list(6), of: offer)
            #expect(desk.ask(.build(.download(offer), above: nil)) == refused)
            desk.restart()
            #expect(desk.version == nil)
        }
        #expect(desk.ask(.build(.files([try desk.file(7)]), above: nil)) == .built(.init(v(7), activeIn: .zero)))
        #expect(desk.ask(.adopt(v(7))) == .adopted(v(7)))
        // And whoever means it moves the damaged one away.
        try delete(desk.files.damaged)
        try delete(desk.files.inForce)
        desk.restart()
        #expect(desk.ask(.build(.files([try desk.file(6)]), above: nil)) == .built(.init(v(6), activeIn: .zero)))
    }

    @Test func `says at the start that nobody knows what was gone back from`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        #expect(desk.ask(.goBack) == .wentBack(to: v(6), from: v(7)))
        try DurableFile.replace(desk.files.floor, with: Array("x".utf8))
        desk.restart()
        #expect(desk.version == v(6) && desk.stock?.floor == nil)
        #expect(desk.problem?.hasPrefix("\(desk.files.floor) cannot be used (it is no version): ") == true)
        #expect(desk.problem?.contains("\n") == false)
    }

    @Test func `falls back at the start where not even the header is good`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        try DurableFile.replace(desk.files.inForce, with: [1, 2, 3])
        desk.restart()
        #expect(desk.version == v(6) && desk.problem?.hasSuffix("the one before it is in force") == true)
        #expect(desk.ask(.verify) == .verified)
        #expect(desk.names == ["national.list", "national.list.damaged"])
    }

    @Test func `keeps a list of the future beside, also over a restart`() throws {
        let desk = try ListDesk(inForce: 7)
        let offer = try desk.offer(8)
        try desk.download(desk.list(8, activeIn: .hours(2)), of: offer)
        let next = ListStock.Next(v(8), activeIn: .hours(2))
        #expect(desk.ask(.build(.download(offer), above: v(7))) == .built(next))
        desk.restart()
        #expect(desk.version == v(7) && desk.stock?.next == next)
        // One that would be used later still is not taken instead of it.
        let later = try desk.offer(9)
        try desk.download(desk.list(9, activeIn: .hours(3)), of: later)
        #expect(desk.ask(.build(.download(later), above: v(7))) == .notBuilt(.tooEarly(v(9))))
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
        // Without a clock nobody knows how long it is.
        desk.clock = .unknown
        #expect(
            desk.ask(.build(.files([try desk.file(9, activeIn: .hours(3))]), above: v(8)))
                == .built(.init(v(9), activeIn: nil)))
    }

    @Test func `finds damage in a list that waited over a restart`() throws {
        let desk = try ListDesk(inForce: 7)
        var bent = try desk.list(8)
        bent[bent.count - 1] ^= 1
        try DurableFile.replace(desk.files.next, with: bent)
        desk.restart()
        guard case .notAdopted(_, isUsable: false) = desk.ask(.adopt(v(8))) else {
            Issue.record("it is damaged")
            return
        }
        #expect(desk.version == v(7))
    }

    @Test func `goes back once, and says why it cannot a second time`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        #expect(desk.ask(.goBack) == .wentBack(to: v(6), from: v(7)))
        #expect(desk.version == v(6))
        #expect(desk.ask(.goBack) == .notGone("there is no list before 1.6 on this disk"))
        desk.restart()
        #expect(desk.version == v(6) && desk.stock?.floor == v(7))
        // What was left is no list that waits, whatever lies there; one that is higher is.
        try DurableFile.replace(desk.files.next, with: try desk.list(7))
        desk.restart()
        #expect(desk.version == v(6) && desk.stock?.next == nil)
        #expect(desk.ask(.adopt(v(7))) == .notAdopted("list 1.7 is not here any more", isUsable: false))
        try DurableFile.replace(desk.files.next, with: try desk.list(8, activeIn: .hours(2)))
        desk.restart()
        #expect(desk.stock?.next == .init(v(8), activeIn: .hours(2)))
    }

    @Test func `goes back and keeps a higher list that waits, also over a restart`() throws {
        let desk = try ListDesk(inForce: 7, before: 6)
        let next = ListStock.Next(v(8), activeIn: .hours(2))
        #expect(desk.ask(.build(.files([try desk.file(8, activeIn: .hours(2))]), above: v(7))) == .built(next))
        #expect(desk.ask(.goBack) == .wentBack(to: v(6), from: v(7)))
        desk.restart()
        #expect(desk.version == v(6) && desk.stock?.next == next && desk.stock?.floor == v(7))
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
    }

    @Test func `takes a person's file by the same rules, and leaves it where it is`() throws {
        let desk = try ListDesk(inForce: 7)
        let file = try desk.file(8)
        #expect(desk.ask(.build(.files([file]), above: v(7))) == .built(.init(v(8), activeIn: .zero)))
        #expect(bytesOf(file) == (try desk.list(8)))
        #expect(desk.ask(.adopt(v(8))) == .adopted(v(8)))
        for (paths, words) in [
            ([try desk.file(6)], "not higher than 1.8"), (["/no/such/list"], "/no/such/list"),
            ([try desk.file(9, signedBy: .generate())], "not trusted here"), ([], "no file is named"),
        ] {
            guard case .notBuilt(let failure) = desk.ask(.build(.files(paths), above: v(8))) else {
                Issue.record("\(words)")
                continue
            }
            #expect(failure.reason.contains(words), "\(failure.reason)")
        }
        let small = try ListDesk(inForce: 7, mostBytes: 350)
        guard case .notBuilt(.tooLarge) = small.ask(.build(.files([try small.file(8)]), above: v(7))) else {
            Issue.record("too large")
            return
        }
    }

    @Test func `lets go of a list only when it is told to`() throws {
        let desk = try ListDesk(inForce: 7)
        #expect(desk.ask(.build(.files([try desk.file(8)]), above: v(7))) == .built(.init(v(8), activeIn: .zero)))
        desk.ask(.adopt(v(8)))
        #expect(desk.lists.kept == 2)
        desk.release(v(7))
        #expect(desk.lists.kept == 1)
    }
}

private func v(_ version: UInt32) -> ListVersion { ListVersion(epoch: 1, version: version) }
