import Lane

/// Something that a run wrote down when it happened, a line of JSON each; moments are nanoseconds of the monotonic clock.
///
/// What it says is enough to go on after the run itself was killed, and to check what came of it.
enum TortureNote: Codable, Hashable, Sendable {
    case begun(seed: UInt64)
    /// A round's first moment, in this run of the kernel.
    case round(number: Int, boot: String, at: Int64)
    /// - Parameter since: what was decided from then on may not have been committed.
    case killed(Fault.Program, since: Int64, at: Int64)
    /// A program has ended by itself.
    case fell(Fault.Program, since: Int64, at: Int64)
    case paused(Fault.Program, at: Int64)
    /// The station runs, and sees every vehicle.
    case well(at: Int64)
    /// The devices were late: this computer had no time for them.
    case late(from: Int64, to: Int64)
    /// The station acknowledged a message with this text to its reader.
    case taken(text: String, at: Int64)
    case linked
    case filled
    /// Everything of the round was delivered.
    case drained
    case ended(isGood: Bool)
}

extension Fault.Program: Codable {}
