import Lane
import Testing

@testable import TagReader

/// A reader repeats what we could not take, and keeps what it hears meanwhile: when the line is well again, that is old.
@Suite struct `A session on a line that damages messages` {
    private func reading() -> Conversation {
        var talk = Conversation()
        talk.synchronise()
        #expect(talk.state == .reading)
        return talk
    }

    /// A message, and its commit.
    private func take(_ frame: String, _ talk: inout Conversation) -> HeardRead? {
        let read = talk.hear(frame: frame).reads.first { $0.content != .unreadable }
        if let read { talk.tell(.committed(read.token)) }
        return read
    }

    @Test func `takes a message for live that comes well at its first repeat`() {
        var talk = reading()
        let heard = talk.now
        talk.hear("#8KING 1303FFFF\r\n")
        talk.wait(.milliseconds(60))
        let read = take("8KING 1303", &talk)
        #expect(read?.isReplayed == false)
        #expect(
            read.map { heard - $0.at < .milliseconds(2) } == true,
            "its vehicle is the one that was there at the first copy")
    }

    @Test func `takes what comes after seconds of damage for kept, until the reader pauses`() {
        var talk = reading()
        for _ in 0..<8 {
            talk.hear("#8KING 1303FFFF\r\n")
            talk.wait(.milliseconds(540))
        }
        #expect(take("8KING 1303", &talk)?.isReplayed == true, "its vehicle has gone four seconds ago")
        talk.wait(.milliseconds(20))
        #expect(take("AKING 1304", &talk)?.isReplayed == true, "it was heard meanwhile, by whom nobody can say")
        #expect(talk.state == .synchronising, "a vehicle without a read has no tag only when the reader reads")
        talk.wait(.seconds(1))
        #expect(talk.state == .reading)
        #expect(take("CKING 1305", &talk)?.isReplayed == false)
    }

    @Test func `takes what comes after seconds of cut messages for kept`() {
        var talk = reading()
        for _ in 0..<8 {
            talk.hear("#8KING 1")
            talk.wait(.milliseconds(540))
        }
        #expect(take("8KING 1303", &talk)?.isReplayed == true)
    }

    @Test func `noise long ago makes no live message old`() {
        var talk = reading()
        talk.hear("#8KING 1303FFFF\r\n")
        talk.wait(.seconds(8))
        talk.hear("#8KING 1303FFFF\r\n")
        talk.wait(.milliseconds(60))
        #expect(take("8KING 1303", &talk)?.isReplayed == false)
    }
}
