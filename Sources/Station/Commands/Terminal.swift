import Glibc

/// What commands print, and what people see in colour.
package enum Terminal {
    /// Colours of a terminal that has them.
    package enum Colour: String, Sendable {
        case green = "32"
        case white = "1;37"
        case yellow = "33"
        case red = "31"
        case grey = "90"
    }

    /// Prints a line to standard output.
    package static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Prints a line to standard error.
    package static func complain(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Shows a line on standard error in place of the one that was shown so before; an empty one clears it.
    package static func showProgress(_ text: String) { write("\r\u{1B}[K" + text, to: STDERR_FILENO) }

    /// Prints a line to standard error if that does not block: the last word of a process that ends.
    package static func complainAtOnce(_ text: String) {
        var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&descriptor, 1, 0) == 1, descriptor.revents & Int16(POLLOUT) != 0 else { return }
        complain(text)
    }

    /// Whether standard output is a terminal that people look at; `NO_COLOR` says that they want no colours.
    package static var hasColours: Bool {
        guard isatty(STDOUT_FILENO) == 1 else { return false }
        return unsafe getenv("NO_COLOR") == nil
    }

    /// The text in a colour, where there are colours.
    package static func coloured(_ text: String, _ colour: Colour, _ isOn: Bool = hasColours) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A reader that went away (`| head`) wants no more.
            guard written > 0 || (written < 0 && errno == EINTR) else { return }
            rest = rest.dropFirst(max(written, 0))
        }
    }
}
