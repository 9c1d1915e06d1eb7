import Lane
import Peripherals

/// What a reader would send: frames of tags, with their sequence digits. No two frames in a row have the same tag.
struct ReaderVoice {
    /// Agreements in the list: a middle-sized operator's region.
    static let agreements = 100_000
    /// Coprime to `agreements`: tags come in no order that a cache could follow.
    private static let stride = 61_803

    private var digit: UInt8 = 0
    private var approved = 0
    private var unlisted = 0

    /// The ten digits of an agreement's tag.
    static func tag(_ number: Int) -> String { "\(1_000_000_000 + number * 37)" }

    /// The tags that are approved.
    static var tags: [TagNumber] {
        (0..<agreements).compactMap { TagNumber(.printed, digits: Array(tag($0).utf8)) }
    }

    /// A frame of a tag that is approved.
    mutating func approvedFrame() -> [UInt8] {
        approved = (approved + Self.stride) % Self.agreements
        return frame(Self.tag(approved))
    }

    /// A frame of a tag that is on no list.
    mutating func unlistedFrame() -> [UInt8] {
        unlisted = (unlisted + Self.stride) % Self.agreements
        return frame("\(9_000_000_000 + unlisted)")
    }

    private mutating func frame(_ text: String) -> [UInt8] {
        digit = (digit + 2) % 16
        let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
        let body = [digits[Int(digit)]] + Array(text.utf8)
        return Array("#".utf8) + body + ECPChecksum.digits(of: body) + Array("\r\n".utf8)
    }
}
