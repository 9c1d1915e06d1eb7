import Exchange
import Lane

/// The name of one file of a list's history: `9821.5.list`, `9821.5.list.gz`, `9821.5.change`, `9821.5.change.gz`. What has such a
/// name never gets another content.
package struct ListFile: Hashable, Sendable {
    /// What is in it.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case whole = "list"
        /// From the version before to this one.
        case change
    }

    /// The whole list's version, or the one that the change leads to.
    package let version: ListVersion
    package let kind: Kind
    package let isCompressed: Bool

    package init(_ version: ListVersion, _ kind: Kind, compressed: Bool = false) {
        self.version = version
        self.kind = kind
        isCompressed = compressed
    }

    /// A file from its name; nil for any other.
    package init?(name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 || parts.count == 4, let version = ListVersion(dotted: "\(parts[0]).\(parts[1])"),
            let kind = Kind(rawValue: parts[2])
        else { return nil }
        self.init(version, kind, compressed: parts.count == 4)
        // A number with a sign or with zeros in front, and an ending that is not .gz.
        guard self.name == name else { return nil }
    }

    package var name: String {
        "\(version.dotted).\(kind.rawValue)\(isCompressed ? ".gz" : "")"
    }

    /// The same content as it is compressed, and as it is not.
    package var compressed: ListFile { ListFile(version, kind, compressed: true) }
    package var plain: ListFile { ListFile(version, kind) }
}

extension ListVersion {
    /// From `9821.5`; nil for anything else.
    init?(dotted text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let epoch = UInt32(parts[0]), let version = UInt32(parts[1]) else { return nil }
        self.init(epoch: epoch, version: version)
        guard dotted == text else { return nil }
    }

    /// Epoch and version, as in `9821.5`.
    var dotted: String { "\(epoch).\(version)" }
}
