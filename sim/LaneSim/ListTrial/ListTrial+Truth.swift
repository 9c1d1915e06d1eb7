import Central
import Lane

extension ListTrial {
    /// What each version of the generated list says of the tags that drive: worked out from what was generated, not from any list file.
    struct Truth: Sendable {
        /// Tags that some change speaks of, so that their answer depends on the version.
        let tags: [TagNumber]
        /// What stands in the first version; nil: nothing.
        private let first: [TagNumber: GeneratedAgreements.Sample]
        private let changes: [TagNumber: [Change]]

        private struct Change {
            let version: UInt32
            /// Nil: the tag is removed.
            let sample: GeneratedAgreements.Sample?
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
            for version in versions {
                for place in 0..<operations {
                    let operation = agreements.operation(place, of: operations, to: version, entries: entries)
                    let (tag, sample) = operation.saying
                    guard Self.drives(tag) else { continue }
                    changes[tag, default: []].append(Change(version: version, sample: sample))
                }
            }
            // What one change says twice of a number is the central server's to settle: such a number does not drive.
            changes = changes.filter { _, all in Set(all.map(\.version)).count == all.count }
            var first: [TagNumber: GeneratedAgreements.Sample] = [:]
            for index in 0..<entries {
                let sample = agreements[index]
                guard Self.drives(sample.number), changes[sample.number] != nil else { continue }
                first[sample.number] = sample
            }
            // Those that are spoken of most often, in an order that follows from the numbers alone.
            let order = changes.sorted { ($1.value.count, $0.key.key) < ($0.value.count, $1.key.key) }
            tags = order.prefix(count).map(\.key)
            (self.first, self.changes) = (first, changes)
        }

        /// What the list of that version has to answer.
        func answer(for tag: TagNumber, in version: ListVersion) -> ListAnswer {
            let last = changes[tag]?.last { $0.version <= version.version }
            guard let sample = last.map(\.sample) ?? first[tag] else { return .absent(version) }
            guard let status = sample.standing.status else { return .denied(version) }
            return .entry(Agreement(status, validFrom: sample.from, validUntil: sample.until), version)
        }
    }
}

extension GeneratedAgreements.Operation {
    fileprivate var saying: (TagNumber, GeneratedAgreements.Sample?) {
        switch self {
        case .set(let sample): (sample.number, sample)
        case .remove(let tag): (tag, nil)
        }
    }
}
