import Exchange
import Glibc
import Lane
import Storage

/// One run of `station list build`: from a table of agreements to a signed list, its parts, and the change that leads to it.
struct ListBuild {
    private let path: String
    private let order: ListBuildOrder
    private let console: Console
    private let memory: Int

    /// Some twenty thousand lines.
    private static let pieceBytes = 1 << 20
    /// More pairs of lines than these nobody reads.
    private static let shownDuplicates = 20

    /// - Parameter memory: what entries take of it, in bytes; more of them wait in a file without a name beside the list.
    init(
        of path: String, _ order: ListBuildOrder, _ console: Console,
        memory: Int = AgreementListWriter.memoryByDefault
    ) {
        self.path = path
        self.order = order
        self.console = console
        self.memory = memory
    }

    func run() throws {
        try writeList()
        console.line("\(order.out): \(try list().header.summary)")
        try writeParts()
        try writeChange()
    }

    // MARK: The list

    private func writeList() throws {
        var progress = ProgressLine(console)
        var writer = AgreementListWriter(temporaryFolder: order.out.folder, memory: memory)
        do {
            try read(into: &writer, &progress)
            let written = try writer.write(
                to: order.out, order.header, issuers: order.rules.issuers, signedBy: order.key,
                isStrict: order.isStrict, progress: { progress.say("writing", $0) })
            show(written.duplicates)
        } catch let error as FileError {
            throw CommandFailure(.noInput, "\(error)")
        } catch let error as ListError {
            throw Self.failure(error, "nothing was written", table: path)
        } catch let duplicates as AgreementListWriter.Duplicates {
            show(duplicates)
            throw CommandFailure(
                .badData,
                "\(path): lines to be left out: \(duplicates.count); with --strict nothing was written"
            )
        }
    }

    /// A device may have no end, and a pipe no writer.
    private func requireFile() throws {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return }
        guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw CommandFailure(.noInput, "open \(path): not a file; write the table of agreements to one")
        }
    }

    private func read(into writer: inout AgreementListWriter, _ progress: inout ProgressLine) throws {
        try requireFile()
        guard let table = try SourceFile(path) else {
            throw CommandFailure(.noInput, "open \(path): there is no such file; name the table of agreements")
        }
        var reader = AgreementsCSVReader(order.rules)
        var bytes = 0
        while true {
            let piece = try table.read(most: Self.pieceBytes)
            if piece.isEmpty { break }
            try reader.take(piece) { try writer.add($0.tag, $0.entry, line: $0.line) }
            bytes += piece.count
            progress.say("reading", bytes, of: table.size)
        }
        try reader.finish { try writer.add($0.tag, $0.entry, line: $0.line) }
        guard reader.faults.isEmpty else { throw failure(of: reader) }
    }

    private func failure(of reader: AgreementsCSVReader) -> CommandFailure {
        let lines = reader.faults.map { "\(path):\($0)" }
        let more = reader.leftOut == 0 ? [] : ["\(path): and \(reader.leftOut) more"]
        return CommandFailure(.badData, (lines + more + ["nothing was written"]).joined(separator: "\n"))
    }

    /// Lines that name a number which another line names too.
    private func show(_ duplicates: AgreementListWriter.Duplicates) {
        let shown = duplicates.first.prefix(Self.shownDuplicates)
        for pair in shown {
            console.note(
                "\(path):\(pair.leftOut): left out: line \(pair.kept) names the same number as cautiously, or more")
        }
        if duplicates.count > shown.count {
            console.note("\(path): and \(duplicates.count - shown.count) more lines are left out")
        }
    }

    /// - Parameter state: what became of the files.
    private static func failure(_ error: ListError, _ state: String, table path: String) -> CommandFailure {
        if case .system = error { return CommandFailure(.cannotCreate, "\(error); \(state)") }
        return CommandFailure(.badData, "\(path): \(error); \(state)")
    }

    // MARK: What is made of it

    private func list() throws -> AgreementList {
        do throws(ListError) {
            return try AgreementList.open(path: order.out, trusting: [order.key.publicKey], checking: .header)
        } catch {
            throw ListOptions.failure(order.out, error)
        }
    }

    private func writeParts() throws {
        guard let most = order.partBytes else { return }
        let list = try list()
        guard let count = AgreementListParts.count(of: list.header, ofBytes: most) else {
            throw CommandFailure(
                .badData,
                "\(order.out): parts of \(most) bytes are more than 1 000; the list is written, its parts are not: say a larger --parts"
            )
        }
        do throws(ListError) {
            let paths = try AgreementListParts.split(
                list, into: count, folder: order.out.folder, signedBy: order.key)
            for path in paths { console.line(path) }
        } catch {
            throw Self.failure(error, "the list is written, its parts are not", table: order.out)
        }
    }

    private func writeChange() throws {
        guard let change = order.change else { return }
        let list = try list()
        do throws(ListError) {
            try AgreementListChange.make(from: change.base, to: list, signedBy: order.key, into: change.path)
        } catch {
            throw Self.failure(error, "the list is written, the change is not", table: change.path)
        }
        let made = try AgreementListChange.open(path: change.path, trusting: [order.key.publicKey])
        console.line(
            "\(change.path): \(made.name), from \(made.predecessor.version.text) to \(made.version.text), \(made.count) changes"
        )
    }
}

extension AgreementListHeader {
    /// `agreements 7.1, 12 entries`
    fileprivate var summary: String { "\(name) \(version.text), \(count) entries" }
}
