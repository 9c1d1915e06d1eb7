import Exchange
import Storage

/// The keys that sign lists, in the folder's `keys`: one that signs, and while keys are changed one more on either side of it.
///
///     list.key, list.pub           signs
///     next.key, next.pub           is to sign later; stations trust it already
///     previous.key, previous.pub   has signed before; the list that is served may still be signed with it
///
/// A change of keys has three steps, days apart: make the next one, put both public halves into every station, sign with the next one. From
/// then on stations need no more than the new one, as soon as a list signed with it is in force everywhere.
package struct ListKeys: Sendable {
    /// Why keys cannot be changed; one line.
    package enum Problem: Error, Hashable, CustomStringConvertible {
        case noKey(folder: String)
        case noNext(folder: String)
        /// A public half alone: a new key would not belong to what stations trust.
        case secretMissing(Role, folder: CentralFolder)

        package var description: String {
            switch self {
            case .noKey(let folder): "no signing key in \(folder); make one with: central keys --folder \(folder)"
            case .noNext(let folder):
                "no next key in \(folder); make one with: central keys --next --folder \(folder), and let stations trust it"
            case .secretMissing(let role, let folder):
                "\(folder.signingKey(role)) is missing, and \(folder.publicKey(role)) is there: restore it from its copy; "
                    + (role == .next
                        ? "when there is none, delete \(folder.publicKey(role)) and make another next key"
                        : "when there is none, rename \(folder.publicKey(role)) to previous.pub, so that the list that is "
                            + "served stays known, make a new key, and let stations trust it")
            }
        }
    }

    /// What a key is for.
    package enum Role: String, CaseIterable, Hashable, Sendable {
        case list
        case next
        case previous
    }

    private let folder: CentralFolder

    package init(_ folder: CentralFolder) { self.folder = folder }

    /// The key that signs, and its public half: both are there and belong together.
    package func signing() throws -> SigningKey {
        guard try has(.list) else { throw Problem.noKey(folder: folder.path) }
        return try pair(.list)
    }

    /// The public half of the key that is to sign later; nil when there is none.
    package func next() throws -> PublicKey? {
        try finishChange()
        return try has(.next) ? pair(.next).publicKey : nil
    }

    /// Whoever has signed a list that is served here: these, and no others.
    package func trusted() throws(KeyError) -> [PublicKey] {
        var keys: [PublicKey] = []
        for role in Role.allCases where FileStamp(of: folder.publicKey(role)) != nil {
            keys.append(try PublicKey(file: folder.publicKey(role)))
        }
        return keys
    }

    /// Makes a key unless there is one; true when it was made.
    package func make(_ role: Role) throws -> Bool {
        try finishChange()
        let isNew = try !has(role)
        if isNew {
            try makeFolder(folder.path)
            try makeFolder(folder.keys, mode: 0o700)
            try SigningKey.generate().write(to: folder.signingKey(role))
            try syncFolder(folder.keys)
        }
        // Also when power failed between the halves.
        if FileStamp(of: folder.publicKey(role)) == nil {
            try SigningKey(file: folder.signingKey(role)).publicKey.write(to: folder.publicKey(role))
            try syncFolder(folder.keys)
        }
        return isNew
    }

    /// Signs with the next key from now on. It can be cut off after any step, and is ended by whatever looks at the keys next.
    package func useNext() throws {
        guard try next() != nil else { throw Problem.noNext(folder: folder.path) }
        _ = try signing()
        try keepCopy(of: folder.publicKey(.list), as: folder.publicKey(.previous))
        try keepCopy(of: folder.signingKey(.list), as: folder.signingKey(.previous))
        // With this name the next key signs.
        try move(folder.signingKey(.next), to: folder.signingKey(.list))
        try finishChange()
    }

    /// The secret half has its new name, and the public one not yet.
    private func finishChange() throws {
        guard hasSecret(.list), !hasSecret(.next), FileStamp(of: folder.publicKey(.next)) != nil else { return }
        let key = try SigningKey(file: folder.signingKey(.list)).publicKey
        guard try PublicKey(file: folder.publicKey(.next)) == key else { return }
        try move(folder.publicKey(.next), to: folder.publicKey(.list))
    }

    private func pair(_ role: Role) throws -> SigningKey {
        _ = try make(role)
        let key = try SigningKey(file: folder.signingKey(role))
        guard try PublicKey(file: folder.publicKey(role)) == key.publicKey else {
            throw KeyError.halvesDiffer(path: folder.publicKey(role))
        }
        return key
    }

    /// Whether there is such a key. Its secret half is always there first.
    private func has(_ role: Role) throws -> Bool {
        if hasSecret(role) { return true }
        guard FileStamp(of: folder.publicKey(role)) == nil else {
            throw Problem.secretMissing(role, folder: folder)
        }
        return false
    }

    private func hasSecret(_ role: Role) -> Bool { FileStamp(of: folder.signingKey(role)) != nil }
}
