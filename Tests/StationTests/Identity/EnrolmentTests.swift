import Devices
import Exchange
import FoundationEssentials
import HTTP
import Lane
import Sync
import TestSupport
import Testing

@testable import Central
@testable import Station

@Suite struct `A station that enrols` {
    private let site: EnrolmentSite

    init() throws { site = try EnrolmentSite() }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: site.folder / name)[.posixPermissions] as? Int
    }

    /// What `station enrol` says to a code.
    private func enrol(_ text: String) throws -> (code: ExitCode, words: String) {
        try site.write(text, to: "tried")
        let answer = site.station("enrol --code \(site.folder / "tried") \(site.folder / "station.conf")")
        return (answer.code, answer.lines.joined(separator: " "))
    }

    @Test func `delivers with its certificate, also after a restart of the server, and without it nothing`() throws {
        #expect(try site.deliver().upTo == nil, "no authority is trusted yet")
        try site.enrol()
        #expect(try mode("state/identity.pem") == 0o600)
        #expect(bytesOf(site.folder / "state/authority.pem") == bytesOf(site.folder / "central/keys/authority.pem"))
        #expect(namesOf(site.folder / "state").filter { $0.hasPrefix("authority") } == ["authority.pem"])
        #expect(try site.deliver().upTo == 3)
        try site.start()
        #expect(try site.deliver().upTo == 3)
        let rows = site.central("stations list").lines
        #expect(rows.count == 2 && rows[1].hasPrefix("42         enrolled"))
        // The key stays here.
        let identity = String(decoding: try #require(bytesOf(site.folder / "state/identity.pem")), as: UTF8.self)
        #expect(identity.contains("PRIVATE KEY") && identity.contains("BEGIN CERTIFICATE"))
        #expect(unlink(site.folder / "state/identity.pem"))
        _ = site.log()
        #expect(try site.deliver().words.contains("station enrol gets one"))
        #expect(site.log() == ["station 42: not let in: no certificate"])
    }

    @Test func `is refused with a wrong code, a used one, and one that has ended`() throws {
        let refusal =
            "not enrolled: central answered 403: the code is wrong, used, or has ended: ask the central server's operator for another"
        let first = try site.give()
        let second = try site.give()
        _ = site.log()
        #expect(try enrol(first) == (.failed, refusal), "a later code takes its place")
        #expect(site.log() == ["station 42: not let in: wrong code"])
        #expect(try enrol(second).code == .ok)
        _ = site.log()
        #expect(try enrol(second) == (.failed, refusal))
        #expect(site.log() == ["station 42: not let in: the code was used before"])
        #expect(try site.deliver().upTo == 3, "what it had is good as before")
        let third = try site.give()
        site.setClock(ahead: .hours(25))
        _ = site.log()
        #expect(try enrol(third) == (.failed, refusal))
        #expect(site.log().first?.contains("the code ended at") == true)
        #expect(try enrol(try site.give(station: 43)) == (.failed, refusal), "another station's code")
    }

    @Test func `gives its code to nobody whom the paper does not name`() throws {
        let other = try Authority.make(named: "other", Validity(from: WallClock.now(), for: .days(1))).authority
        let code = try #require(try site.give().split(separator: "\n").first)
        let answer = try enrol("\(code)\n" + other.certificate.pem)
        #expect(answer.code == .unavailable && answer.words.contains("certificate not trusted"))
        #expect(namesOf(site.folder / "state").allSatisfy { !$0.hasPrefix("authority") && !$0.hasPrefix("identity") })
        #expect(try enrol("").code == .badData)
        #expect(try enrol(String(repeating: "a", count: 20_000)).code != .ok)
        #expect(site.station("enrol").code == .usage)
        #expect(site.station("enrol --code /nowhere \(site.folder / "station.conf")").code == .noInput)
    }

    @Test func `is refused with another authority's certificate, for another station, and when it is withdrawn`() throws
    {
        try site.enrol()
        _ = site.log()
        #expect(try site.deliver(as: 43).words.contains("another station's"))
        #expect(site.log() == ["station 43: not let in: the certificate is station 42's"])
        #expect(site.central("stations withdraw 42").code == .ok)
        #expect(try site.deliver().words.contains("withdrawn"))
        guard case .renewal(.failed(let words)) = try site.work([.renewal(.renew)]).first else {
            return #expect(Bool(false), "a withdrawn station renews nothing")
        }
        #expect(words.contains("withdrawn"))
        try site.enrol()
        #expect(try site.deliver().upTo == 3)
        let other = try Authority.make(named: "other", Validity(from: WallClock.now(), for: .days(1))).authority
        let key = try PrivateKey.generate()
        let request = try CertificateRequest(for: key, name: "station")
        let foreign = try other.issue(request, name: "station-42", Validity(from: WallClock.now(), for: .days(1)))
        try site.write(try key.pem() + foreign.pem, to: "state/identity.pem")
        _ = site.log()
        #expect(try site.deliver().words.contains("not of this central server's authority"))
        #expect(site.log().count == 1)
    }

    @Test func `renews before the end, and uses the new one from the next question on`() throws {
        try site.enrol()
        let before = try #require(bytesOf(site.folder / "state/identity.pem"))
        site.setClock(ahead: .days(60))
        let send = Uploader.Action.send(site.journal, from: Sequence(1), mostRecords: 10, mostBytes: 100_000)
        // One worker, one connection kept alive up to the renewal.
        let events = try site.work([
            .uploader(send), .renewal(.look), .renewal(.renew), .renewal(.look), .uploader(send),
        ])
        guard case .renewal(.found(let old?)) = events[1], case .renewal(.renewed(let new)) = events[2],
            case .renewal(.found(let found?)) = events[3], case .upload(.batch(let answer, _)) = events[4]
        else { return #expect(Bool(false), "\(events) \(site.log())") }
        #expect(old.ends < new.ends && new == found && answer.contiguous == Sequence(3))
        let after = try #require(bytesOf(site.folder / "state/identity.pem"))
        #expect(before != after && before.prefix(200) != after.prefix(200), "a new key as well")
        #expect(try mode("state/identity.pem") == 0o600)
        // Past the end of the first one.
        site.setClock(ahead: .days(100))
        #expect(try site.deliver().upTo == 3)
    }

    @Test func `renews after the end, for ninety days, and delivers nothing until then`() throws {
        try site.enrol()
        let old = try #require(bytesOf(site.folder / "state/identity.pem"))
        site.setClock(ahead: .days(170))
        #expect(try site.deliver().words.contains("it is good for getting the next one alone"))
        guard case .renewal(.renewed) = try site.work([.renewal(.renew)]).first else {
            return #expect(Bool(false), "\(site.log())")
        }
        #expect(try site.deliver().upTo == 3)
        try site.write(String(decoding: old, as: UTF8.self), to: "state/identity.pem")
        site.setClock(ahead: .days(181))
        guard case .renewal(.failed(let words)) = try site.work([.renewal(.renew)]).first else {
            return #expect(Bool(false), "it ended too long ago")
        }
        #expect(words.contains("too long ago: enrol the station anew"))
    }

    private func unlink(_ path: String) -> Bool {
        do {
            try FileManager.default.removeItem(atPath: path)
            return true
        } catch {
            return false
        }
    }

    @Test func `the authority is changed without enrolling anew, and nobody who is not ready is shut out`() throws {
        let site = try EnrolmentSite()
        try site.enrol()
        let before = bytesOf(site.folder / "central/keys/authority.pem")
        let renew: [Action] = [.renewal(.renew)]
        #expect(site.central("authority --retire").code == .configuration)
        #expect(site.central("authority --use-next --host 127.0.0.1").code == .configuration)

        #expect(
            site.central("authority --next").lines.contains { $0.contains("1 of 1 stations do not trust it yet: 42") })
        try site.start()
        #expect(site.central("authority --use-next --host 127.0.0.1").code == .tryAgain)
        _ = try site.work(renew)
        #expect(site.central("authority --use-next --host 127.0.0.1").code == .tryAgain, "it may not have the answer")
        _ = try site.work(renew)
        #expect(site.central("authority --next").lines.contains("all 1 stations trust it"))

        #expect(site.central("authority --use-next --host 127.0.0.1").code == .ok)
        try site.start()
        #expect(try site.deliver().upTo == 3, "a certificate of the one before is still taken")
        #expect(site.central("authority --retire").code == .tryAgain)
        _ = try site.work(renew + renew)
        #expect(site.central("authority --retire").code == .ok)
        try site.start()
        #expect(try site.deliver().upTo == 3)
        _ = try site.work(renew)
        let now = bytesOf(site.folder / "central/keys/authority.pem")
        #expect(now != before && bytesOf(site.folder / "state/authority.pem") == now)
        #expect(!namesOf(site.folder / "central/keys").contains { $0.contains("next") || $0.contains("previous") })
    }

    @Test func `a station that trusts more authorities by its configuration than it names renews all the same`() throws
    {
        let site = try EnrolmentSite()
        try site.enrol()
        let authority = String(decoding: try #require(bytesOf(site.folder / "state/authority.pem")), as: UTF8.self)
        try site.write(String(repeating: authority, count: 5), to: "many.pem")
        let text = String(decoding: try #require(bytesOf(site.folder / "station.conf")), as: UTF8.self)
        try site.write(text + "caFile = \(site.folder / "many.pem")\n", to: "station.conf")
        guard case .renewal(.renewed) = try site.work([.renewal(.renew)]).first else {
            Issue.record("not renewed")
            return
        }
        #expect(bytesOf(site.folder / "state/authority.pem") == Array(authority.utf8))
    }

    @Test func `a station that was left behind is refused, and enrols anew`() throws {
        let site = try EnrolmentSite()
        try site.enrol()
        #expect(site.central("authority --next").code == .ok)
        #expect(site.central("authority --use-next --leave-behind --host 127.0.0.1").code == .ok)
        try site.start()
        #expect(try site.deliver().upTo == nil)
        try site.enrol()
        #expect(try site.deliver().upTo == 3)
    }
}
