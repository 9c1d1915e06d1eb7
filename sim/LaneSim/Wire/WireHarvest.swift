import Exchange
import FoundationEssentials
import Lane

/// What a run leaves behind, read from the real programs: the station's records and what the central server has.
struct WireHarvest {
    /// A line of `central photos --json`.
    struct PhotoLine: Decodable {
        let sequence: UInt64
        let digest: String
        /// From the central server's folder on.
        let path: String
    }

    let records: [Observation.SealedLine]
    let atCentral: [RecordLine]
    let photos: [PhotoLine]
    /// What is no record, or does not follow the one before it.
    private(set) var troubles: [String] = []

    /// - Parameters:
    ///   - station: the lines of `station journal export`.
    ///   - central: the lines of `central records`.
    ///   - beginning: the scenario's first moment.
    init(station: [String], central: [String], photos: [String], since beginning: Instant) throws {
        var troubles: [String] = []
        let lines = Self.lines(station, "the station's journal", &troubles)
        atCentral = Self.lines(central, "what the central server has", &troubles)
        records = lines.compactMap { line in
            RecordFields(body: line.body).map { fields in
                let at = Instant(nanoseconds: (fields.start ?? fields.at).mono) - beginning
                return Observation.SealedLine(line: line, fields: fields, at: at)
            }
        }
        if records.count < lines.count { troubles.append("\(lines.count - records.count) records cannot be read") }
        self.photos = try photos.map { try JSONDecoder().decode(PhotoLine.self, from: Data($0.utf8)) }
        self.troubles = troubles
    }

    private static func lines(_ text: [String], _ what: String, _ troubles: inout [String]) -> [RecordLine] {
        text.enumerated().compactMap { index, text in
            do throws(RecordLine.Problem) {
                return try RecordLine(parsing: text.utf8)
            } catch {
                troubles.append("line \(index + 1) of \(what) is no record")
                return nil
            }
        }
    }

    /// Puts it into an observation.
    func fill(_ observation: inout Observation) {
        observation.records = records
        observation.atCentral = atCentral
        observation.photosAtCentral = photos.compactMap { Digest(hex: $0.digest) }
        observation.troubles += troubles
    }
}
