import Lane
import Station

/// Reads an agreements file piece by piece, and goes on after a fault so that one run shows them all. It keeps no more of
/// the file than a line.
package struct AgreementsReader {
    private let rules: AgreementsRules
    private(set) var faults: [AgreementsFault] = []
    private(set) var leftOut = 0
    /// How many lines have been read.
    private(set) var line = 0
    /// The beginning of a line whose end has not come yet.
    private var beginning: [UInt8] = []

    package init(_ rules: AgreementsRules = AgreementsRules()) { self.rules = rules }

    /// Takes in the next bytes, and hands on what their lines say. What `body` throws as an `AgreementsFault` is noted like any.
    package mutating func take(_ piece: [UInt8], _ body: (AgreementsFile.Entry) throws -> Void) throws {
        var rest = piece[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if beginning.isEmpty {
                try readLine(rest[..<end], body)
            } else {
                keep(rest[..<end])
                try readLine(takeBeginning()[...], body)
            }
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    /// The file has ended.
    package mutating func finish(_ body: (AgreementsFile.Entry) throws -> Void) throws {
        if !beginning.isEmpty { try readLine(takeBeginning()[...], body) }
        guard faults.isEmpty else { throw AgreementsFile.Faults(faults: faults, leftOut: leftOut) }
    }

    private mutating func note(_ fault: AgreementsFault) {
        if faults.count < AgreementsFile.mostFaults { faults.append(fault) } else { leftOut += 1 }
    }

    /// Of a line that is too long, a little more than a line may have is kept: enough to say so.
    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        let room = AgreementsFile.longestLine + Self.byteOrderMark.count + 1 - beginning.count
        beginning += bytes.prefix(max(0, room))
    }

    private mutating func takeBeginning() -> [UInt8] {
        defer { beginning = [] }
        return beginning
    }

    private mutating func readLine(
        _ bytes: ArraySlice<UInt8>, _ body: (AgreementsFile.Entry) throws -> Void
    ) throws {
        line += 1
        var bytes = bytes
        if line == 1, bytes.starts(with: Self.byteOrderMark) { bytes = bytes.dropFirst(Self.byteOrderMark.count) }
        do {
            if let entry = try AgreementsLine(bytes, number: line, rules: rules).entry() { try body(entry) }
        } catch let fault as AgreementsFault {
            note(fault)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
