import Central
import Exchange
import Lane

/// An operator's file of agreements.
enum AgreementsFuzz {
    private struct Outcome: Equatable {
        var entries: [AgreementsFile.Entry] = []
        var faults: [AgreementsFault] = []
        var leftOut = 0
    }

    /// The same however it is read, a bounded number of faults that repeat no number, and lines that say the same when they are
    /// written again.
    static func read(file bytes: [UInt8]) throws {
        let outcome = try Cuts.indifferent(bytes, parse)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        try Finding.unless(outcome.entries.count + outcome.faults.count + outcome.leftOut <= lines, "more than lines")
        try Finding.unless(outcome.faults.count <= AgreementsFile.mostFaults, "more faults than anybody reads")
        for fault in outcome.faults { try Wording.check("\(fault)", showsNumbers: false) }
        var text = ""
        var line = 1
        for entry in outcome.entries {
            text += String(repeating: "\n", count: entry.line - line) + written(entry)
            line = entry.line
        }
        try Finding.unless(
            try parse([Array(text.utf8)]) == Outcome(entries: outcome.entries), "a line written says something else")
    }

    private static func parse(_ pieces: [[UInt8]]) throws -> Outcome {
        var outcome = Outcome()
        var rules = AgreementsRules(luhn: [IssuerPrefix(text: "printed:20")].compactMap(\.self))
        rules.mayRemove = true
        var reader = AgreementsReader(rules)
        for piece in pieces { try reader.take(piece) { outcome.entries.append($0) } }
        do {
            try reader.finish { outcome.entries.append($0) }
        } catch let faults as AgreementsFile.Faults {
            (outcome.faults, outcome.leftOut) = (faults.faults, faults.leftOut)
        }
        return outcome
    }

    private static func written(_ entry: AgreementsFile.Entry) -> String {
        var words = [entry.number.system == .pan ? "pan:\(entry.number.clear)" : entry.number.clear]
        words.append(entry.standing?.rawValue ?? AgreementsFile.removal)
        if let from = entry.from { words += ["from", "\(from.text.prefix(16))Z"] }
        if let until = entry.until { words += ["until", "\(until.text.prefix(16))Z"] }
        switch entry.vehicle {
        case .notSaid: break
        case .light: words += ["class", "light"]
        case .heavy: words += ["class", "heavy"]
        }
        return words.joined(separator: " ")
    }
}
