import Devices
import FoundationEssentials
import Glibc
import Lane
import LaneSim

/// The lane of `BareLoop` in SimPy, as its own process; it measures itself, without its start.
struct SimPySide {
    /// A round that takes longer has failed.
    private static let patience = Interval.seconds(120)

    private let folder: String

    /// Nil: SimPy is not installed.
    init?(folder: String) throws {
        self.folder = folder
        try Data(Self.script.utf8).write(to: URL(filePath: folder + "/lane.py"))
        guard try answer(to: "0") != nil else { return nil }
    }

    /// Vehicles a second.
    func rate(vehicles: Int) throws -> Double {
        guard let answer = try answer(to: "\(vehicles)"), let rate = Double(answer) else {
            throw BenchError("SimPy gave no rate; see \(folder)/lane.log")
        }
        return rate
    }

    /// What the script says, in a file; nil when it ends without a word.
    private func answer(to question: String) throws -> String? {
        let path = folder + "/lane.rate"
        try Data().write(to: URL(filePath: path))
        let process = try ChildProcess(
            "/usr/bin/env", ["python3", folder + "/lane.py", question, path], log: folder + "/lane.log")
        let deadline = MonotonicClock.now() + Self.patience
        var text: String?
        while text == nil, MonotonicClock.now() < deadline {
            usleep(10_000)
            let words = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            if words.hasSuffix("\n") { text = String(words.dropLast()) }
        }
        _ = try process.stop()
        return text == "none" ? nil : text
    }

    private static let script = """
        import sys, time

        def say(words):
            with open(sys.argv[2], "w") as file:
                file.write(words + "\\n")

        try:
            import random, simpy
        except ImportError:
            say("none")
            sys.exit()

        def vehicle(env, lane):
            with lane.request() as turn:
                yield turn
                yield env.timeout(0.3)

        def traffic(env, lane, count):
            for _ in range(count):
                env.process(vehicle(env, lane))
                yield env.timeout(random.random() * 4)

        count = int(sys.argv[1])
        env = simpy.Environment()
        start = time.perf_counter()
        env.process(traffic(env, simpy.Resource(env, 1), count))
        env.run()
        say(str(count / (time.perf_counter() - start)))

        """
}
