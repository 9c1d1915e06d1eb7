/// How our programs end, by `sysexits.h`.
package enum ExitCode: Int32, Error, Sendable {
    case ok = 0
    /// A check or an expectation failed.
    case failed = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case inputOutput = 74
    case tryAgain = 75
    case noPermission = 77
    case configuration = 78
}
