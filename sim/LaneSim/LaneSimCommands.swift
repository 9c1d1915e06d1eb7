import Station

/// The program `lanesim`.
package enum LaneSimCommands {
    package static let program = CommandProgram(
        "lanesim", "simulates the road around a station",
        [.run, .checkScenarios, .demo, .devices, .replay, .lists, .year, .swarm, .canaries, .torture, .soak])
}
