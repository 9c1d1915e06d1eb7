import Glibc
import LaneSim

exit(LaneSimCommands.program.run(Array(CommandLine.arguments.dropFirst())))
