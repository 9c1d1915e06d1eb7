import CLinux
import CSerialPort
import Glibc

extension SerialPort {
    /// Opens a port on the road and sets it to 8N1 without flow control.
    ///
    /// libserialport opens and configures; what we keep is a duplicate of its descriptor, because its own read reports an
    /// unplugged adapter as "nothing yet" for ever.
    static func openDevice(_ path: String, baud: Int) throws(PortError) -> Descriptor {
        guard let speed = Int32(exactly: baud), speed > 0 else {
            throw PortError("set up", path, cause: "no line has \(baud) baud", remedy: "set the reader's baud rate")
        }
        var port: OpaquePointer?
        try check(unsafe sp_get_port_by_name(resolved(path), &port), "open", path)
        defer { unsafe sp_free_port(port) }
        try check(unsafe sp_open(port, SP_MODE_READ_WRITE), "open", path)
        defer { unsafe sp_close(port) }
        unsafe try configure(port, path, speed)
        var number: Int32 = -1
        try check(unsafe sp_get_port_handle(port, &number), "open", path)
        guard bom_tty_take(number) == 0, flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw failure("lock", path, code: errno)
        }
        try finish(number, path)
        let kept = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard kept >= 0 else { throw failure("open", path, code: errno) }
        return Descriptor(owning: kept)
    }

    private static func configure(_ port: OpaquePointer?, _ path: String, _ speed: Int32) throws(PortError) {
        var config: OpaquePointer?
        try check(unsafe sp_new_config(&config), "set up", path)
        defer { unsafe sp_free_config(config) }
        let settings = unsafe [
            sp_set_config_baudrate(config, speed), sp_set_config_bits(config, 8),
            sp_set_config_parity(config, SP_PARITY_NONE), sp_set_config_stopbits(config, 1),
            // Writes the five flow fields (RTS, CTS, DTR, DSR, XON/XOFF), which are "leave alone" in a new configuration.
            sp_set_config_flowcontrol(config, SP_FLOWCONTROL_NONE),
        ]
        for answer in settings { try check(answer, "set up", path) }
        try check(unsafe sp_set_config(port, config), "set up", path)
    }

    /// The path without links: libserialport looks its last part up in the kernel's tty class.
    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func check(_ answer: sp_return, _ operation: String, _ path: String) throws(PortError) {
        switch answer {
        case SP_OK: return
        case SP_ERR_FAIL: throw failure(operation, path, code: errno)
        case SP_ERR_MEM: throw failure(operation, path, code: ENOMEM)
        case SP_ERR_ARG where operation == "open":
            throw PortError(
                operation, path, cause: "not a serial port that the kernel lists",
                remedy: "give a path such as /dev/serial/by-id/…")
        default: throw PortError(operation, path, cause: "the port refuses the setting", remedy: "check its baud rate")
        }
    }
}
