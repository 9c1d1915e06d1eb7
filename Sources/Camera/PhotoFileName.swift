import Exchange
import Lane

/// The name of a photo's file, after its passage.
///
///     0123456789abcdef0123456789abcdef-42-front-1.jpg      journal, sequence, camera, how manieth of that camera from 1
///     unnamed-7-front-1.jpg                                a passage that has no sequence yet; never survives a start
package struct PhotoFileName: Hashable, Sendable, CustomStringConvertible {
    /// What stands before the camera.
    package enum Owner: Hashable, Sendable {
        case record(JournalID, Sequence)
        case unnamed(PassageID)
    }

    package static let ending = ".jpg"
    package let owner: Owner
    package let camera: String
    package let number: Int

    package init(_ owner: Owner, camera: String, number: Int) {
        self.owner = owner
        // Configured names stay as they are; one from elsewhere must not lead out of the folder.
        self.camera = String(
            camera.prefix(RecordContext.longestName).map { RecordContext.isName(String($0)) ? $0 : "_" })
        self.number = number
    }

    /// The name that a file has; nil for a file of another kind.
    package init?(_ text: String) {
        guard text.hasSuffix(Self.ending) else { return nil }
        let parts = text.dropLast(Self.ending.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let number = Int(parts[parts.count - 1]) else { return nil }
        // A camera's name may have dashes of its own.
        let camera = parts[2..<(parts.count - 1)].joined(separator: "-")
        if parts[0] == "unnamed", let passage = UInt64(parts[1]) {
            self.init(.unnamed(PassageID(passage)), camera: camera, number: number)
        } else if let journal = JournalID(hex: parts[0]), let sequence = UInt64(parts[1]) {
            self.init(.record(journal, Sequence(sequence)), camera: camera, number: number)
        } else {
            return nil
        }
        guard description == text else { return nil }
    }

    package var description: String {
        let front =
            switch owner {
            case .record(let journal, let sequence): "\(journal.hex)-\(sequence.number)"
            case .unnamed(let passage): "unnamed-\(passage.number)"
            }
        return "\(front)-\(camera)-\(number)\(Self.ending)"
    }
}
