import Lane
import TagReader

/// Numbers for the tags of traffic: in the site's own notation, each once, and none that the scenario names.
struct TagTexts {
    private let rule: TagText
    private let taken: Set<String>
    private var count = 0

    init(_ rule: TagText, without taken: Set<String>) {
        self.rule = rule
        self.taken = taken
    }

    /// How many there are.
    var room: Int {
        guard case .agencySerial(_, let digits) = rule, digits < Self.digits else { return Self.powers(Self.digits) }
        return Self.powers(digits)
    }

    /// The next one; nil when all have been used.
    mutating func next() -> (text: String, number: TagNumber)? {
        while count < room {
            let text = self.text(count)
            count += 1
            guard !taken.contains(text), case .tag(let number) = rule.content(of: Array(text.utf8)) else { continue }
            return (text, number)
        }
        return nil
    }

    /// A billion are enough for all of Norway's traffic.
    private static let digits = 9

    private static func powers(_ n: Int) -> Int { (0..<n).reduce(1) { power, _ in power * 10 } }

    private func text(_ count: Int) -> String {
        switch rule {
        case .printed10or16: "7" + Self.padded(count, Self.digits)
        case .agencySerial(let prefix, let digits): prefix + Self.padded(count, digits)
        case .ata: "T" + Self.padded(count, Self.digits)
        }
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
