/// Everything that inputs are given to, made once.
///
/// A target is given any bytes. It is total, it takes memory in proportion to them, and what it makes of them holds: cut anywhere
/// they give the same, written again they give the same, and after rubbish the next good line or frame is understood.
package struct FuzzRun: Sendable {
    private let folder: FuzzFolder
    private let lists: ListFuzz

    /// - Parameter folder: where files are written; in memory, because some of them are synced.
    package init(folder: String) throws {
        self.folder = FuzzFolder(path: folder)
        lists = ListFuzz(try FuzzSamples(self.folder))
    }

    /// Gives an input to a target.
    ///
    /// - Throws: `Finding`.
    package func check(_ bytes: [UInt8], by target: FuzzTarget) throws {
        switch target {
        case .ecp: try ReaderFuzz.decode(bytes)
        case .session: try SessionFuzz.hear(bytes)
        case .tagText: try ReaderFuzz.read(tagText: bytes)
        case .lines: try LinesFuzz.take(bytes)
        case .agreements: try AgreementsFuzz.read(file: bytes)
        case .table: try TableFuzz.read(table: bytes)
        case .list: try lists.run(bytes)
        case .configuration: try ConfigurationFuzz.read(configuration: bytes)
        case .scenario: try ConfigurationFuzz.read(scenario: bytes, in: folder)
        case .record: try RecordFuzz.read(body: bytes)
        case .batch: try BatchFuzz.deliver(bytes)
        case .answers: try AnswersFuzz.read(bytes)
        case .central: try RequestFuzz.ask(central: bytes)
        case .control: try RequestFuzz.ask(station: bytes)
        case .gzip: try FileFuzz.inflate(bytes)
        case .picture: try FileFuzz.look(bytes)
        }
    }
}
