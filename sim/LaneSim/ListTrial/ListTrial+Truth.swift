import Central
import Exchange
import Lane

extension ListTrial {
    /// What each version of the generated list says of the tags that drive: worked out from what was generated, not from any list file.
    struct Truth: Sendable {
        /// Tags that some change speaks of, so that their answer depends on the version.
        let tags: [TagNumber]
        /// What stands in the first version; nil: nothing.
        private let first: [TagNumber: AgreementListEntry]
        private let changes: [TagNumber: [Change]]

        private struct Change {
            let version: UInt32
            /// Nil: the tag is removed.
            let entry: AgreementListEntry?
        }

        /// The tags that drive: numbers as they are printed on tags, 10 digits.
        private static func drives(_ tag: TagNumber) -> Bool { tag.system == .printed && tag.characters.count == 10 }

        /// - Parameters:
        ///   - count: how many tags are wanted.
        ///   - versions: those that changes lead to.
        init(
            _ agreements: GeneratedAgreements, entries: Int, operations: Int, versions: ClosedRange<UInt32>, count: Int
        ) {
            var changes: [TagNumber: [Change]] = [:]
            // What the last version says of the agreements that a change has spoken of.
            var now: [Int: AgreementListEntry?] = [:]
            for version in versions {
                let said = (0..<operations).map { [now] place in
                    agreements.operation(place, of: operations, to: version, entries: entries) { index, _ in
                        now[index] ?? (index < entries ? agreements[index].listEntry : nil)
                    }
                }
                for operation in said {
                    let entry = operation.sample.map(\.listEntry)
                    now.updateValue(entry, forKey: operation.index)
                    guard Self.drives(operation.number) else { continue }
                    changes[operation.number, default: []].append(Change(version: version, entry: entry))
                }
            }
            // What one change says twice of a number is the central server's to settle: such a number does not drive.
            changes = changes.filter { _, all in Set(all.map(\.version)).count == all.count }
            var first: [TagNumber: AgreementListEntry] = [:]
            for index in 0..<entries {
                let sample = agreements[index]
                guard Self.drives(sample.number), changes[sample.number] != nil else { continue }
                first[sample.number] = sample.listEntry
            }
            // Those that are spoken of most often, in an order that follows from the numbers alone.
            let order = changes.sorted { ($1.value.count, $0.key.key) < ($0.value.count, $1.key.key) }
            tags = order.prefix(count).map(\.key)
            (self.first, self.changes) = (first, changes)
        }

        /// What the list of that version has to answer.
        func answer(for tag: TagNumber, in version: ListVersion) -> ListAnswer {
            let last = changes[tag]?.last { $0.version <= version.version }
            return switch last.map(\.entry) ?? first[tag] {
            case nil: .absent(version)
            case .denial: .denied(version)
            case .agreement(let agreement, _): .entry(agreement, version)
            }
        }
    }
}
