import Exchange
import Station

/// A published list as `--json` shows it.
struct PublishedRow: Encodable, Hashable {
    let list: String
    let epoch: UInt32
    let version: UInt32
    let agreements: Int
    let denials: Int
    /// The whole list, and packed where it was.
    let bytes: Int
    let packedBytes: Int?
    /// The change from the version before as it is fetched.
    let changeBytes: Int?
    let changes: Int?
    /// Lines that name a number that another line names too.
    let duplicates: Int
    /// Lines of changes that a later one put aside, and such as change nothing.
    let superseded: Int?
    let idle: Int?

    init(_ published: PublishedList) {
        let header = published.header
        list = header.name
        epoch = header.version.epoch
        version = header.version.version
        agreements = header.approvals
        denials = header.denials
        bytes = published.bytes
        packedBytes = published.packedBytes
        changeBytes = published.changeBytes
        changes = published.changes
        duplicates = published.duplicates.count
        superseded = published.superseded?.count
        idle = published.idle?.count
    }
}

extension PublishedList {
    /// Says what was decided about lines that say different things, and what was published.
    func show(of file: String, _ options: ListOptions, _ console: Console) {
        duplicates.show(of: file, console)
        superseded?.show("a later line of this number is what counts", of: file, console)
        idle?.show("this line changes nothing", of: file, console)
        show(options, console)
    }

    /// Says what was published.
    func show(_ options: ListOptions, _ console: Console) {
        guard !options.isJSON else { return console.line(PublishedRow(self).rowJSON) }
        let changed = changes.map { ", changes: \($0)" } ?? ""
        console.line("published \(header.name) \(header.version.dotted): \(header.summary)\(changed)")
    }
}

extension AgreementListHeader {
    /// `agreements: 2, denials: 1`
    var summary: String { "agreements: \(approvals), denials: \(denials)" }
}

extension AgreementListWriter.Duplicates {
    /// A line for each that is known, and how many more there are.
    func show(of file: String, _ console: Console) {
        let shown = first.prefix(AgreementsFile.mostFaults)
        for pair in shown {
            console.note(
                "\(file):\(pair.leftOut): this number stands on line \(pair.kept) too, which is the more cautious and kept"
            )
        }
        if count > shown.count { console.note("\(file): and \(count - shown.count) more that stand on two lines") }
    }
}

extension LineReport {
    /// A line for each that is known, and how many more there are.
    func show(_ words: String, of file: String, _ console: Console) {
        let shown = lines.prefix(AgreementsFile.mostFaults)
        for line in shown { console.note("\(file):\(line): \(words)") }
        if count > shown.count { console.note("\(file): and \(count - shown.count) more such lines") }
    }
}
