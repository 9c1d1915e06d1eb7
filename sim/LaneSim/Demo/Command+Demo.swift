import Devices
import Glibc
import Station

extension Command {
    /// `lanesim demo`
    static let demo = Command(
        "demo", "watch vehicles pass a real station: processes, serial lines, disk and network",
        help: """
            usage: lanesim demo [SCENARIO] [--folder DIR]

            Starts the central server, simulated devices and the station as separate processes, lets the vehicles of
            SCENARIO (sim/scenarios/demo.lane) pass in real time, and shows what arrives. Everything stays in DIR
            (demo): configuration, logs, journal, photos. Where the scenario kills a program and starts it again, the
            station's journal is held against what the central server has, digest by digest. Exit code 1 when a passage is
            lost, doubled, out of order or decided otherwise than the scenario says, and no downtime explains it.

            example: lanesim demo --folder /tmp/demo
            """,
        options: ["--folder"], plain: 1
    ) { arguments in
        // Before any thread is made; what the demonstration started ends with it.
        StopSignals.block()
        _ = WorkerThread(named: "signals") {
            StopSignals.wait()
            ChildProcess.endAll()
            _exit(ExitCode.failed.rawValue)
        }
        let path = arguments.plain.first ?? "sim/scenarios/demo.lane"
        let folder = arguments["--folder"] ?? "demo"
        let lock = try DemoSite.lock(folder)
        var demo = try Demo(
            scenario: try Scenario.load(path), path: path, site: try DemoSite(folder))
        let isGood = try demo.run()
        _ = consume lock
        return isGood ? .ok : .failed
    }
}
