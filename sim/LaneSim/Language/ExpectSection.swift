import Lane
import Station

/// `[expect NAME]`: a bound on something that is counted over the whole run.
struct ExpectSection: Hashable, Sendable {
    /// A number of things, or a part of all in parts of a million.
    enum Amount: Hashable, Sendable {
        case count(Int)
        case rate(Int)
    }

    let name: String
    var what: Figure?
    var exactly: Amount?
    var least: Amount?
    var most: Amount?
    /// Which alarms; nil: all of them.
    var alarm: Alarm?

    static let mostSections = 1_000

    static let table = SectionTable<ExpectSection>(
        "expect", .named(most: mostSections, example: "everybody"),
        "A bound on something that is counted over the whole run: what is, or least and most or one of them.",
        keys: [
            ConfigurationKey(required: "what", \.what, .words(), example: "vehiclesSeen", "What is counted."),
            ConfigurationKey(optional: "is", \.exactly, .amount, example: "12", "So many exactly, or such a part."),
            ConfigurationKey(optional: "least", \.least, .amount, example: "99.9 %", "So many at the least."),
            ConfigurationKey(optional: "most", \.most, .amount, example: "3", "So many at the most."),
            ConfigurationKey(
                optional: "alarm", \.alarm, .words(), example: "readerDown",
                "Only alarms of this name; together with what = alarms."),
        ]
    ) { ExpectSection(name: $0) }

    /// The amounts that it says.
    var amounts: [Amount] { [exactly, least, most].compactMap(\.self) }
}

extension ValueType where Value == ExpectSection.Amount {
    /// `12`, or `99.9 %`.
    static var amount: Self {
        let count = ValueType<Int>.count(0...1_000_000_000)
        let rate = ValueType<Int>.rate
        return ValueType("\(count.expected), or \(rate.expected)") { text throws(ValueError) in
            text.hasSuffix("%") ? .rate(try rate.parse(text)) : .count(try count.parse(text))
        } format: {
            switch $0 {
            case .count(let number): count.format(number)
            case .rate(let parts): rate.format(parts)
            }
        }
    }
}

extension ExpectSection.Amount {
    var number: Int {
        switch self {
        case .count(let number), .rate(let number): number
        }
    }

    var isRate: Bool {
        switch self {
        case .count: false
        case .rate: true
        }
    }
}

extension Figure {
    /// What it is a part of when it is given as a rate; nil: it is a number of things alone.
    package var whole: String? {
        switch self {
        case .passages, .strayReads, .replayedReads, .vehicles, .photosNotDue, .wrongWay, .gaps, .alarms, .starts,
            .clockSteps, .listsInForce:
            nil
        case .delivered: "passages in the journal"
        case .outOfOrder: "records"
        case .vehiclesSeen, .vehiclesMissed, .vehiclesExcused, .vehiclesDoubled: "vehicles"
        case .vehiclesInvented, .measured, .revised: "passages"
        case .tagsRead: "vehicles with a tag that can be read"
        case .tagsUnreadable, .tagsSwapped: "tagged vehicles"
        case .decisionsRight, .decisionsTooKind, .decisionsTooStrict, .lightsRight, .lightsTooKind, .lightsTooStrict:
            "vehicles"
        case .photosTaken, .photosMissing: "photos that are due"
        }
    }
}
