import Lane
import Station

/// What the scenario expects of the vehicles that it names.
extension Verdict {
    mutating func checkVehicles() {
        let profile = scenario.site.configuration.lights.profile
        for road in plan.vehicles {
            guard let number = road.scripted else { continue }
            let verdict = result.vehicles[road.number]
            let own = verdict.passages.compactMap { passageOfRecord[$0] }
            let check = VehicleCheck(
                vehicle: scenario.vehicles[number], road: road, verdict: verdict, passages: own.map { passages[$0] },
                lit: own.first.map { lights.lit[$0] } ?? [], profile: profile,
                boundsWidenedBy: allowance.boundsWidenedBy)
            result.failures += check.failures
        }
        result.failures.sort {
            ($0.place.file, $0.place.position) < ($1.place.file, $1.place.position)
        }
    }
}
