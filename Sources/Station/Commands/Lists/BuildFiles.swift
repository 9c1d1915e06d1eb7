import Exchange
import Glibc
import Storage

/// The files of one run of `station list build`, told apart by what they are and not by how their names are spelled: what is written
/// takes the place of no secret key, no table, no base, and of nothing else that is written.
struct BuildFiles {
    /// One file as the command line names it.
    private struct File {
        /// What a person calls it: its option.
        let word: String
        let path: String
    }

    /// What a path leads to.
    private enum Identity: Hashable {
        /// Links are followed.
        case file(device: UInt, inode: UInt)
        /// A file that is not there yet, in a folder that is.
        case name(String, device: UInt, inode: UInt)
    }

    private let read: [File]
    private let written: [File]
    /// How the parts are called beside the list, up to their numbers; nil: none are written.
    private let partPrefix: String?

    init(_ arguments: Arguments, of header: AgreementListHeader) {
        let named = { (words: [String]) in
            words.compactMap { word in arguments[word].map { File(word: word, path: $0) } }
        }
        read = arguments.plain.prefix(1).map { File(word: "the table", path: $0) } + named(["--key", "--base"])
        written = named(["--out", "--change"])
        partPrefix = arguments["--parts"].map { _ in "\(header.name).\(header.version.text)." }
    }

    /// Refuses what would be destroyed, in one line.
    func check() throws(Arguments.UsageError) {
        for (place, file) in written.enumerated() {
            let taken = [file.path, file.path + DurableFile.unfinished].compactMap(Self.identity)
            for other in read + written[..<place] {
                let isWritten = written.contains { $0.word == other.word }
                let others = [other.path] + (isWritten ? [other.path + DurableFile.unfinished] : [])
                guard !others.compactMap(Self.identity).contains(where: taken.contains) else {
                    throw Arguments.UsageError("\(file.word) takes a file of its own, not that of \(other.word)")
                }
            }
        }
        for file in read + written where isPart(file) {
            throw Arguments.UsageError("\(file.word) has a name that --parts writes; name another file")
        }
    }

    /// Whether a part of the list could take its place.
    private func isPart(_ file: File) -> Bool {
        guard let partPrefix, let out = written.first, let folder = Self.identity(of: out.path.folder) else {
            return false
        }
        return [file.path, Self.resolved(file.path)].contains { path in
            var name = Self.name(of: path)
            guard name.hasPrefix(partPrefix), Self.identity(of: path.folder) == folder else { return false }
            if name.hasSuffix(DurableFile.unfinished) { name.removeLast(DurableFile.unfinished.count) }
            let numbers = name.dropFirst(partPrefix.count).split(separator: "-", omittingEmptySubsequences: false)
            return numbers.count == 3 && UInt(numbers[0]) != nil && numbers[1] == "of" && UInt(numbers[2]) != nil
        }
    }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return .file(device: status.st_dev, inode: status.st_ino) }
        guard unsafe stat(path.folder, &status) == 0 else { return nil }
        return .name(name(of: path), device: status.st_dev, inode: status.st_ino)
    }

    /// The path behind all links; the same where nothing is there.
    private static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
