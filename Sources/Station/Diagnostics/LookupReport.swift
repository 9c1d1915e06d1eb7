import Exchange
import Lane
import Lights

/// What `station lookup --json` prints: what a list says of a tag, and what it comes to. It does not hold the number.
package struct LookupReport: Codable, Hashable, Sendable {
    package struct ListLine: Codable, Hashable, Sendable {
        package var name: String
        package var epoch: UInt32
        package var version: UInt32
        package var agreements: Int
        package var file: String?
        /// Milliseconds since it was issued.
        package var age: Int64
        package var isStale: Bool
        /// Whether all of it was read and found good; nil: nobody said.
        package var isVerified: Bool?
    }

    /// Where the list that is asked comes from.
    struct Source {
        let list: AgreementList
        let file: String
        let isVerified: Bool
    }

    /// Nil: there is no usable list.
    package var list: ListLine?
    /// What the [issuer] sections say of its issuer.
    package var issuer: String
    /// The list's entry in words.
    package var entry: String
    /// Whether the entry's dates count now, in words.
    package var dates: String
    package var outcome: String
    /// The codes of ISO 14906; nil where the outcome has none.
    package var resultOp: UInt8?
    package var resultFin: UInt8?
    package var light: String
    package var profile: String
    package var photo: Bool
    /// How good the clock is: validity dates are held to by a good one only.
    package var clock: String

    /// - Parameter utc: the civil time; dates are held to if the clock is good.
    init(of tag: TagNumber, by source: Source?, under station: StationConfiguration, at utc: UTC, _ clock: ClockQuality)
    {
        let list = source?.list
        let issuers = station.issuers
        let answer = issuers.refusal(of: tag, by: list?.version) ?? list?.answer(for: tag) ?? .noList
        let outcome = Judgement(of: answer, at: clock == .good ? utc : nil).outcome
        self.list = source.map { ListLine($0, at: utc) }
        issuer = Self.words(of: issuers.row(of: tag), hasRows: !issuers.rows.isEmpty)
        entry = answer.words(entry: list?.entry(of: tag))
        dates = Self.dates(of: answer, clock)
        self.outcome = outcome.word
        (resultOp, resultFin) = (outcome.resultOp, outcome.resultFin)
        light = station.lights.profile.word(for: station.lights.profile.aspect(for: outcome))
        profile = station.lights.profile.name
        photo = outcome.photoIsDue()
        self.clock = clock.word
    }

    /// The report for people, a line each.
    var lines: [String] {
        let codes = resultOp.map { ", ResultOp \($0), ResultFin \(resultFin ?? 0)" } ?? ""
        return [
            "list     " + (list?.words ?? "none"),
            "file     " + (list?.file ?? "none"),
            "issuer   \(issuer)",
            "says     \(entry)",
            "dates    \(dates)",
            "outcome  \(outcome)\(codes)",
            "light    \(light) (profile \(profile))",
            "photo    \(photo ? "yes" : "no")",
        ]
    }

    private static func words(of row: AcceptedIssuers.Row?, hasRows: Bool) -> String {
        guard hasRows else { return "everybody's tags are accepted: there is no [issuer]" }
        guard let row else { return "not accepted: no [issuer] has a prefix of it" }
        return "\(row.isAccepted ? "accepted" : "not accepted") by [issuer \(row.name)], prefix \(row.prefix)"
            + (row.demandsLuhn ? ", check digit demanded" : "")
    }

    private static func dates(of answer: ListAnswer, _ clock: ClockQuality) -> String {
        guard case .entry(let agreement, _) = answer, agreement.validFrom != nil || agreement.validUntil != nil else {
            return "none"
        }
        return clock == .good ? "they count: the clock is good" : "they do not count: nobody vouches for the clock"
    }
}

extension LookupReport.ListLine {
    fileprivate init(_ source: LookupReport.Source, at utc: UTC) {
        let list = source.list
        self.init(
            name: list.name, epoch: list.version.epoch, version: list.version.version, agreements: list.count,
            file: source.file, age: utc.milliseconds - list.issuedAt.milliseconds, isStale: list.isStale(at: utc),
            isVerified: source.isVerified)
    }

    fileprivate var words: String {
        let verified = isVerified.map { $0 ? ", verified" : ", not verified yet" } ?? ""
        let when = age < 0 ? "issued in the future" : "issued \(StatusText.span(age)) ago"
        return "\(name) \(epoch).\(version), \(agreements) agreements, \(when)\(isStale ? ", STALE" : "")\(verified)"
    }
}

extension ListAnswer {
    /// The answer for people.
    fileprivate func words(entry: AgreementListEntry?) -> String {
        switch self {
        case .noList: "nothing: there is no usable list"
        case .malformed: "nothing: its check digit is wrong, and its issuer demands it"
        case .denied: "denied: a denial list names it"
        case .issuerNotAccepted: "nothing: its issuer is not accepted here, or the list does not speak for it"
        case .absent: "nothing: no list names it"
        case .entry: entry?.words ?? "nothing"
        }
    }
}

extension StationMachine {
    /// What comes of a tag now.
    func lookup(_ tag: TagNumber, at now: Instant) -> LookupReport {
        let source = list.map { list in
            LookupReport.Source(
                list: list, file: "\(configuration.station.stateFolder)/\(list.name).list",
                isVerified: !desk.list.isUnverified)
        }
        return LookupReport(of: tag, by: source, under: configuration, at: clock.utc(at: now), clock.clock)
    }
}
