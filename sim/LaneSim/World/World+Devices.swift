import Lane
import Lights
import Peripherals
import Station
import TagReader

/// Readers, detectors and lamps.
extension World {
    /// Something happens on the road.
    mutating func drive(_ event: RoadEvent) {
        switch event.happening {
        case .edge(let detector, let isOccupied):
            let isThere = lines.drive(over: detector, isOccupied)
            let name = configuration.detectors[detector].name
            guard faults.stuckLevel(of: name) == nil else { return }
            if let bouncing = faults.bouncing(name) {
                bounce(detector, to: isThere, bouncing.times, bouncing.every)
            } else {
                setDetector(detector, isThere)
            }
            setWallTime(isThere)
        case .tag(let reader, let port, let text, let isDamaged):
            var heard = isDamaged ? VirtualReader.damaged(text) : text
            if spoils(.damageRepaired) { heard = Self.repaired(text) }
            happen(.tag(text: heard, antenna: port), to: reader)
        }
    }

    // MARK: Readers

    mutating func happen(_ event: ECPFirmware.Event, to index: Int) {
        let now = clock.now
        readers[index].counting(at: now) { $0.happen(event, at: now) }
        plan(index)
    }

    mutating func disturb(_ index: Int, _ fault: LineFault) {
        readers[index].line.disturb(fault, at: clock.now)
        plan(index)
    }

    mutating func advance(_ index: Int) {
        guard readers[index].planned == clock.now else { return }
        readers[index].planned = nil
        let now = clock.now
        let bytes = readers[index].counting(at: now) { $0.advance(to: now) }
        plan(index)
        if !bytes.isEmpty, readers[index].isOpen { tell(.reader(index, .bytes(bytes), at: clock.now)) }
    }

    private mutating func plan(_ index: Int) {
        guard let wake = readers[index].line.wake.map({ max($0, clock.now) }), readers[index].planned != wake else {
            return
        }
        readers[index].planned = wake
        add(.line(index), at: wake, .read, forStation: false)
    }

    mutating func open(_ index: Int) {
        if readers[index].line.isPlugged {
            readers[index].isOpen = true
            followUps.append(.reader(index, .opened, at: clock.now))
        } else {
            let port = configuration.readers[index].port
            let problem = "open \(port): No such file or directory; is the adapter plugged in?"
            followUps.append(.reader(index, .openFailed(problem), at: clock.now))
        }
    }

    mutating func write(_ bytes: [UInt8], to index: Int) {
        guard readers[index].isOpen else { return }
        let arrival = readers[index].carry(bytes.count, at: clock.now)
        add(.written(index, bytes), at: arrival, .read, forStation: false)
    }

    mutating func unplug(_ index: Int) {
        readers[index].line.unplug()
        readers[index].loseCount()
        guard readers[index].isOpen else { return }
        readers[index].isOpen = false
        tell(.reader(index, .lost("read \(configuration.readers[index].port): it was unplugged"), at: clock.now))
    }

    // MARK: Lines

    mutating func connectLines() {
        guard configuration.lines.socket != nil else { return }
        guard !faults.linesAreAway else {
            return followUps.append(.lines(.lost("connect to the lines: connection refused")))
        }
        followUps.append(.lines(.connected))
        for (detector, isOccupied) in lines.connect().enumerated() {
            followUps.append(.lines(.level(input: detector, isHigh: isHigh(detector, isOccupied))))
        }
    }

    mutating func loseLines() {
        guard lines.isConnected else { return }
        dueLights = [:]
        lines.disconnect()
        tell(.lines(.lost("read the lines: end of file")))
    }

    mutating func show(_ aspect: Aspect, on lane: LaneNumber) {
        guard lines.show(aspect, on: lane, keepsOthers: canary == .twoAspects) else { return }
        observation.witness.lamps += lines.litTwice(at: clock.elapsed)
        witnessLight(aspect, lane)
        observation.lamps.append(.init(at: clock.elapsed, lane: lane, aspect: aspect))
    }

    /// What the bank sees of a detector, and tells whoever is connected.
    mutating func setDetector(_ detector: Int, _ isOccupied: Bool) {
        guard lines.set(detector, isOccupied: isOccupied), lines.isConnected else { return }
        tell(.lines(.edge(input: detector, isHigh: isHigh(detector, isOccupied), at: clock.now)))
    }

    /// There and back as often as it bounces, and in the end as it should be.
    private mutating func bounce(_ detector: Int, to isOccupied: Bool, _ times: Int, _ every: Interval) {
        setDetector(detector, isOccupied)
        let edges = times / 2 * 2
        guard edges > 0 else { return }
        for number in 1...edges {
            let level = (number % 2 == 0) == isOccupied
            add(.bounce(detector, isOccupied: level), at: clock.now + every * Int64(number), .edge, forStation: false)
        }
    }

    private func isHigh(_ detector: Int, _ isOccupied: Bool) -> Bool {
        isOccupied != configuration.detectors[detector].isInverted
    }
}
