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
    /// A camera's name in a file name: letters and digits of ASCII, `_` and `.`, as configuration demands.
    package static let longestCamera = 32

    package let owner: Owner
    package let camera: String
    package let number: Int

    package init(_ owner: Owner, camera: String, number: Int) {
        self.owner = owner
        // A name from elsewhere must not lead out of the folder.
        self.camera = String(camera.prefix(Self.longestCamera).map { Self.isAllowed($0) ? $0 : "_" })
        self.number = number
    }

    /// The name that a file has; nil for a file of another kind.
    package init?(_ text: String) {
        guard text.hasSuffix(Self.ending) else { return nil }
        let parts = text.dropLast(Self.ending.count).split(separator: "-", omittingEmptySubsequences: false)
        guard let last = parts.last, let number = Int(last) else { return nil }
        if parts.count == 4, parts[0] == "unnamed", let passage = UInt64(parts[1]) {
            self.init(.unnamed(PassageID(passage)), camera: String(parts[2]), number: number)
        } else if parts.count == 4, let journal = JournalID(hex: parts[0]), let sequence = UInt64(parts[1]) {
            self.init(.record(journal, Sequence(sequence)), camera: String(parts[2]), number: number)
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

    private static func isAllowed(_ c: Character) -> Bool {
        c.isASCII && (c.isLetter || c.isNumber || c == "_" || c == ".")
    }
}
