import Devices
import Lane
import Testing

@testable import Station

@Suite struct `A reply desk` {
    private let past = Instant(nanoseconds: 0)

    @Test func `gives each question its own answer`() throws {
        let desk = ReplyDesk<String>()
        let (first, second) = (desk.ask(), desk.ask())
        desk.answer(second, "b")
        desk.answer(first, "a")
        #expect(try desk.wait(for: first, until: past) == "a")
        #expect(try desk.wait(for: second, until: past) == "b")
        #expect(try desk.wait(for: second, until: past) == nil, "once")
    }

    @Test func `drops an answer that nobody waits for`() throws {
        let desk = ReplyDesk<String>()
        let question = desk.ask()
        #expect(try desk.wait(for: question, until: past) == nil, "the time was over")
        desk.answer(question, "late")
        desk.answer(99, "never asked")
        #expect(try desk.wait(for: question, until: past) == nil)
    }

    @Test func `keeps a question whose asker comes again`() throws {
        let desk = ReplyDesk<String>()
        let question = desk.ask()
        #expect(try desk.wait(for: question, until: past, isKept: true) == nil)
        desk.answer(question, "late")
        #expect(desk.isWaiting(for: question))
        #expect(try desk.wait(for: question, until: past, isKept: true) == "late")
        #expect(!desk.isWaiting(for: question), "once")
    }

    @Test func `gives up the oldest of very many questions whose answers nobody fetches`() {
        let desk = ReplyDesk<String>()
        let questions = (0..<257).map { _ in desk.ask() }
        #expect(!desk.isWaiting(for: questions[0]) && desk.isWaiting(for: questions[1]))
    }

    @Test func `hands an answer from thread to thread, and lets go when no more will come`() throws {
        let desk = ReplyDesk<String>()
        let question = desk.ask()
        _ = WorkerThread(named: "answer") { desk.answer(question, "here") }
        #expect(try desk.wait(for: question, until: MonotonicClock.now() + .seconds(30)) == "here")
        let other = desk.ask()
        _ = WorkerThread(named: "finish") { desk.finish() }
        #expect(try desk.wait(for: other, until: MonotonicClock.now() + .hours(1)) == nil)
    }
}

@Suite struct `The watchdog` {
    @Test func `calls a decision thread stalled that has had no turn for longer than stallAfter`() throws {
        let watchdog = try Watchdog(DarkSwitch())
        let turn = MonotonicClock.now()
        watchdog.beat(at: turn)
        #expect(!watchdog.hasStalled(at: turn))
        #expect(!watchdog.hasStalled(at: turn + Watchdog.stallAfter))
        #expect(watchdog.hasStalled(at: turn + Watchdog.stallAfter + .milliseconds(1)))
        watchdog.beat(at: turn + .seconds(9))
        #expect(!watchdog.hasStalled(at: turn + .seconds(10)))
    }

    @Test func `ends when there is nothing left to watch`() throws {
        let watchdog = try Watchdog(DarkSwitch())
        let thread = WorkerThread(named: "watchdog") {
            do { try watchdog.run() } catch { Issue.record("\(error)") }
        }
        watchdog.finish()
        let hasEnded = thread.join(within: .seconds(30))
        #expect(hasEnded)
    }
}
