import Lane

/// Lets so many fetches of list files go on at a time, and gives each that has to wait a turn of its own, so that stations that
/// all ask at once do not all come back at once.
package struct FetchGate: Hashable, Sendable {
    /// A link of 1 Gbit/s carries a national list to so many at a time in a quarter of a minute.
    package static let mostByDefault = 8

    /// What is answered to a fetch.
    enum Answer: Hashable, Sendable {
        /// It may go on; `ended` is called when its last byte has gone or its client has.
        case goOn
        /// Ask again after that time.
        case wait(Interval)
    }

    /// The soonest turn: what goes on now has made room by then.
    static let shortestWait = Interval.seconds(5)
    /// Turns follow one another by this much.
    static let betweenTurns = Interval.seconds(1)
    /// The latest turn: beyond it turns are given from the beginning again.
    static let longestWait = Interval.minutes(10)

    /// How many may begin a file at a time. One that has begun goes on piece by piece, and finds room for as many again: what was
    /// begun is to end.
    let most: Int
    private(set) var underWay = 0
    private var lastTurn = Instant(nanoseconds: 0)

    init(most: Int) { self.most = most }

    /// Whether new fetches have to wait.
    var isFull: Bool { underWay >= most }

    /// A station asks for what to fetch: it is told to wait before it begins.
    mutating func offer(at now: Instant) -> Answer { isFull ? .wait(turn(at: now)) : .goOn }

    /// A piece of a file is asked for.
    ///
    /// - Parameter isFirst: it begins at the file's first byte.
    mutating func begin(isFirst: Bool, at now: Instant) -> Answer {
        guard underWay < (isFirst ? most : 2 * most) else { return .wait(turn(at: now)) }
        underWay += 1
        return .goOn
    }

    /// A fetch that was let in has ended, however that came.
    mutating func ended() {
        precondition(underWay > 0, "only what has begun can end")
        underWay -= 1
    }

    private mutating func turn(at now: Instant) -> Interval {
        let soonest = now + Self.shortestWait
        lastTurn = max(soonest, lastTurn + Self.betweenTurns)
        if lastTurn > now + Self.longestWait { lastTurn = soonest }
        return lastTurn - now
    }
}
