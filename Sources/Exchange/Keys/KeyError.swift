/// Why a key file could not be used.
package enum KeyError: Error, Hashable, Sendable {
    /// An operation of the operating system failed.
    case system(operation: String, path: String, cause: String)
    /// A secret key that others may read or write.
    case notPrivate(path: String, mode: UInt32)
    /// A secret key of another user, who may change it.
    case notOurs(path: String, owner: UInt32)
    /// A public key where its secret half is expected.
    case isPublic(path: String)
    /// Not one line of that many hexadecimal digits.
    case malformed(path: String, digits: Int)
    /// A secret key file whose public half does not belong to its secret one.
    case halvesDiffer(path: String)
}

extension KeyError: CustomStringConvertible {
    /// Operation, subject, cause and remedy in one line.
    package var description: String {
        switch self {
        case .system(let operation, let path, let cause): "\(operation) key \(path): \(cause)"
        case .notPrivate(let path, let mode):
            "read key \(path): its mode is \(String(mode, radix: 8)), others may use it; chmod 600, and make a new key"
        case .notOurs(let path, let owner):
            "read key \(path): it belongs to user \(owner); chown it to the user of this program, or make a new key"
        case .isPublic(let path): "read key \(path): it is a public key; name the file with the secret one"
        case .malformed(let path, let digits):
            "read key \(path): not one line of \(digits) hexadecimal digits; a secret key has 128, a public one 64"
        case .halvesDiffer(let path): "read key \(path): its halves do not match; restore it or make a new key"
        }
    }
}
