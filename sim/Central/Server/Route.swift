import Exchange
import HTTP
import Lane

/// What a path of the interface names; `openapi.yaml` has the same paths.
package enum Route: Hashable {
    /// GET /v1/health
    case health
    /// GET /v1/stations/{station}/journals/{journal}/position
    case position(JournalName)
    /// POST /v1/stations/{station}/journals/{journal}/records
    case records(JournalName)
    /// PUT /v1/stations/{station}/journals/{journal}/photos/{sequence}/{camera}/{n}
    case photo(PhotoName)
    /// POST /v1/stations/{station}/enrolment
    case enrolment(StationID)
    /// POST /v1/stations/{station}/certificate
    case certificate(StationID)
    /// GET /v1/lists/{name}
    case list(String)
    /// GET /v1/lists/{name}/{file}
    case listFile(String, ListFile)

    /// Stations have numbers of at most nine digits.
    private static let mostStation: UInt64 = 999_999_999
    /// Far beyond what any journal reaches; it fits SQLite's integers.
    private static let mostSequence: UInt64 = 999_999_999_999_999_999
    /// A passage has a few photos.
    private static let mostPhotos: UInt64 = 99

    /// Nil: no such path, or a part of it is not of its form.
    package init?(_ segments: [String]) {
        var rest = segments[...]
        guard rest.popFirst() == "v1" else { return nil }
        switch (rest.popFirst(), rest.count) {
        case ("health", 0): self = .health
        case ("lists", 1):
            guard let name = rest.popFirst(), CentralFolder.isListName(name) else { return nil }
            self = .list(name)
        case ("lists", 2):
            guard let name = rest.popFirst(), CentralFolder.isListName(name),
                let file = rest.popFirst().flatMap({ ListFile(name: $0) })
            else { return nil }
            self = .listFile(name, file)
        case ("stations", 2...):
            guard let number = Self.number(rest.popFirst(), 1...Self.mostStation) else { return nil }
            self.init(rest, of: StationID(UInt32(number)))
        default: return nil
        }
    }

    private init?(_ segments: ArraySlice<String>, of station: StationID) {
        var rest = segments
        switch (rest.popFirst(), rest.count) {
        case ("enrolment", 0): self = .enrolment(station)
        case ("certificate", 0): self = .certificate(station)
        case ("journals", 2...):
            guard let journal = rest.popFirst().flatMap({ JournalID(hex: $0) }) else { return nil }
            self.init(rest, of: JournalName(station: station, journal: journal))
        default: return nil
        }
    }

    private init?(_ segments: ArraySlice<String>, of journal: JournalName) {
        var rest = segments
        switch (rest.popFirst(), rest.count) {
        case ("position", 0): self = .position(journal)
        case ("records", 0): self = .records(journal)
        case ("photos", 3):
            guard let sequence = Self.number(rest.popFirst(), 1...Self.mostSequence), let camera = rest.popFirst(),
                RecordContext.isName(camera), let number = Self.number(rest.popFirst(), 1...Self.mostPhotos)
            else { return nil }
            self = .photo(
                PhotoName(journal: journal, sequence: Sequence(sequence), camera: camera, number: Int(number)))
        default: return nil
        }
    }

    /// What it can be asked with.
    var method: Method {
        switch self {
        case .health, .position, .list, .listFile: .get
        case .records, .enrolment, .certificate: .post
        case .photo: .put
        }
    }

    /// The station whose this is; nil: nobody's.
    var station: StationID? {
        switch self {
        case .health, .list, .listFile: nil
        case .enrolment(let station), .certificate(let station): station
        case .position(let journal), .records(let journal): journal.station
        case .photo(let photo): photo.journal.station
        }
    }

    /// Digits only, without a sign or leading zeros.
    private static func number(_ text: String?, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text, let number = UInt64(text), String(number) == text, range.contains(number) else { return nil }
        return number
    }
}
