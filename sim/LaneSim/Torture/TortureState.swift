import Devices
import Lane

/// What is known of the programs while a round goes on.
struct TortureState {
    /// Down: killed or fallen, and not started again.
    var down: Set<Fault.Program> = []
    /// Standing still, and since when.
    var paused: [Fault.Program: Instant] = [:]
    /// Something was ended or stood still, and the station has not been well since.
    var isRecovering = false
    /// Since the devices or the station were ended, or the devices stood still, nobody has seen that vehicles are noticed.
    var isBlind = false
    /// What was decided from then on may not be committed: the disk was full, or the station stood still.
    var uncommittedSince: Instant?
    /// The station commits again at this moment at the earliest.
    var commitsFrom: Instant?
    var isDiskFull = false
    /// The last time that the station stood still for longer than its watchdog allows.
    var stoodTooLong: Instant?
    var nextLook = Instant(nanoseconds: 0)

    /// From when on what was decided is gone with the station, if it ends now.
    func lost(at now: Instant) -> Instant {
        let usual = now - FaultsInForce.uncommitted
        return uncommittedSince.map { min($0 - FaultsInForce.uncommitted, usual) } ?? usual
    }
}
