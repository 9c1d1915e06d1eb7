import Devices
import Glibc
import Lane
import Synchronization

/// The programs that were started and not waited for.
private let running = Mutex<Set<pid_t>>([])

/// A program of ours that runs beside us: started, told to stop, waited for.
package struct ChildProcess: ~Copyable {
    /// Why a program could not be started.
    package struct StartError: Error, CustomStringConvertible {
        let program: String
        let code: Int32
        package var description: String { unsafe "start \(program): \(String(cString: strerror(code)))" }
    }

    private let process: pid_t
    private var isWaitedFor = false
    /// What we write into its standard input.
    private let input: Descriptor
    /// What it writes to its standard output; non-blocking.
    package let output: Descriptor

    /// Starts a program.
    ///
    /// - Parameter log: where its standard error goes; appended to.
    package init(_ program: String, _ arguments: [String], log: String) throws {
        let started = try running.withLock { running throws(StartError) in
            let started = try Self.start(program, arguments, log: log)
            running.insert(started.process)
            return started
        }
        process = started.process
        input = Descriptor(owning: started.input)
        output = Descriptor(owning: started.output)
    }

    /// One at a time: between the making of a pipe and its mark that no other child inherits it, none is started.
    private static func start(
        _ program: String, _ arguments: [String], log: String
    ) throws(StartError) -> (process: pid_t, input: Int32, output: Int32) {
        let (reading, input) = try makePipe(for: program)
        let (output, writing) = try makePipe(for: program)
        // What the child uses is closed here when it has started, or has not.
        let itsInput = Descriptor(owning: reading)
        let itsOutput = Descriptor(owning: writing)
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, itsInput.number, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, itsOutput.number, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o640)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var process = pid_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // Signals that this program waits for in a thread must reach the child as usual.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let code = unsafe posix_spawn(&process, program, &actions, &attributes, &words, environ)
        guard code == 0 else {
            close(input)
            close(output)
            throw StartError(program: program, code: code)
        }
        return (process, input, output)
    }

    /// Nobody waits for it any more: it ends with its owner.
    deinit {
        guard !isWaitedFor else { return }
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        _ = unsafe waitpid(process, &status, 0)
        running.withLock { _ = $0.remove(process) }
    }

    /// Tells every program that was started and not waited for to stop: this program ends.
    package static func endAll() {
        running.withLock { running in
            for process in running {
                Glibc.kill(process, SIGTERM)
                // One that was made to pause would never see it.
                Glibc.kill(process, SIGCONT)
            }
        }
    }

    /// Writes a line into its standard input.
    package func tell(_ line: String) { _ = input.write(Array("\(line)\n".utf8)[...]) }

    /// Its number, by which the system knows it.
    package var number: Int32 { process }

    /// Whether it has ended by itself.
    package func hasEnded() -> Bool {
        var information = unsafe siginfo_t()
        let code = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        return unsafe code == 0 && information.si_signo == SIGCHLD
    }

    /// Sends a signal.
    package func signal(_ number: Int32) { Glibc.kill(process, number) }

    /// Tells it to stop and waits for its end; one that does not within the time is killed.
    ///
    /// - Returns: its exit code, or nil when a signal ended it.
    package consuming func stop(within wait: Interval = .seconds(5)) throws -> Int32? {
        Glibc.kill(process, SIGTERM)
        let deadline = MonotonicClock.now() + wait
        var poller = Poller(slots: 0)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, WNOHANG) == 0 {
            if MonotonicClock.now() >= deadline { Glibc.kill(process, SIGKILL) }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(10))
        }
        forget()
        return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
    }

    /// Ends it from one moment to the next and waits until it is gone; true unless it had ended before.
    package consuming func kill() throws -> Bool {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        _ = unsafe waitpid(process, &status, 0)
        forget()
        return status & 0x7F == SIGKILL
    }

    private mutating func forget() {
        isWaitedFor = true
        running.withLock { _ = $0.remove(process) }
    }

    /// Both ends close with an `exec`, so that no other child holds them.
    private static func makePipe(for program: String) throws(StartError) -> (reading: Int32, writing: Int32) {
        var numbers: [Int32] = [-1, -1]
        guard unsafe pipe(&numbers) == 0 else { throw StartError(program: program, code: errno) }
        for number in numbers { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
        return (numbers[0], numbers[1])
    }
}
