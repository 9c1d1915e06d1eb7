import Lane
import Station

/// Reads an agreements file line by line, and goes on after a fault so that one run shows them all.
struct AgreementsReader {
    private(set) var entries: [AgreementsFile.Entry] = []
    private(set) var faults: [AgreementsFault] = []
    private(set) var leftOut = 0
    /// On which line a number stood first.
    private var lines: [TagNumber: Int] = [:]

    mutating func read(_ text: [UInt8]) {
        guard text.count <= AgreementsFile.mostBytes else {
            return note(AgreementsFault(position: TextPosition(line: 1, column: 1), expected: .smallerFile))
        }
        var rest = text[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        var line = 0
        while !rest.isEmpty {
            line += 1
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            readLine(rest[rest.startIndex..<end], number: line)
            rest = rest[min(end + 1, rest.endIndex)...]
        }
    }

    private mutating func readLine(_ bytes: ArraySlice<UInt8>, number line: Int) {
        let start = TextPosition(line: line, column: 1)
        do throws(AgreementsFault) {
            guard let entry = try AgreementsLine(bytes, number: line).entry() else { return }
            if let earlier = lines.updateValue(line, forKey: entry.number) {
                lines[entry.number] = earlier
                throw AgreementsFault(position: start, expected: .newNumber(line: earlier))
            }
            guard entries.count < AgreementsFile.mostEntries else {
                throw AgreementsFault(position: start, expected: .fewerAgreements)
            }
            entries.append(entry)
        } catch {
            note(error)
        }
    }

    private mutating func note(_ fault: AgreementsFault) {
        if faults.count < AgreementsFile.mostFaults { faults.append(fault) } else { leftOut += 1 }
    }
}
