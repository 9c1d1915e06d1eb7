import Lane
import Lights
import Station

/// The line bank of a virtual station: detectors and lamps.
struct VirtualLines {
    /// A detector, with what is over it.
    private struct Detector {
        var vehicles = 0
        /// As the bank sees it.
        var isOccupied = false
    }

    /// Whether the station is connected.
    private(set) var isConnected = false
    private var detectors: [Detector]
    private var lit: [LaneNumber: Set<Aspect>] = [:]
    /// Heads that were lit when the station connected, and that it has not set since.
    private var unclaimed: Set<LaneNumber> = []

    init(detectors: Int) { self.detectors = Array(repeating: Detector(), count: detectors) }

    /// The station connects; the level of each detector.
    mutating func connect() -> [Bool] {
        isConnected = true
        unclaimed = Set(lit.filter { !$0.value.isEmpty }.keys)
        return detectors.map(\.isOccupied)
    }

    mutating func disconnect() {
        isConnected = false
        unclaimed = []
    }

    /// Heads that still show what somebody before has left there, in words. A station sets each head when it connects.
    mutating func takeUnclaimed(at elapsed: Interval) -> [Witness.Lamp] {
        guard isConnected, !unclaimed.isEmpty else { return [] }
        defer { unclaimed = [] }
        return unclaimed.sorted { $0 < $1 }.map { .init(lane: $0, at: elapsed, words: "lit since before the station") }
    }

    /// Whether a head shows this, and nothing else.
    func shows(_ aspect: Aspect, on lane: LaneNumber) -> Bool { lit[lane] == [aspect] }

    /// Something comes over a detector, or leaves it; whether something is there now.
    mutating func drive(over detector: Int, _ isOccupied: Bool) -> Bool {
        detectors[detector].vehicles = max(0, detectors[detector].vehicles + (isOccupied ? 1 : -1))
        return isDrivenOver(detector)
    }

    func isDrivenOver(_ detector: Int) -> Bool { detectors[detector].vehicles > 0 }

    /// What the bank sees of a detector from now on; false when it was so already.
    mutating func set(_ detector: Int, isOccupied: Bool) -> Bool {
        guard detectors[detector].isOccupied != isOccupied else { return false }
        detectors[detector].isOccupied = isOccupied
        return true
    }

    /// Lights a place of a head; false when nothing changes, or nobody is connected to tell it.
    ///
    /// - Parameter keepsOthers: a canary's: the other places stay as they are.
    mutating func show(_ aspect: Aspect, on lane: LaneNumber, keepsOthers: Bool = false) -> Bool {
        var places: Set<Aspect> = aspect == .dark ? [] : [aspect]
        if isConnected { unclaimed.remove(lane) }
        if keepsOthers { places.formUnion(lit[lane] ?? []) }
        guard isConnected, lit[lane] ?? [] != places else { return false }
        lit[lane] = places
        return true
    }

    /// Heads that are lit, in words.
    func lit(at elapsed: Interval, _ words: String) -> [Witness.Lamp] {
        lit.filter { !$0.value.isEmpty }.keys.sorted { $0 < $1 }.map { .init(lane: $0, at: elapsed, words: words) }
    }

    /// Heads that have more than one place lit, in words.
    func litTwice(at elapsed: Interval) -> [Witness.Lamp] {
        lit.filter { $0.value.count > 1 }.keys.sorted { $0 < $1 }
            .map { .init(lane: $0, at: elapsed, words: "more than one place lit") }
    }
}
