import CLinux
import Devices
import Glibc
import Lane

/// Lamps and detector lines behind a Unix socket, as a station's line bank: it listens, stations connect.
///
/// The wire format is drawn at `Devices.LineBank`. Lamps hold what they show when the station goes, as relays do.
package final class SimulatedLineBank: Sendable {
    /// A head that shows something else than before.
    package struct LampChange: Hashable, Sendable {
        package let head: LaneNumber
        package let places: HeadPlaces
        /// When the bank took the line.
        package let at: Instant
    }

    /// How the bank stands, for whoever watches.
    package struct State: Hashable, Sendable {
        /// What each head shows that was ever set.
        package internal(set) var lamps: [LaneNumber: HeadPlaces] = [:]
        /// The latest changes, oldest first, at most `mostChanges`.
        package internal(set) var changes: [LampChange] = []
        /// The level of each input.
        package internal(set) var inputs: [String: Bool]
        /// Lines that were not understood.
        package internal(set) var badLines = 0
        /// Stations that are connected.
        package internal(set) var stations = 0
    }

    /// The changes that a bank remembers: some hours of a demo.
    package static let mostChanges = 10_000

    package let path: String
    private let shown: Shown<State>
    private let thread: DeviceThread<LineBankLoop.Request>

    /// Starts to listen; a socket that was left behind at the path is replaced.
    ///
    /// - Parameters:
    ///   - inputs: The names of the inputs, each a word, with their levels at the start.
    ///   - changed: Called on the bank's thread at each change of a lamp.
    package init(
        path: String, inputs: [String: Bool], changed: @escaping @Sendable (LampChange) -> Void = { _ in }
    ) throws {
        self.path = path
        let shown = Shown(State(inputs: inputs))
        self.shown = shown
        _ = unsafe unlink(path)
        let number = unsafe bom_unix_listen(path, 4)
        guard number >= 0 else {
            throw PortError("listen at", path, code: errno, remedy: "make its folder, writable for this user")
        }
        thread = try DeviceThread(named: "line bank", owning: Descriptor(owning: number)) { listener, mailbox in
            var loop = LineBankLoop(listener: listener, showing: shown, changed: changed)
            loop.run(mailbox)
        }
    }

    deinit { stop() }

    /// How the bank stands now.
    package var state: State { shown.value }

    /// Sets the level of an input: a change is sent as an edge, dated now.
    package func set(_ input: String, isHigh: Bool) {
        thread.ask(.set(input, isHigh: isHigh, at: MonotonicClock.now()))
    }

    /// Sends each station this line, whatever it is.
    package func say(_ line: String) { thread.ask(.say(line)) }

    /// Closes all connections, as a bank that restarts does.
    package func drop() { thread.ask(.drop) }

    /// Waits until all that was asked has been done, and shows in `state`.
    package func settle() throws { try thread.settle() }

    /// Ends the bank, waits for its thread and removes the socket.
    package func stop() {
        guard thread.stop() else { return }
        _ = unsafe unlink(path)
    }
}
