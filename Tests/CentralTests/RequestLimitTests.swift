import HTTP
import Lane
import Testing

@testable import Central

struct RequestLimitTests {
    private let start = Instant(nanoseconds: 1_000_000_000_000)
    private let station = RequestLimit.Client.station(StationID(42))
    private var limit = RequestLimit(ofStation: 60, ofAddress: 6)

    @Test mutating func `a burst of a minute is taken, and then one for each that has become due`() {
        for _ in 0..<60 { #expect(limit.take(station, at: start) == nil) }
        #expect(limit.take(station, at: start) == .seconds(1))
        #expect(limit.take(station, at: start + .milliseconds(999)) == .milliseconds(1))
        #expect(limit.take(station, at: start + .seconds(1)) == nil)
        #expect(limit.take(station, at: start + .seconds(1)) == .seconds(1))
    }

    @Test mutating func `who asks evenly is never refused, and a pause gives the burst back`() {
        for second in 0..<600 { #expect(limit.take(station, at: start + .seconds(Int64(second))) == nil) }
        for _ in 0..<59 { #expect(limit.take(station, at: start + .seconds(600)) == nil) }
        #expect(limit.take(station, at: start + .seconds(600)) == nil)
        #expect(limit.take(station, at: start + .seconds(600)) != nil)
    }

    @Test mutating func `a client does not take another's, and an address has less than a station`() {
        for _ in 0..<6 { #expect(limit.take(.address("192.0.2.1"), at: start) == nil) }
        #expect(limit.take(.address("192.0.2.1"), at: start) == .seconds(10))
        #expect(limit.take(.address("192.0.2.2"), at: start) == nil)
        #expect(limit.take(station, at: start) == nil)
    }

    @Test mutating func `more clients than the table holds share one place, until others have paused`() {
        for number in 0..<RequestLimit.mostClients { _ = limit.take(.address("\(number)"), at: start) }
        for number in 0..<6 { #expect(limit.take(.address("new \(number)"), at: start) == nil) }
        #expect(limit.take(.address("new 6"), at: start) != nil)
        #expect(limit.take(.address("new 6"), at: start + .minutes(1)) == nil)
    }

    /// A drain of 100 000 records a second is 25 batches of 4 000, for as long as it lasts.
    @Test mutating func `the drain of a backlog in large batches stays below it`() {
        limit = RequestLimit()
        for number in 0..<25 * 600 {
            #expect(limit.take(station, at: start + .milliseconds(Int64(number) * 40)) == nil)
        }
    }

    @Test func `what is beyond it is answered 429, and when to come again`() throws {
        let fixture = try CentralFixture()
        let validity = Validity(begins: UTC(milliseconds: 0), ends: UTC(milliseconds: 1_000_000_000_000))
        let authority = try Authority.make(named: "test", validity).authority
        let desk = try EnrolmentDesk(
            authority, trusting: [authority.certificate], fixture.folder, life: .days(1),
            limit: RequestLimit(ofAddress: 1), clock: { UTC(milliseconds: 0) }, report: { _ in })
        let head = try #require(
            RequestHead(
                method: .get, path: "/v1/health", query: [], headers: [:], peer: .network, address: "192.0.2.1"))
        #expect(desk.refusal(of: head, .health)?.status == nil)
        let answer = try #require(desk.refusal(of: head, .health))
        #expect(answer.status == 429)
        #expect(answer.headers["Retry-After"].flatMap { Int($0) } ?? 0 > 0)
    }
}
