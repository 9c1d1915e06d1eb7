import Exchange
import Lane
import Testing

@testable import Station

@Suite struct `A lookup explains` {
    private static let now = UTC(milliseconds: StationWorld.noon + 3_600_000)

    private func lines(
        _ entry: AgreementListEntry?, issuers: String = "", clock: ClockQuality = .good, isVerified: Bool = true
    ) throws -> [String] {
        let list = try TestList.list(entry.map { [(StationWorld.digits, $0)] } ?? [])
        let source = LookupReport.Source(list: list, file: "/var/national.list", isVerified: isVerified)
        let station = try #require(ConfigurationSample.load(ConfigurationSample.least + issuers).configuration)
        return LookupReport(
            of: TestList.tag(StationWorld.digits), by: source, under: station, at: Self.now, clock
        ).lines
    }

    @Test func `which list, the entry in words, what it comes to and what the head shows`() throws {
        let until = UTC(milliseconds: StationWorld.noon)
        let entry = AgreementListEntry.agreement(Agreement(.noticePrepaidLow, validUntil: until), .heavy)
        #expect(
            try lines(entry) == [
                "list     national 1.1, 1 agreements, issued 1 h 0 min ago, verified", "file     /var/national.list",
                "issuer   everybody's tags are accepted: there is no [issuer]",
                "says     prepaid-low, until 2026-01-31T12:00:00.000Z, heavy",
                "dates    they count: the clock is good", "outcome  expired, ResultOp 6, ResultFin 48",
                "light    yellow (profile classic)", "photo    yes",
            ])
        let later = try lines(entry, clock: .unknown, isVerified: false)
        #expect(later[0].hasSuffix("issued 1 h 0 min ago, not verified yet"))
        #expect(
            later[4...5] == [
                "dates    they do not count: nobody vouches for the clock",
                "outcome  noticePrepaidLow, ResultOp 0, ResultFin 1",
            ])
    }

    @Test func `the row of issuers that decides`() throws {
        let refused = try lines(.denial, issuers: "[issuer far]\nprefix = agency:73\naccepted = no\n")
        #expect(refused[2] == "issuer   not accepted by [issuer far], prefix agency:73")
        #expect(refused[5].hasPrefix("outcome  issuerNotAccepted"))
        let unnamed = try lines(.denial, issuers: "[issuer far]\nprefix = agency:1\n")
        #expect(unnamed[2] == "issuer   not accepted: no [issuer] has a prefix of it")
        let digit = try lines(.denial, issuers: "[issuer near]\nprefix = agency:7\nluhn = yes\n")
        #expect(digit[2] == "issuer   accepted by [issuer near], prefix agency:7, check digit demanded")
        #expect(digit[3] == "says     nothing: its check digit is wrong, and its issuer demands it")
        #expect(try lines(.denial)[3] == "says     denied: a denial list names it")
        #expect(try lines(nil)[3] == "says     nothing: no list names it")
    }
}
