/// A module by its name.
struct Module: Hashable, Sendable {
    let name: String
    init(_ name: String) { self.name = name }

    /// Whether it gives C functions and bare pointers: `CSQLite`, `CLinux`, `Glibc`.
    var isC: Bool { name == "Glibc" || isOurs }

    /// Whether it is a folder under `Sources/C`.
    var isOurs: Bool { name.count > 1 && name.hasPrefix("C") && name.dropFirst().first?.isUppercase == true }
}
