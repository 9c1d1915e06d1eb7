import CSodium

/// libsodium, made ready once for the whole process.
enum Sodium {
    /// Call before any other function of the library; the first call runs `sodium_init`, from whichever thread it comes.
    static func start() { precondition(isReady, "libsodium could not start: it found no source of random numbers") }

    /// A static let is initialised once, by the first thread that asks. `sodium_init`: 0 done, 1 done before, −1 failed.
    private static let isReady = sodium_init() >= 0

    /// `count` random bytes from the operating system.
    static func randomBytes(_ count: Int) -> [UInt8] {
        start()
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, bytes.count)
        return bytes
    }
}
