import Devices
import Lane
import Storage
import Sync

extension Command {
    /// `station lookup`
    static let lookup = Command(
        "lookup", "ask the list in force about a tag",
        help: """
            usage: station lookup NUMBER [FILE] [--clear]

            Says what the list on this station's disk says of a tag, and what it would come to now: outcome, codes,
            light. NUMBER is as printed on the tag (10 or 16 digits, quoted or without spaces), or pan:DIGITS.

            example: station lookup "12 3456789 0"
            """,
        flags: ["--clear"], plain: 2
    ) { arguments in
        guard let text = arguments.plain.first else { throw Arguments.UsageError("give a tag's number") }
        let number = try number(text)
        let configuration = try StationCommands.configuration(arguments, at: 1)
        guard let central = configuration.central else {
            throw CommandFailure(.unavailable, "no [central] in the configuration: this station has no list")
        }
        let folder = ListFolder(
            folder: configuration.station.stateFolder, name: central.list, keys: central.publicKeys)
        let (list, problem) = folder.open()
        if let problem { Terminal.complain(problem) }
        let clock = WallClock.read()
        let answer = list?.answer(for: number) ?? .noList
        let judgement = Judgement(of: answer, at: clock.quality == .good ? clock.utc : nil)
        let profile = configuration.lights.profile
        let light = profile.word(for: profile.aspect(for: judgement.outcome))
        Terminal.print("tag      \(arguments.has("--clear") ? number.clear : "\(number)")")
        Terminal.print(
            "list     "
                + (list.map { "\($0.name) \($0.version.epoch).\($0.version.version), \($0.count) agreements" } ?? "none")
        )
        Terminal.print("says     \(answer.words)")
        let codes = judgement.outcome.resultOp.map { ", ResultOp \($0), ResultFin \(judgement.outcome.resultFin ?? 0)" }
        Terminal.print("outcome  \(judgement.outcome.word)\(codes ?? "")")
        Terminal.print("light    \(light) (profile \(profile.name))")
        Terminal.print("photo    \(judgement.outcome.photoIsDue() ? "yes" : "no")")
        return .ok
    }

    /// A number from a command line. What is wrong with it is said without the number.
    private static func number(_ text: String) throws -> TagNumber {
        do throws(TagNumber.TextError) {
            return text.hasPrefix("pan:") ? try TagNumber(pan: text.dropFirst(4)) : try TagNumber(printed: text)
        } catch {
            let reason =
                switch error {
                case .character: "it has a character that is no digit"
                case .digitCount(let count): "it has \(count) digits; a printed number has 10 or 16, a PAN at most 19"
                case .luhn: "its check digit (Luhn) is wrong"
                }
            throw CommandFailure(.badData, "not a tag number: \(reason)")
        }
    }
}

extension ListAnswer {
    /// The answer for people.
    fileprivate var words: String {
        switch self {
        case .noList: "nothing: there is no usable list"
        case .denied: "denied: a denial list names it"
        case .issuerNotAccepted: "its issuer is not accepted here"
        case .absent: "nothing: no list names it"
        case .entry(let agreement, _):
            "\(agreement.status)" + (agreement.validFrom.map { ", from \($0.text)" } ?? "")
                + (agreement.validUntil.map { ", until \($0.text)" } ?? "")
        }
    }
}
