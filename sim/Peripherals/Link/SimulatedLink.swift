import Devices
import HTTP
import Lane

/// The network between two programs, as a TCP port of this computer: what comes to it goes on to another port, well or, on request, badly.
///
/// It has no queue of its own beyond `LinkWay.mostHeld`: who sends more than the other takes is held up, as by TCP.
package final class SimulatedLink: Sendable {
    /// What it does with connections.
    package enum Behaviour: Hashable, Sendable {
        /// Passes everything on.
        case passes
        /// Passes everything on, each piece so much later.
        case slow(Interval)
        /// Ends every connection at once.
        case refuses
        /// Ends each connection when it has carried so many bytes, in the middle of whatever that is.
        case cuts(after: Int)
        /// Half-open: takes what is sent and passes nothing on, not even a connection's end. Connections of that time stay so.
        case hangs
        /// Questions arrive, answers do not, nor does the end of whoever answers. Connections of that time stay so.
        case answersLost
    }

    /// How it stands, for whoever watches.
    package struct State: Hashable, Sendable {
        /// Connections that are open to whoever asks.
        package var connections = 0
        /// Connections that it has ended, or on which something was lost.
        package var harmed = 0
        /// Bytes passed on, in both directions.
        package var carried = 0
    }

    /// The port that it listens at, on the loopback.
    package let port: UInt16
    private let shown: Shown<State>
    private let thread: DeviceThread<LinkLoop.Request>

    /// Listens. Until it is led somewhere it refuses connections.
    package init() throws {
        let listener = try ListeningSocket(.tcp(address: "127.0.0.1", port: 0))
        guard let port = listener.port else { throw PortError("listen", "127.0.0.1", cause: "it got no port") }
        self.port = port
        let shown = Shown(State())
        self.shown = shown
        thread = try DeviceThread(named: "link", owning: listener) { listener, mailbox in
            var loop = LinkLoop(listener: listener, showing: shown)
            loop.run(mailbox)
        }
    }

    deinit { stop() }

    /// How it stood after the last thing that happened.
    package var state: State { shown.value }

    /// Where connections lead from now on: a port of the loopback.
    package func lead(to port: UInt16) { thread.ask(.lead(port)) }

    /// What it does from now on.
    package func behave(_ behaviour: Behaviour) { thread.ask(.behave(behaviour)) }

    /// Waits until all that was asked has been done.
    package func settle() throws { try thread.settle() }

    /// Ends every connection, and the thread.
    package func stop() { thread.stop() }
}
