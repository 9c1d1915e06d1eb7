import Glibc
import Station

exit(StationCommands.program.run(Array(CommandLine.arguments.dropFirst())))
