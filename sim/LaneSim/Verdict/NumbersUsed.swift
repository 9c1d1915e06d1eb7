import Lane
import TagReader

/// The numbers of a run's tags and plates, looked for where none may stand: in logs, whatever their level.
struct NumbersUsed {
    /// Shorter ones stand in any log by chance: times, counts, ports.
    static let least = 6

    private var numbers: Set<[UInt8]> = []
    private var lengths: Set<Int> = []

    /// A tag's number is looked for as its text, as the characters that the site's rule makes of it, and as its key.
    init(_ plan: RoadPlan, _ site: Site) {
        let rules = Set(site.configuration.readers.map(\.settings.tagText))
        for vehicle in plan.vehicles {
            add(vehicle.plate.utf8)
            for tag in vehicle.tags {
                add(tag.text.utf8)
                for case .tag(let number) in rules.map({ $0.content(of: Array(tag.text.utf8)) }) { add(number) }
            }
        }
    }

    private mutating func add(_ number: TagNumber) {
        add(number.characters)
        add(String(number.key).utf8)
        add(String(number.key, radix: 16).utf8)
    }

    /// How many writings are looked for.
    var count: Int { numbers.count }

    private mutating func add(_ text: some Collection<UInt8>) {
        let kept = Self.kept(text)
        guard kept.count >= Self.least else { return }
        numbers.insert(kept)
        lengths.insert(kept.count)
    }

    /// Letters and digits, letters small; what may stand between the groups of a number is nothing.
    private static func kept(_ text: some Collection<UInt8>) -> [UInt8] {
        text.compactMap { character in
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): character + 32
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): character
            default: nil
            }
        }
    }

    /// Whether a line has one of them, in one piece or in groups with spaces or hyphens between.
    func areIn(_ line: some Collection<UInt8>) -> Bool {
        line.split { !Self.isOfNumbers($0) }.contains { piece in
            let kept = Self.kept(piece)
            return lengths.contains { length in
                guard kept.count >= length else { return false }
                return (0...kept.count - length).contains { numbers.contains(Array(kept[$0..<$0 + length])) }
            }
        }
    }

    private static func isOfNumbers(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What of these lines holds one, in words that do not repeat it; the first few.
    func troubles(in lines: some Collection<String>, of what: String) -> [String] {
        lines.enumerated().lazy.filter { areIn($0.element.utf8) }.prefix(3).map { place, _ in
            "line \(place + 1) of \(what) holds the number of a tag or plate"
        }
    }
}
