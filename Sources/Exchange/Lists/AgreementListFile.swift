import Lane

/// A list file of whatever kind it is.
package enum AgreementListFile: Sendable {
    /// Opened by its header; `AgreementList.verify` does the rest.
    case whole(AgreementList)
    /// Verified whole.
    case change(AgreementListChange)
    /// Verified whole, for itself.
    case part(AgreementListPart)

    /// Maps a file and verifies as much of it as the case says.
    package static func open(path: String, trusting keys: [PublicKey]) throws(ListError) -> AgreementListFile {
        switch try kind(of: path) {
        case .whole: .whole(try AgreementList.open(path: path, trusting: keys, checking: .header))
        case .change: .change(try AgreementListChange.open(path: path, trusting: keys))
        case .part: .part(try AgreementListPart.open(path: path, trusting: keys))
        }
    }

    /// What a file says that it is; nothing in it is trusted yet.
    package static func kind(of path: String) throws(ListError) -> AgreementListHeader.Kind {
        let mapping = try Mapping(
            file: path, atMost: max(AgreementListPart.mostBytes, AgreementListChange.mostBytes), .fewLines)
        return try mapping.reading { () throws(ListError) in
            try AgreementListHeader.requireRoom(in: mapping)
            let signed = mapping.bytes(0..<AgreementListHeader.signedBytes)
            return try AgreementListHeader(signed: signed, fileBytes: mapping.count).kind
        }
    }

    /// The header of the list that the file is, leads to, or is a part of.
    package var list: AgreementListHeader {
        switch self {
        case .whole(let list): list.header
        case .change(let change): change.successor
        case .part(let part): part.list
        }
    }

    /// The file, in bytes.
    package var bytes: Int {
        switch self {
        case .whole(let list): list.bytes
        case .change(let change): change.bytes
        case .part(let part): part.bytes
        }
    }
}
