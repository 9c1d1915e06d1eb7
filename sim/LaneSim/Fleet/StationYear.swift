import Exchange
import Lane

/// One station's year: its traffic, its lanes and its records, a block of vehicles at a time.
///
/// A block goes through one stage after another, so that each stage can be timed from outside. Pure: what comes out is a
/// function of the station, the days and the list.
struct StationYear: ~Copyable {
    /// What is done with a block, in this order.
    enum Stage: Int, CaseIterable, Sendable {
        /// Who comes when, and what the detectors and antennas notice.
        case physics
        /// Each tag in the agreement list.
        case lookup
        /// The gantry: every edge, read and wake.
        case lane
        /// The canonical bytes of each record.
        case encoding
        /// The run's digest over them.
        case digest
        /// The journal's chain over them, if asked for.
        case chain
    }

    /// Vehicles in a block: their records fit the processor's cache of the second level.
    static let block = 64

    private var traffic: FleetTraffic
    private var road = FleetRoad()
    private var machines: FleetMachines
    private let encoder: RecordEncoder
    private var writer = RecordWriter()
    private var ends: [Int] = []
    private var digest: FleetDigest
    private var chain = Digest.zero
    private var lookups = 0
    private var records = 0
    private var written = 0
    /// Whether all of it has happened.
    private(set) var isOver = false

    init(_ station: FleetStation, days: Int, _ tables: FleetTraffic.Tables) {
        let lanes = (1...station.lanes).map(FleetLane.settings)
        traffic = FleetTraffic(station, days: days, tables)
        machines = FleetMachines(lanes)
        encoder = RecordEncoder(context: FleetLane.context(station, lanes))
        digest = FleetDigest(seed: UInt64(station.number))
    }

    /// Vehicles so far.
    var vehicles: Int { traffic.vehicles }

    /// What has come of it so far.
    var result: StationResult {
        var totals = machines.totals
        totals.vehicles = traffic.vehicles
        totals.lookups = lookups
        totals.records = records
        totals.bytes = written
        return StationResult(totals: totals, digest: digest, chain: chain)
    }

    /// Does one stage for the block at hand.
    mutating func run(_ stage: Stage, _ list: AgreementList) {
        switch stage {
        case .physics: traffic.draw(Self.block, onto: &road)
        case .lookup: lookups += road.lookUp(in: list, at: traffic.utc)
        case .lane:
            machines.run(&road)
            guard traffic.isOver else { return }
            machines.finish()
            isOver = true
        case .encoding: encode()
        case .digest: fold()
        case .chain: seal()
        }
    }

    private mutating func encode() {
        writer.clear()
        ends.removeAll(keepingCapacity: true)
        for index in machines.sealed.indices {
            let at = machines.sealed[index].at
            let stamp = Stamp(at: at, utc: FleetYear.utc(at: at), clock: .good)
            encoder.write(
                machines.sealed[index].draft, sequence: machines.sealed[index].sequence, stamp: stamp, into: &writer)
            ends.append(writer.count)
        }
        records += ends.count
        written += writer.count
        machines.forgetSealed()
    }

    private mutating func fold() {
        var start = 0
        for end in ends {
            digest.fold(writer, start..<end)
            start = end
        }
    }

    private mutating func seal() {
        var start = 0
        for end in ends {
            chain = Digest.chained(to: chain, body: writer.bytes(start..<end))
            start = end
        }
    }
}

/// What a station's year came to.
struct StationResult: Hashable, Sendable {
    let totals: FleetTotals
    let digest: FleetDigest
    /// The last digest of its journal; zeros when no chain was asked for.
    let chain: Digest
}
