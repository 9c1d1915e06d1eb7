import Glibc
import Lane

/// Divides a list file in parts, and makes one of them again: for a way on which a list comes in pieces that each have to be checked
/// alone.
package enum AgreementListParts {
    /// How many parts a list has when none may be larger than this; nil: more than 1 000.
    package static func count(of list: AgreementListHeader, ofBytes most: Int) -> Int? {
        let room = max(1, most - ListEnvelope.bytes)
        let count = max(1, (list.contentBytes + room - 1) / room)
        return count <= AgreementListHeader.Part.most ? count : nil
    }

    /// Writes the parts of a list to a folder, each durably, and returns their paths in order: `NAME.EPOCH.VERSION.K-of-N`. The key has to
    /// be the list's own. When one cannot be written, those before it are deleted.
    package static func split(
        _ list: AgreementList, into count: Int, folder: String, signedBy key: SigningKey
    ) throws(ListError) -> [String] {
        guard (1...AgreementListHeader.Part.most).contains(count) else { throw .partCount(count) }
        guard list.header.key == key.publicKey.id else { throw .unknownKey(list.header.key) }
        var paths: [String] = []
        for number in 1...count {
            let (name, version) = (list.name, list.version)
            let path = "\(folder)/\(name).\(version.epoch).\(version.version).\(number)-of-\(count)"
            do throws(ListError) {
                try write(.init(number: number, of: count), of: list, signedBy: key, into: path)
            } catch {
                for path in paths { unsafe unlink(path) }
                throw error
            }
            paths.append(path)
        }
        return paths
    }

    private static func write(
        _ part: AgreementListHeader.Part, of list: AgreementList, signedBy key: SigningKey, into path: String
    ) throws(ListError) {
        var header = AgreementListHeader(
            name: list.name, version: list.version, issuedAt: list.issuedAt, activeFrom: list.activeFrom,
            staleAfter: list.staleAfter)
        header.kind = .part
        header.part = part
        header.key = key.publicKey.id
        var output = try ListOutput(replacing: path)
        try output.append(list.mapping.bytes(0..<AgreementListHeader.bytes))
        try output.append(list.mapping, part.stretch(of: list.header), behind: AgreementListHeader.bytes)
        header.digest = try output.finish()
        try list.mapping.requireReadable()
        header.contentBytes = output.count
        let signed = header.signed
        try output.commit(header: signed + key.signature(over: signed))
    }

    /// Makes the list of all its parts, given in any order, and writes it to `path`, durably: it appears there whole or not at all, byte
    /// for byte as it was divided. Refused: parts of two lists or of two divisions of one, one that is missing, one that is there twice.
    ///
    /// The digest is the one that was signed; whoever opens the list verifies the entries behind it, as always.
    package static func join(
        _ paths: [String], trusting keys: [PublicKey], into path: String
    ) throws(ListError) {
        guard (1...AgreementListHeader.Part.most).contains(paths.count) else { throw .partCount(paths.count) }
        var parts: [AgreementListPart] = []
        for path in paths { parts.append(try AgreementListPart.open(path: path, trusting: keys)) }
        try join(parts, into: path)
    }

    /// The same of parts that are open.
    static func join(_ parts: [AgreementListPart], into path: String) throws(ListError) {
        let (first, ordered) = try inOrder(parts)
        var output = try ListOutput(replacing: path)
        for part in ordered {
            try output.append(part.mapping, ListEnvelope.bytes..<part.mapping.count, behind: 0)
        }
        guard try output.finish() == first.list.digest else { throw .digestMismatch }
        try output.commit(header: first.listHeader)
    }

    /// Whether parts, given in any order, are all of one list and come to its digest; nothing is written.
    package static func verify(_ parts: [AgreementListPart]) throws(ListError) {
        let (first, ordered) = try inOrder(parts)
        var stream = DigestStream()
        for part in ordered {
            unsafe stream.update(UnsafeRawBufferPointer(rebasing: part.mapping.memory[ListEnvelope.bytes...]))
        }
        for part in ordered { try part.mapping.requireReadable() }
        guard stream.finish() == first.list.digest else { throw .digestMismatch }
    }

    /// All parts of one list, the first one first.
    private static func inOrder(
        _ parts: [AgreementListPart]
    ) throws(ListError) -> (first: AgreementListPart, ordered: [AgreementListPart]) {
        guard let first = parts.first else { throw .partCount(0) }
        let listHeader = first.listHeader
        guard parts.allSatisfy({ $0.listHeader == listHeader && $0.part.of == first.part.of }) else {
            throw .mixedParts
        }
        let ordered = parts.sorted { $0.part.number < $1.part.number }
        var number = 1
        for part in ordered {
            guard part.part.number >= number else { throw .partTwice(number: part.part.number) }
            guard part.part.number == number else { throw .missingPart(number: number, of: first.part.of) }
            number += 1
        }
        guard number > first.part.of else { throw .missingPart(number: number, of: first.part.of) }
        return (first, ordered)
    }
}

extension ListOutput {
    /// Appends a stretch of a file, counted from an offset.
    fileprivate mutating func append(
        _ mapping: Mapping, _ stretch: Range<Int>, behind offset: Int
    ) throws(ListError) {
        let range = offset + stretch.lowerBound..<offset + stretch.upperBound
        try unsafe append(UnsafeRawBufferPointer(rebasing: mapping.memory[range]))
    }
}
