import Exchange
import Lane

/// The station's journal held against what the central server has: the chain whole, each record there once, byte for
/// byte, and each read in one record.
struct DeliveryProof: Sendable {
    private static let passage = "passage"

    /// Records that the central server has.
    let records: Int
    /// Passages in the station's journal.
    let committed: Int
    /// Passages at the central server.
    let delivered: Int
    /// Photos that are named, with their digests, in the central server's records.
    let photos: Int
    /// The digits of tags in records of reads that no vehicle had.
    let replayedTags: Set<String>
    /// What is wrong; nil: the chain is whole and the central server's records are the journal's, from its first one on.
    let fault: String?

    /// - Parameters:
    ///   - station: the lines of `station journal export`.
    ///   - central: the lines of `central records`.
    init(station: [String], central: [String]) {
        records = central.count
        var previous = Digest.zero
        var fault: String?
        for (index, text) in station.enumerated() {
            do throws(RecordLine.Problem) {
                let line = try RecordLine(parsing: text.utf8)
                if !line.follows(previous) {
                    fault = fault ?? "record \(index + 1) of the station's journal does not follow the one before it"
                }
                previous = line.digest
            } catch {
                fault = fault ?? "record \(index + 1) of the station's journal is no record"
            }
        }
        if let index = zip(station, central).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset {
            fault = fault ?? "record \(index + 1) at the central server is not the station's"
        }
        if central.count > station.count {
            fault = fault ?? "the central server has \(central.count) records, the station's journal \(station.count)"
        }
        let fields = central.compactMap(Self.fields)
        committed = station.compactMap(Self.fields).count { $0.type == Self.passage }
        delivered = fields.count { $0.type == Self.passage }
        photos = fields.reduce(0) { $0 + ($1.photos?.count { $0.digest != nil } ?? 0) }
        replayedTags = Set(fields.compactMap { $0.read?.tag?.split(separator: ":").last.map(String.init) })
        var seen: Set<UInt64> = []
        let ids = fields.flatMap { ($0.reads ?? []) + [$0.read].compactMap { $0 } }.map(\.id)
        if let twice = ids.first(where: { !seen.insert($0).inserted }) {
            fault = fault ?? "read \(twice) is in two records"
        }
        if fault == nil, committed != delivered {
            fault = "\(committed) passages are committed, \(delivered) are at the central server"
        }
        self.fault = fault
    }

    /// One line for people.
    var text: String {
        "committed \(committed), at central \(delivered); "
            + (fault.map { "NOT VERIFIED: \($0)" } ?? "chain of \(records) records verified, digest by digest")
    }

    private static func fields(of line: String) -> RecordFields? {
        do throws(RecordLine.Problem) {
            return RecordFields(body: try RecordLine(parsing: line.utf8).body)
        } catch {
            return nil
        }
    }
}
