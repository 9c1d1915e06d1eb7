/// Reads a table of agreements piece by piece, and goes on after a fault so that one run shows them all.
package struct AgreementsCSVReader {
    private let rules: AgreementsCSV.Rules
    package private(set) var faults: [AgreementsCSV.Fault] = []
    /// Faults beyond `AgreementsCSV.mostFaults`.
    package private(set) var leftOut = 0
    private(set) var line = 0
    /// The beginning of a line whose end has not come yet.
    private var beginning: [UInt8] = []
    /// What the first line says.
    private var columns: [AgreementsCSV.Column]?
    private var separator = UInt8(ascii: ",")
    /// The first line is none that says what the columns are: no other can be read.
    private var isUnknown = false

    package init(_ rules: AgreementsCSV.Rules) { self.rules = rules }

    /// Takes in the next bytes, and hands on what their lines say.
    package mutating func take(_ piece: [UInt8], _ body: (AgreementsCSV.Row) throws -> Void) throws {
        var rest = piece[...]
        while let end = rest.firstIndex(of: 0x0A) {
            if beginning.isEmpty {
                try read(rest[..<end], body)
            } else {
                keep(rest[..<end])
                try readBeginning(body)
            }
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    /// The file has ended.
    package mutating func finish(_ body: (AgreementsCSV.Row) throws -> Void) throws {
        if !beginning.isEmpty { try readBeginning(body) }
        if columns == nil, !isUnknown {
            note(.init(line: 1, column: 1, sentence: "expected a first line with the columns' names"))
        }
    }

    private mutating func readBeginning(_ body: (AgreementsCSV.Row) throws -> Void) throws {
        let whole = beginning
        beginning = []
        try read(whole[...], body)
    }

    /// Of a line that is too long a little more than a line may have is kept: enough to say so.
    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        beginning += bytes.prefix(max(0, AgreementsCSV.longestLine + 4 - beginning.count))
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (AgreementsCSV.Row) throws -> Void) throws {
        line += 1
        let bytes = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        let text = AgreementsCSVLine(bytes: bytes, number: line)
        guard !isUnknown, bytes.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { return }
        if let row = row(of: text) { try body(row) }
    }

    private mutating func row(of text: AgreementsCSVLine) -> AgreementsCSV.Row? {
        do throws(AgreementsCSV.Fault) {
            guard text.bytes.count <= AgreementsCSV.longestLine + 1 else {
                throw text.fault(
                    "expected at most \(AgreementsCSV.longestLine) bytes in a line",
                    at: text.bytes.startIndex + AgreementsCSV.longestLine)
            }
            if let columns { return try text.row(columns, separatedBy: separator, rules) }
            isUnknown = true
            columns = try heading(text)
            isUnknown = false
        } catch {
            note(error)
        }
        return nil
    }

    /// The columns that the first line names; with it, what separates them.
    private mutating func heading(_ text: AgreementsCSVLine) throws(AgreementsCSV.Fault) -> [AgreementsCSV.Column] {
        if text.bytes.contains(UInt8(ascii: ";")) { separator = UInt8(ascii: ";") }
        var columns: [AgreementsCSV.Column] = []
        let known = KnownWords(AgreementsCSV.Column.allCases.map(\.rawValue))
        for value in text.values(separatedBy: separator) {
            let word = String(decoding: value, as: UTF8.self)
            guard let column = AgreementsCSV.Column(rawValue: word) else {
                // A file without a first line begins with a number: it is not repeated.
                throw text.fault(
                    "expected the name of a column: \(known.words.joined(separator: ", "))\(known.hint(for: word))",
                    at: value.startIndex)
            }
            guard !columns.contains(column) else {
                throw text.fault("expected each column once", at: value.startIndex)
            }
            columns.append(column)
        }
        guard columns.contains(.number) else {
            throw text.fault("expected a column with the name number", at: text.bytes.startIndex)
        }
        return columns
    }

    private mutating func note(_ fault: AgreementsCSV.Fault) {
        if faults.count < AgreementsCSV.mostFaults { faults.append(fault) } else { leftOut += 1 }
    }
}
