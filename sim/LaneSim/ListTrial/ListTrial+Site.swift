extension ListTrial {
    /// Two lanes with a reader and a detector each; ports, sockets and the central server's address are put in as for any run.
    static let siteText = """
        [station]
        id = 42
        name = lists

        [lights]
        profile = classic

        [lines]
        driver = simulated
        socket = /run/bomstasjon/lines.sock

        [central]
        url = http://127.0.0.1:8080
        publicKeys = 0000000000000000000000000000000000000000000000000000000000000000
        listEvery = 1 s

        [reader east]
        port = /dev/bomstasjon/east
        antennas = 0:1
        uniqueness = everyRead

        [reader west]
        port = /dev/bomstasjon/west
        antennas = 0:2
        uniqueness = everyRead

        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m

        [detector loop1]
        lane = 1
        input = lane1.loop

        [lane 2]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m

        [detector loop2]
        lane = 2
        input = lane2.loop

        """
}
