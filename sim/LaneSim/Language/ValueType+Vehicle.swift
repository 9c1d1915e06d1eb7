import Lane
import Central
import Station

extension ValueType where Value == ClosedRange<Metres> {
    /// A part of a vehicle: `8.5 m to 18.75 m`, behind its front.
    static var part: Self {
        let length = ValueType<Metres>.length(.zero...VehicleSection.longest)
        return pair("a part such as 8.5 m to 18.75 m behind the front", " to ") { from, to throws(ValueError) in
            let (start, end) = (try length.parse(from), try length.parse(to))
            guard start < end else { throw ValueError("\("\(from) to \(to)".quoted) has no length") }
            return start...end
        } format: {
            "\(length.format($0.lowerBound)) to \(length.format($0.upperBound))"
        }
    }
}

extension ValueType where Value == Drive.Halt {
    /// `3 m for 20 s`: its front stands there for so long.
    static var halt: Self {
        let length = ValueType<Metres>.length(VehicleSection.positions)
        let time = ValueType<Interval>.duration(.milliseconds(1) ... .days(1))
        return pair("a halt such as 3 m for 20 s", " for ") { at, lasts throws(ValueError) in
            Drive.Halt(at: try length.parse(at), lasts: try time.parse(lasts))
        } format: {
            "\(length.format($0.at)) for \(time.format($0.lasts))"
        }
    }
}

/// Where a vehicle's front is when it comes into another lane.
struct LaneChange: Hashable, Sendable {
    let lane: LaneNumber
    let at: Metres
}

extension ValueType where Value == LaneChange {
    /// `2 at -3 m`
    static var laneChange: Self {
        let length = ValueType<Metres>.length(VehicleSection.positions)
        return pair("a lane and a position, such as 2 at -3 m", " at ") { lane, at throws(ValueError) in
            LaneChange(lane: try ValueType<LaneNumber>.lane.parse(lane), at: try length.parse(at))
        } format: {
            "\($0.lane.number) at \(length.format($0.at))"
        }
    }
}

extension ValueType where Value == ListSection.Change {
    /// `anna blocked`: what an agreement is on this list.
    static var standingChange: Self {
        let standing = ValueType<Standing>.words()
        return pair("an agreement's name and a status, such as anna blocked", " ") { name, status throws(ValueError) in
            ListSection.Change(agreement: name, standing: try standing.parse(status))
        } format: {
            "\($0.agreement) \($0.standing.rawValue)"
        }
    }
}

/// What a vehicle's tag is called in a scenario.
enum TagWord: Hashable, Sendable {
    /// The tag of an agreement that the scenario names.
    case agreement(String)
    /// A number as it is printed, that no agreement names.
    case number(String)
    /// What the tag gives to the reader, whatever it is.
    case text(String)
}

extension ValueType where Value == TagWord? {
    /// An agreement's name, a number, a text in quotes, or `none`.
    static var tag: Self {
        let expected = "an agreement's name, a tag's number, a text of at most 20 characters in \"…\", or none"
        return ValueType(expected) { text throws(ValueError) in
            if text == "none" { return nil }
            if text.hasPrefix("\"") {
                guard text.count >= 3, text.hasSuffix("\"") else { throw ValueError("\(text) is not closed by \"") }
                let inner = String(text.dropFirst().dropLast())
                guard inner.utf8.count <= 20, inner.unicodeScalars.allSatisfy({ (0x20..<0x60).contains($0.value) })
                else { throw ValueError("\(text) is no tag's text: capital letters, digits and signs of ASCII") }
                return .text(inner)
            }
            if text.allSatisfy({ $0.isASCII && $0.isNumber || $0 == " " }) { return .number(text) }
            guard text.unicodeScalars.allSatisfy(ConfigurationText.isWordCharacter) else {
                throw ValueError("\(text.quoted) is neither a name nor a number")
            }
            return .agreement(text)
        } format: {
            switch $0 {
            case .agreement(let name): name
            case .number(let number): number
            case .text(let text): "\"\(text)\""
            case nil: "none"
            }
        }
    }
}

extension ValueType {
    /// Two values with a word between them.
    private static func pair(
        _ expected: String, _ separator: String,
        parse: @escaping @Sendable (String, String) throws(ValueError) -> Value,
        format: @escaping @Sendable (Value) -> String
    ) -> Self {
        ValueType(expected) { text throws(ValueError) in
            let parts = text.split(separator: separator).map { String($0.trimmed) }
            guard parts.count == 2 else { throw ValueError("\(text.quoted) is no such pair") }
            return try parse(parts[0], parts[1])
        } format: {
            format($0)
        }
    }
}
