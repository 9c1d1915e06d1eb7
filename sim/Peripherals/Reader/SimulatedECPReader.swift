import Devices
import Lane

/// A TransCore reader at the end of a pseudo-terminal: `ECPFirmware` with a line, in a thread of its own.
package final class SimulatedECPReader: Sendable {
    /// How a reader stands, for whoever watches.
    package struct State: Hashable, Sendable {
        package var path: String?
        package var setup: ReaderSetup
        package var isInCommandMode = false
        /// Messages that wait or are not acknowledged.
        package var waiting = 0
        package var counts = ECPFirmware.Counts()
    }

    private let shown: Shown<State>
    private let thread: DeviceThread<ReaderLine.Request>

    /// Starts a reader with power on.
    ///
    /// - Parameters:
    ///   - link: A path that always leads to the reader's pseudo-terminal, as udev's links do.
    ///   - baud: How fast bytes leave; nil: at once.
    ///   - seed: What the damage on request follows from.
    ///   - taken: Called on the reader's thread with each message that the host has acknowledged.
    package init(
        model: ReaderModel = ReaderModel(), setup: ReaderSetup = ReaderSetup(), link: String? = nil, baud: Int? = nil,
        seed: UInt64 = 1, taken: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) throws {
        let terminal = try PseudoTerminal()
        if let link { try terminal.link(at: link) }
        let shown = Shown(State(path: terminal.path, setup: setup))
        self.shown = shown
        let line = VirtualLine(model: model, setup: setup, baud: baud, seed: seed)
        thread = try DeviceThread(named: "reader", owning: terminal) { terminal, mailbox in
            var line = ReaderLine(terminal: terminal, link: link, line: line, taken: taken)
            line.run(mailbox, showing: shown)
        }
    }

    deinit { stop() }

    /// The slave's path, nil while unplugged.
    package var path: String? { state.path }

    /// How the reader stood after its last event.
    package var state: State { shown.value }

    /// A tag is in the zone of an antenna (0 to 9) now.
    package func hold(tag text: String, antenna: UInt8) { thread.ask(.event(.tag(text: text, antenna: antenna))) }

    /// The reader has something else to tell, e.g. `Error06`.
    package func say(_ text: String) { thread.ask(.event(.say(text))) }

    /// Harms what the reader sends.
    package func disturb(_ fault: LineFault) { thread.ask(.fault(fault)) }

    /// Power away and back.
    package func reboot() {
        thread.ask(.event(.powerOff))
        thread.ask(.event(.powerOn))
    }

    /// Power away, or back; the line stays plugged in.
    package func power(isOn: Bool) { thread.ask(.event(isOn ? .powerOn : .powerOff)) }

    /// Pulls the adapter: the station's port is lost, and its link leads nowhere.
    package func unplug() { thread.ask(.unplug) }

    /// Puts it back, under another device's name, as happens on the road; the link is mended.
    package func plug() { thread.ask(.plug) }

    /// Waits until all that was asked has been done, and shows in `state`.
    package func settle() throws { try thread.settle() }

    /// Ends the reader and waits for its thread.
    package func stop() { thread.stop() }
}
