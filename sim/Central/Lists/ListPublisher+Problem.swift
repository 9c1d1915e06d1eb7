import Exchange
import Lane

extension ListPublisher {
    /// Why a list is not published; one line.
    package enum Problem: Error, Hashable, CustomStringConvertible {
        /// The list in force cannot be read, so that nobody knows which version comes next.
        case unreadable(path: String, ListError)
        case name
        case versionsUsedUp
        case busy(folder: String)
        /// There is no list that could be changed.
        case nothingToChange(name: String)
        /// The list before is one of the future, and this one would be used before it.
        case waits(name: String, ListVersion, until: UTC)
        /// The issuers of a change leave out some whose agreements stay on the list.
        case issuersLeftOut(entries: Int)
        /// With `--strict`: numbers that stand on several lines.
        case duplicates(Int)
        /// With `--strict`: lines of changes that another one put aside, or that change nothing.
        case contradictions(Int)

        package var description: String {
            switch self {
            case .unreadable(let path, let error):
                "read \(path): \(error); restore it, or move it away and publish with --new-epoch"
            case .name:
                "a list's name has 1 to \(RecordContext.longestName) letters, digits, '.', '-' and '_', and does not end with .list, .part or lock"
            case .versionsUsedUp: "the list's last version number is used; publish with --new-epoch"
            case .busy(let folder): "another program publishes into \(folder) right now; try again"
            case .nothingToChange(let name):
                "no list \(name) is published; publish a whole one with: central agreements FILE"
            case .waits(let name, let version, let moment):
                "list \(name) \(version.dotted) waits until \(Self.text(moment)), and the next one would be in force before; "
                    + "give it --active-from with that time or a later one, or --now to put all of it in force at once"
            case .issuersLeftOut(let count):
                "\(count) agreements on the list are of issuers that --issuers leaves out; remove them with this change, "
                    + "name their issuers too, or publish a whole list"
            case .duplicates(let count):
                "\(count) lines name a number that another line names too; nothing is published with --strict"
            case .contradictions(let count):
                "\(count) lines change nothing, or are put aside by a later one; nothing is published with --strict"
            }
        }

        /// As `--active-from` takes it: the whole second, not before the moment.
        private static func text(_ moment: UTC) -> String {
            let seconds = (moment.milliseconds + 999) / 1_000
            return UTC(milliseconds: seconds * 1_000).text.replacing(".000Z", with: "Z")
        }
    }
}
