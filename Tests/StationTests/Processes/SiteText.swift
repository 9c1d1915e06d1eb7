/// The configuration of a site, with waits at the short end.
struct SiteText {
    let folder: String
    let state: String

    func configuration(central: (port: UInt16, publicKey: String)?, camera: UInt16?) -> String {
        var text = lane
        if let central {
            text += """

                [central]
                url = http://127.0.0.1:\(central.port)
                list = agreements
                publicKeys = \(central.publicKey)
                listEvery = 1 s

                """
        }
        if let port = camera {
            text += """

                [camera front1]
                lane = 1
                url = http://127.0.0.1:\(port)/snapshot.jpg
                detector = loop1
                moment = leadingEdge
                delay = 90 ms
                timeOut = 300 ms
                mostBytes = 100 kB

                """
        }
        return text
    }

    private var lane: String {
        """
        [station]
        id = 42
        stateFolder = \(state)
        controlSocket = \(folder)/control.sock

        [lines]
        driver = simulated
        socket = \(folder)/lines.sock

        [reader east]
        port = \(folder)/east
        antennas = 0:1
        uniqueness = everyRead
        probeAfter = 5 s
        answerWithin = 200 ms
        retryMaximum = 1 s

        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m
        slowest = 30 km/h

        [detector loop1]
        lane = 1
        input = lane1.loop

        """
    }
}
