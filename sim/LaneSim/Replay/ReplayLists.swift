import Exchange
import Lane
import Station

/// The lists that were in force, as files: found by the name and the version that records carry.
struct ReplayLists: Sendable {
    private struct Key: Hashable {
        let name: String
        let version: ListVersion
    }

    private var lists: [Key: AgreementList] = [:]

    init() {}

    /// Opens and verifies the files.
    ///
    /// - Parameter keys: those of the configuration; a list that another key has signed is refused.
    init(_ paths: [String], trusting keys: [PublicKey]) throws {
        for path in paths {
            let list: AgreementList
            do throws(ListError) {
                list = try AgreementList.open(path: path, trusting: keys)
            } catch {
                if case .system = error { throw CommandFailure(.noInput, "\(error); name a list file") }
                throw CommandFailure(.badData, "\(path): \(error)")
            }
            guard add(list) else {
                throw CommandFailure(
                    .badData,
                    "\(path): another list given is \(list.name) \(list.version.text) too, and differs; name the one that was in force"
                )
            }
        }
    }

    /// Adds a list; false when another one of this name and version is there.
    mutating func add(_ list: AgreementList) -> Bool {
        let key = Key(name: list.name, version: list.version)
        if let other = lists[key] { return other.digest == list.digest }
        lists[key] = list
        return true
    }

    subscript(name: String, version: ListVersion) -> AgreementList? { lists[Key(name: name, version: version)] }
}
