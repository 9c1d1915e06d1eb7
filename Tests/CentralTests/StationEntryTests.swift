import Exchange
import HTTP
import Lane
import Testing

@testable import Central

@Suite struct `What the central server knows of a station` {
    private static let now = CentralFixture.now
    private static let authority = Result {
        try Authority.make(named: "a", Validity(from: now, for: .days(3_650))).authority
    }

    private static func certificate(from begins: UTC = now, for life: Interval = .days(90)) throws -> Certificate {
        let request = try CertificateRequest(for: try PrivateKey.generate(), name: "station")
        return try authority.get().issue(request, name: "station-42", Validity(from: begins, for: life))
    }

    private func entry(_ certificate: Certificate) -> StationEntry {
        var entry = StationEntry(StationID(42))
        entry.keep(certificate, of: "one")
        return entry
    }

    @Test func `a code is good once, until its end, and for its station alone`() throws {
        let (code, other) = (EnrolmentCode.random(), EnrolmentCode.random())
        let ends = Self.now + .hours(24)
        var entry = StationEntry(StationID(42))
        #expect(throws: StationEntry.Refused.wrongCode) { try entry.redeem(code, at: Self.now) }
        entry.give(code, until: ends)
        #expect(throws: StationEntry.Refused.wrongCode) { try entry.redeem(other, at: Self.now) }
        #expect(throws: StationEntry.Refused.codeEnded(ends)) { try entry.redeem(code, at: ends + .seconds(1)) }
        try entry.redeem(code, at: ends)
        #expect(throws: StationEntry.Refused.codeUsed) { try entry.redeem(code, at: Self.now) }
        #expect(code.digest(for: StationID(42)) != code.digest(for: StationID(43)))
        entry.give(other, until: ends)
        #expect(throws: StationEntry.Refused.wrongCode) { try entry.redeem(code, at: Self.now) }
        try entry.redeem(other, at: Self.now)
    }

    @Test func `a certificate is good while it lasts, and ninety days longer for renewal alone`() throws {
        let certificate = try Self.certificate()
        let entry = entry(certificate)
        let (begins, ends) = (certificate.validity.begins, certificate.validity.ends)
        let late = ends + .days(90)
        for moment in [begins, Self.now, ends] {
            for renewing in [false, true] { try entry.admits(certificate.serial, renewing: renewing, at: moment) }
        }
        let before = begins + .seconds(-1)
        #expect(throws: StationEntry.Refused.notYet(begins)) {
            try entry.admits(certificate.serial, renewing: true, at: before)
        }
        #expect(throws: StationEntry.Refused.ended(ends)) {
            try entry.admits(certificate.serial, renewing: false, at: ends + .seconds(1))
        }
        try entry.admits(certificate.serial, renewing: true, at: late)
        #expect(throws: StationEntry.Refused.endedLongAgo(ends)) {
            try entry.admits(certificate.serial, renewing: true, at: late + .seconds(1))
        }
        let stranger = try Self.certificate().serial
        #expect(throws: StationEntry.Refused.unknown) { try entry.admits(stranger, renewing: false, at: Self.now) }
    }

    @Test func `who enrols anew ends what was there before, and withdrawal ends everything`() throws {
        let (first, second) = (try Self.certificate(), try Self.certificate())
        var entry = entry(first)
        let code = EnrolmentCode.random()
        entry.give(code, until: Self.now)
        try entry.admits(first.serial, renewing: false, at: Self.now)
        try entry.redeem(code, at: Self.now)
        entry.keep(second, of: "one")
        #expect(throws: StationEntry.Refused.unknown) { try entry.admits(first.serial, renewing: true, at: Self.now) }
        try entry.admits(second.serial, renewing: false, at: Self.now)
        entry.give(EnrolmentCode.random(), until: Self.now)
        entry.withdraw()
        #expect(throws: StationEntry.Refused.withdrawn) {
            try entry.admits(second.serial, renewing: true, at: Self.now)
        }
        #expect(throws: StationEntry.Refused.wrongCode) { try entry.redeem(code, at: Self.now) }
        #expect(entry.ends == nil)
    }

    @Test func `a change of the authority waits for those that may still come, and for no other`() throws {
        let (first, second) = (try Self.certificate(), try Self.certificate())
        var entry = entry(first)
        let use = AuthorityChange.use(next: "two")
        let retire = AuthorityChange.retirePrevious(present: "two")
        #expect(use.left(of: [entry], at: Self.now) == [42], "it has not said what it trusts")
        entry.trusts = ["one", "two"]
        #expect(use.left(of: [entry], at: Self.now) == [])
        entry.keep(second, of: "two", renewing: first.serial)
        #expect(retire.left(of: [entry], at: Self.now) == [42], "it may not have the last answer")
        entry.keep(second, of: "two", renewing: second.serial)
        #expect(retire.left(of: [entry], at: Self.now) == [])
        let late = (entry.ends ?? Self.now) + StationEntry.renewedWithin + .seconds(1)
        #expect(AuthorityChange.use(next: "three").left(of: [entry], at: late) == [], "it has to enrol anew as it is")
        entry.withdraw()
        #expect(AuthorityChange.use(next: "three").left(of: [entry], at: Self.now) == [])
    }

    @Test func `a renewal leaves the one that was shown and the new one: an answer may be lost`() throws {
        let (first, lost, second) = (try Self.certificate(), try Self.certificate(), try Self.certificate())
        var entry = entry(first)
        entry.keep(lost, of: "one", renewing: first.serial)
        #expect(entry.certificates.map(\.serial) == [first.serial, lost.serial])
        entry.keep(second, of: "one", renewing: first.serial)
        #expect(entry.certificates.map(\.serial) == [first.serial, second.serial])
        #expect(throws: StationEntry.Refused.unknown) { try entry.admits(lost.serial, renewing: true, at: Self.now) }
        #expect(try StationEntry(json: entry.json) == entry)
        // Withdrawn and let in anew: only by the new code.
        entry.withdraw()
        entry.give(EnrolmentCode.random(), until: Self.now)
        for old in [first, second] {
            #expect(throws: StationEntry.Refused.unknown) { try entry.admits(old.serial, renewing: true, at: Self.now) }
        }
    }

    @Test func `a code is read as people write it, and nothing else is one`() throws {
        let code = EnrolmentCode.random()
        let plain = code.text.filter { $0 != "-" }
        for text in [code.text, code.text.uppercased(), plain, " \(plain)\r\n", plain.map { "\($0) " }.joined()] {
            #expect(EnrolmentCode(text) == code)
        }
        #expect(EnrolmentCode("oOiIl-00000-00000-00000") == EnrolmentCode("00111-00000-00000-00000"))
        for text in ["", "u" + plain.dropFirst(), String(plain.dropLast()), plain + "0", "\(plain)é"] {
            #expect(EnrolmentCode(text) == nil)
        }
        #expect(Set((1...100).map { _ in EnrolmentCode.random() }).count == 100)
    }

    @Test func `thirty tries a minute are taken, by whomever`() {
        var limit = AttemptLimit()
        let start = Instant(nanoseconds: 0)
        for second in 0..<30 { #expect(limit.take(at: start + .seconds(Int64(second))) == nil) }
        #expect(limit.take(at: start + .seconds(30)) == .seconds(30))
        #expect(limit.take(at: start + .seconds(60)) == nil)
        #expect(limit.take(at: start + .seconds(60)) == .seconds(1))
    }
}
