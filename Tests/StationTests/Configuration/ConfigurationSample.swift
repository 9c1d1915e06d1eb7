@testable import Station

/// Files for tests.
enum ConfigurationSample {
    /// The keys that every file has to name, and nothing else: one lane with a loop, a reader and a front camera.
    static let least = """
        [station]
        id = 42
        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 2 m
        head = 15 m
        [detector loop1]
        lane = 1
        input = lane1.loop
        [reader reader1]
        port = /dev/serial/by-id/usb-1
        antennas = 0:1
        [camera front1]
        lane = 1
        url = http://127.0.0.1:8081/front.jpg
        detector = loop1
        moment = leadingEdge
        delay = 60 ms
        [lines]
        driver = simulated
        socket = /run/bomstasjon/lines.sock
        [central]
        url = https://central.example
        publicKeys = \(key)

        """

    static let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

    /// What loading a text says: its configuration, or its errors as people read them.
    static func load(_ text: String) -> (configuration: StationConfiguration?, errors: String) {
        do throws(ConfigurationErrors) {
            return (try StationConfiguration(Array(text.utf8), file: "station.conf"), "")
        } catch {
            return (nil, error.description)
        }
    }

    /// The errors of the least file with one line changed, put in behind it, or taken out.
    static func errors(changing line: String, to lines: String) -> String {
        load(least.changing("\(line)\n", to: lines.isEmpty ? "" : "\(lines)\n")).errors
    }

    static func errors(appending lines: String) -> String { load(least + lines).errors }
}

extension String {
    /// One piece of the text changed; it has to be there once.
    func changing(_ old: String, to new: String) -> String {
        let parts = split(separator: old, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "the sample has the line once: \(old)")
        return parts.joined(separator: new)
    }
}
