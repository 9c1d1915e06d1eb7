import CSodium

/// A digest taken piece by piece, for what does not fit in memory.
@safe package struct DigestStream: ~Copyable {
    /// libsodium's state. Swift does not import a structure aligned to 64 bytes, so it is made here by size.
    private let state: OpaquePointer

    package init() {
        Sodium.start()
        let memory = UnsafeMutableRawPointer.allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
        unsafe state = OpaquePointer(memory)
        unsafe crypto_generichash_init(state, nil, 0, Digest.count)
    }

    deinit { unsafe UnsafeMutableRawPointer(state).deallocate() }

    /// Takes in more bytes.
    package mutating func update(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe update($0) } }

    /// Takes in more bytes, from memory that somebody else holds.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        unsafe crypto_generichash_update(state, start.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }

    /// The digest of everything taken in.
    package consuming func finish() -> Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe withUnsafeMutablePointer(to: &words) { words in
            _ = unsafe words.withMemoryRebound(to: UInt8.self, capacity: Digest.count) { bytes in
                unsafe crypto_generichash_final(state, bytes, Digest.count)
            }
        }
        return Digest(words: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
    }
}
