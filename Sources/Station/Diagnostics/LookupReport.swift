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
    }

    /// Nil: there is no usable list.
    package var list: ListLine?
    /// The list's entry in words.
    package var entry: String
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
    init(
        of tag: TagNumber, by list: AgreementList?, accepting issuers: AcceptedIssuers, in profile: LightProfile,
        at utc: UTC, _ clock: ClockQuality
    ) {
        let answer = issuers.refusal(of: tag, by: list?.version) ?? list?.answer(for: tag) ?? .noList
        let outcome = Judgement(of: answer, at: clock == .good ? utc : nil).outcome
        self.list = list.map {
            ListLine(name: $0.name, epoch: $0.version.epoch, version: $0.version.version, agreements: $0.count)
        }
        entry = answer.words
        self.outcome = outcome.word
        (resultOp, resultFin) = (outcome.resultOp, outcome.resultFin)
        light = profile.word(for: profile.aspect(for: outcome))
        self.profile = profile.name
        photo = outcome.photoIsDue()
        self.clock = clock.word
    }

    /// The report for people, a line each.
    var lines: [String] {
        let codes = resultOp.map { ", ResultOp \($0), ResultFin \(resultFin ?? 0)" } ?? ""
        return [
            "list     " + (list.map { "\($0.name) \($0.epoch).\($0.version), \($0.agreements) agreements" } ?? "none"),
            "says     \(entry)",
            "outcome  \(outcome)\(codes)",
            "light    \(light) (profile \(profile))",
            "photo    \(photo ? "yes" : "no")",
        ]
    }
}

extension ListAnswer {
    /// The answer for people.
    fileprivate var words: String {
        switch self {
        case .noList: "nothing: there is no usable list"
        case .malformed: "nothing: its check digit is wrong, and its issuer demands it"
        case .denied: "denied: a denial list names it"
        case .issuerNotAccepted: "its issuer is not accepted here"
        case .absent: "nothing: no list names it"
        case .entry(let agreement, _):
            "\(agreement.status)" + (agreement.validFrom.map { ", from \($0.text)" } ?? "")
                + (agreement.validUntil.map { ", until \($0.text)" } ?? "")
        }
    }
}
