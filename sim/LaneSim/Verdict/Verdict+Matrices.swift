import Lane
import Station

/// The confusion matrices: what came to what, by cause.
extension Verdict {
    mutating func fillMatrices() {
        result.matrices = [vehicleMatrix, tagMatrix, decisionMatrix, lightMatrix, photoMatrix].filter { $0.total > 0 }
    }

    private var vehicleMatrix: ConfusionMatrix {
        let sights = VehicleVerdict.Sight.allCases
        var matrix = ConfusionMatrix("vehicles", columns: sights.map(\.rawValue) + ["invented"])
        for vehicle in result.vehicles { matrix.add(vehicle.sight.place, because: vehicle.due.cause) }
        matrix.add(sights.count, because: "no vehicle", count: result.invented.count)
        return matrix
    }

    private var tagMatrix: ConfusionMatrix {
        var matrix = ConfusionMatrix("tags", columns: VehicleVerdict.TagFate.allCases.map(\.rawValue))
        for vehicle in result.vehicles {
            guard let fate = vehicle.tag else { continue }
            matrix.add(fate.place, because: vehicle.due.cause)
        }
        return matrix
    }

    private var decisionMatrix: ConfusionMatrix { judged("decisions", \.decision) }

    private var lightMatrix: ConfusionMatrix { judged("lights", \.light) }

    private func judged(_ title: String, _ path: KeyPath<VehicleVerdict, VehicleVerdict.Judged?>) -> ConfusionMatrix {
        var matrix = ConfusionMatrix(title, columns: VehicleVerdict.Judged.allCases.map(\.rawValue))
        for vehicle in result.vehicles {
            guard let judged = vehicle[keyPath: path] else { continue }
            // What the list says of a tag is a cause as well.
            let cause = vehicle.hasReadableTag ? "\(vehicle.due.cause): \(vehicle.due.outcome.word)" : vehicle.due.cause
            matrix.add(judged.place, because: cause)
        }
        return matrix
    }

    private var photoMatrix: ConfusionMatrix {
        var matrix = ConfusionMatrix("photos", columns: ["due and taken", "due and missing", "kept and not due"])
        for vehicle in result.vehicles {
            let cause = photoCause(vehicle)
            matrix.add(0, because: cause, count: vehicle.photos.taken)
            matrix.add(1, because: cause, count: vehicle.photos.missing)
            matrix.add(2, because: cause, count: vehicle.photos.notDue)
        }
        return matrix
    }

    /// A camera's fault is the cause of a photo that is missing, before anything that is said of the vehicle.
    private func photoCause(_ vehicle: VehicleVerdict) -> String {
        guard vehicle.photos.missing > 0, let lane = vehicle.passages.first.flatMap(passage(at:))?.lane,
            let cameras = scenario.site.configuration.lanes.first(where: { $0.lane == lane })?.geometry.cameras
        else { return vehicle.due.cause }
        let road = plan.vehicles[vehicle.number]
        return cameras.lazy.compactMap { faults.cameraFault($0.name, from: road.at, to: road.leaves) }.first
            ?? vehicle.due.cause
    }
}

extension CaseIterable where Self: Equatable, AllCases == [Self] {
    /// Its place among all cases.
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
