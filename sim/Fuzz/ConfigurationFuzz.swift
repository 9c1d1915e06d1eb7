import LaneSim
import Station

/// The files in sections: a station's configuration, and scenarios.
enum ConfigurationFuzz {
    /// Settings written out are the same settings; what is wrong is said in a bounded number of lines.
    static func read(configuration bytes: [UInt8]) throws {
        try read(text: bytes)
        switch configuration(bytes) {
        case .success(let settings):
            guard case .success(let again) = configuration(Array(settings.canonical.utf8)) else {
                throw Finding("settings written out cannot be read")
            }
            try Finding.unless(again.canonical == settings.canonical, "settings written out are others")
        case .failure(let errors): try check(errors)
        }
    }

    /// A scenario that was taken comes to an end; a wrong one says where it is wrong.
    static func read(scenario bytes: [UInt8], in folder: FuzzFolder) throws {
        try read(text: bytes)
        folder.write(Array(site.utf8), to: "site.conf")
        let path = folder.write(bytes, to: "fuzz.lane")
        let loaded = Result { () throws(ConfigurationErrors) in try Scenario.load(path) }
        switch loaded {
        case .success(let scenario):
            try Finding.unless(scenario.limit > .zero && scenario.limit <= .days(32), "a scenario without an end")
            try Finding.unless(
                !scenario.vehicles.isEmpty || !scenario.traffic.isEmpty, "a scenario in which nothing happens")
        case .failure(let errors): try check(errors)
        }
    }

    /// A text written out says the same.
    private static func read(text bytes: [UInt8]) throws {
        guard let text = text(bytes) else { return }
        guard let again = Self.text(Array(text.written.utf8)) else { throw Finding("a text written out is none") }
        try Finding.unless(again.written == text.written, "a text written out says something else")
        try Finding.unless(again.errors.isEmpty, "a text written out has faults")
    }

    private static func text(_ bytes: [UInt8]) -> ConfigurationText? {
        let read = Result { () throws(ConfigurationErrors) in try ConfigurationText(bytes, file: "fuzz.conf") }
        return if case .success(let text) = read { text } else { nil }
    }

    private static func configuration(_ bytes: [UInt8]) -> Result<StationConfiguration, ConfigurationErrors> {
        Result { () throws(ConfigurationErrors) in try StationConfiguration(bytes, file: "fuzz.conf") }
    }

    private static func check(_ errors: ConfigurationErrors) throws {
        try Finding.unless(!errors.isEmpty, "refused, and nothing is said to be wrong")
        try Finding.unless(errors.shown.count <= ConfigurationErrors.mostShown, "more errors than fit a screen")
        for error in errors.shown { try Wording.check("\(error)", showsNumbers: true) }
    }

    /// What scenarios of the corpus name as their site.
    private static let site = """
        [station]
        id = 42
        name = one lane
        [lights]
        profile = classic
        [lines]
        driver = simulated
        socket = /run/bomstasjon/lines.sock
        [reader east]
        port = /dev/bomstasjon/east
        antennas = 0:1
        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m
        [detector loop1]
        lane = 1
        input = lane1.loop
        [camera front1]
        lane = 1
        url = http://127.0.0.1:8001/front.jpg
        detector = loop1
        moment = leadingEdge
        """
}
