import Lane
import Testing

@testable import Sync

@Suite struct ListUpdaterTests {
    private let v7 = ListVersion(epoch: 1, version: 7)
    private let v8 = ListVersion(epoch: 1, version: 8)

    private func fetching(inForce: ListVersion?) -> ListUpdater {
        var updater = ListUpdater(seed: 1)
        #expect(updater.handle(.start(inForce: inForce), at: second(0)) == [.fetch(known: inForce)])
        return updater
    }

    /// The wake of these actions, which lies within one interval of now and is at least three quarters of it away.
    private func usualWake(_ actions: [ListUpdater.Action], _ now: Instant) -> Instant? {
        guard case .wake(let wake?) = actions.last else { return nil }
        let pause = wake - now
        return .seconds(45) < pause && pause <= .seconds(60) ? wake : nil
    }

    @Test func `a newer list is fetched, verified, adopted, and then asked for again`() throws {
        var updater = fetching(inForce: v7)
        #expect(updater.handle(.fetched(.file), at: second(1)) == [.verify])
        #expect(updater.handle(.verified(v8, activeIn: nil), at: second(1)) == [.adopt(v8)])
        #expect(updater.inForce == v7)
        let actions = updater.handle(.adopted(v8), at: second(2))
        #expect(actions.first == .condition(.current))
        #expect(updater.inForce == v8)
        let wake = try #require(usualWake(actions, second(2)))
        #expect(updater.handle(.wake, at: wake) == [.fetch(known: v8), .wake(nil)])
    }

    @Test func `the first list of all is taken`() {
        var updater = fetching(inForce: nil)
        _ = updater.handle(.fetched(.file), at: second(1))
        #expect(updater.handle(.verified(v7, activeIn: nil), at: second(1)) == [.adopt(v7)])
    }

    @Test func `an older list is refused, whoever signed it, and the same one is nothing new`() {
        var updater = fetching(inForce: v8)
        _ = updater.handle(.fetched(.file), at: second(1))
        let actions = updater.handle(.verified(v7, activeIn: nil), at: second(1))
        #expect(actions.first == .condition(.refused("list 1.7 is older than 1.8, which is in force")))
        #expect(updater.inForce == v8)
        updater = fetching(inForce: v8)
        _ = updater.handle(.fetched(.file), at: second(1))
        #expect(updater.handle(.verified(v8, activeIn: nil), at: second(1)).first == .condition(.current))
        // A higher epoch is newer, whatever its version.
        updater = fetching(inForce: v8)
        _ = updater.handle(.fetched(.file), at: second(1))
        let newEpoch = ListVersion(epoch: 2, version: 1)
        #expect(updater.handle(.verified(newEpoch, activeIn: nil), at: second(1)) == [.adopt(newEpoch)])
    }

    @Test func `what is not modified is asked for again at the usual distance`() {
        var updater = fetching(inForce: v8)
        #expect(usualWake(updater.handle(.fetched(.notModified), at: second(5)), second(5)) != nil)
    }

    @Test func `no answer leaves the list in force, and only that backs off`() throws {
        var updater = fetching(inForce: v7)
        var now = second(1)
        for _ in 0..<12 {
            let actions = updater.handle(.fetched(.later("no answer", notBefore: nil)), at: now)
            guard case .wake(let wake?) = actions.last else { break }
            now = wake
            #expect(updater.handle(.wake, at: now) == [.fetch(known: v7), .wake(nil)])
        }
        #expect(now > second(120), "the pauses have grown")
        // Central is back with a bad list: it has answered, so it is asked at the usual distance.
        _ = updater.handle(.fetched(.file), at: now)
        let actions = updater.handle(.refused("wrong signature"), at: now)
        #expect(actions.first == .condition(.refused("wrong signature")))
        _ = try #require(usualWake(actions, now))
    }

    @Test func `a wrong signature and a failing disk leave the list in force, and central is asked as usual`() {
        let stories: [([ListUpdater.Event], ListCondition)] = [
            ([.fetched(.file), .refused("wrong signature")], .refused("wrong signature")),
            (
                [.fetched(.file), .verified(v8, activeIn: nil), .adoptionFailed("no room")], .refused("no room")
            ),
        ]
        for (events, condition) in stories {
            var updater = fetching(inForce: v7)
            var actions: [ListUpdater.Action] = []
            for event in events { actions = updater.handle(event, at: second(1)) }
            #expect(actions.first == .condition(condition))
            guard let wake = usualWake(actions, second(1)) else {
                Issue.record("no wake")
                continue
            }
            #expect(updater.inForce == v7)
            #expect(updater.handle(.wake, at: wake) == [.fetch(known: v7), .wake(nil)])
        }
    }

    @Test func `a list of the future is held until it is in force`() {
        var updater = fetching(inForce: v7)
        _ = updater.handle(.fetched(.file), at: second(0))
        #expect(
            updater.handle(.verified(v8, activeIn: .seconds(20)), at: second(0))
                == [.condition(.current), .wake(second(20))])
        #expect(updater.handle(.wake, at: second(20)) == [.adopt(v8), .wake(nil)])
    }

    @Test func `one of the far future is fetched again when its time has come`() {
        var updater = fetching(inForce: v7)
        _ = updater.handle(.fetched(.file), at: second(0))
        _ = updater.handle(.verified(v8, activeIn: .days(2)), at: second(0))
        #expect(updater.handle(.wake, at: second(60)) == [.fetch(known: v7), .wake(nil)])
    }
}
