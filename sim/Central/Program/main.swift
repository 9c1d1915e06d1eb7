import Central
import Glibc

exit(CentralCommands.program.run(Array(CommandLine.arguments.dropFirst())))
