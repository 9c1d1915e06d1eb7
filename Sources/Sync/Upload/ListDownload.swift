import Exchange
import Storage

/// The file of an offer on its way here, in two files, so that it is gone on with after a lost connection, a restart or a power cut:
///
///     NAME.list.download         what has come so far, from the first byte on
///     NAME.list.download.etag    of which file that is: its path, its size and its ETag, a line each
///
/// The second is written before the first, so that bytes of unknown origin are never gone on with.
package struct ListDownload: Hashable, Sendable {
    /// The longest ETag that is kept; central's have two numbers of ten digits.
    package static let longestTag = 128

    /// Where the bytes are; complete when `position(of:)` is the offer's `bytes`.
    package let path: String
    private var note: String { path + ".etag" }

    /// - Parameters:
    ///   - folder: the state folder.
    ///   - name: the list's name at central.
    package init(folder: String, name: String) { path = "\(folder)/\(name).list.download" }

    /// How many bytes of that file are here; 0 when none are, or another's.
    package func position(of offer: ListOffer) throws(FileError) -> Int {
        guard try tag(of: offer) != nil, let file = try SourceFile(path), file.size <= offer.bytes else { return 0 }
        return file.size
    }

    /// Deletes what is here.
    package func discard() throws(FileError) {
        try delete(path)
        try delete(note)
    }

    /// The ETag under which the bytes of that file came; nil when they are another's.
    func tag(of offer: ListOffer) throws(FileError) -> String? {
        guard let file = try SourceFile(note), file.size <= Self.longestNote else { return nil }
        let lines = String(decoding: try file.readAll(most: Self.longestNote), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, lines[0] == offer.path, lines[1] == "\(offer.bytes)",
            Self.isTag(String(lines[2]))
        else {
            return nil
        }
        return String(lines[2])
    }

    /// Forgets what was here, and remembers durably which file comes now.
    func begin(_ offer: ListOffer, tag: String) throws(FileError) {
        try discard()
        try DurableFile.replace(note, with: Array("\(offer.path)\n\(offer.bytes)\n\(tag)\n".utf8))
    }

    /// The end of the file, to go on at.
    func end(at position: Int) throws(FileError) -> GrowingFile { try GrowingFile(path, keeping: position) }

    /// A strong entity tag (RFC 9110 §8.8.3): only that says that two answers have the same bytes.
    static func isTag(_ text: String) -> Bool {
        text.utf8.count <= longestTag && text.utf8.count > 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
            && text.utf8.dropFirst().dropLast().allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
    }

    private static let longestNote = ListOffer.longestPath + longestTag + 32
}
