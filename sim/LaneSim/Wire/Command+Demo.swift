import Station

extension Command {
    /// `lanesim demo`
    static let demo = Command(
        "demo", "watch vehicles pass a real station: processes, serial lines, disk and network",
        help: """
            usage: lanesim demo [SCENARIO] [--folder DIR]

            Lets SCENARIO (sim/scenarios/wire/demo.lane) happen as lanesim run --wire does, and shows it as it happens: the
            central server, simulated devices and the station are processes of their own. Everything stays in DIR (demo):
            configuration, logs, journal, photos. Where the scenario ends a program and starts it again, the station's journal
            is held against what the central server has, digest by digest. Exit code 1 when a passage is lost, doubled, out of
            order or decided otherwise than the scenario says, and no downtime explains it.

            example: lanesim demo --folder /tmp/demo
            """,
        options: ["--folder"], plain: 1
    ) { arguments in
        WireRun.endWithSignals()
        let path = arguments.plain.first ?? "sim/scenarios/wire/demo.lane"
        let folder = arguments["--folder"] ?? "demo"
        let (scenario, plan) = try Scenario.planned(path, seed: nil)
        let obstacles = scenario.wireObstacles(plan)
        guard obstacles.isEmpty else { throw CommandFailure(.unavailable, obstacles.joined(separator: "\n")) }
        let lock = try WireSite.lock(folder)
        let screen = WireScreen(scenario, plan)
        var wire = try WireRun(scenario, plan, site: try WireSite(folder), screen: screen)
        let run = Verdict.run(scenario, plan, try wire.run(), WireRun.allowance)
        let report = DemoReport(run, photos: wire.photos, central: wire.site.central)
        for line in report.lines { Terminal.print(line) }
        _ = consume lock
        return report.isGood ? .ok : .failed
    }
}
