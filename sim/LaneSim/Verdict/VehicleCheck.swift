import Lane
import Lights
import Station

/// What a scenario expects of one vehicle, held against its passages.
struct VehicleCheck {
    let vehicle: Vehicle
    let road: RoadVehicle
    let verdict: VehicleVerdict
    /// Its passages; the first is the one that counts.
    let passages: [SeenPassage]
    /// What its head was told to light, in order.
    let lit: [Observation.Lamp]
    let profile: LightProfile
    let boundsWidenedBy: Int64

    /// What did not come as expected, in the order of the vocabulary.
    var failures: [ExpectationFailure] {
        let expected = vehicle.expected
        var failures = [checkPassages(expected.passages)].compactMap { $0 }
        guard let passage = passages.first else {
            // One failure says it all: without a passage nothing else can be looked at.
            guard failures.isEmpty, let (key, text) = expected.first(profile) else { return failures }
            return [failure(key, key, expected: text, came: "no passage")]
        }
        failures +=
            checkDecision(passage) + checkLight(passage) + checkPhotos(passage) + checkFlags(passage)
            + checkSpeed(passage) + checkLength(passage)
        return failures
    }

    private func checkPassages(_ count: Int?) -> ExpectationFailure? {
        guard let count, count != passages.count else { return nil }
        let names = passages.map(\.name).joined(separator: ", ")
        return failure(
            "passages", "passages", expected: "\(count)",
            came: passages.isEmpty ? "none" : "\(passages.count) (\(names))")
    }

    private func checkDecision(_ passage: SeenPassage) -> [ExpectationFailure] {
        let expected = vehicle.expected
        var failures: [ExpectationFailure] = []
        if let outcome = expected.outcome, outcome.word != passage.fields.decision?.outcome {
            var failure = failure(
                "outcome", "outcome", expected: outcome.word, came: passage.fields.decision?.outcome ?? "none")
            if verdict.decision == .right { failure.because = "that is right: \(verdict.truth)" }
            failures.append(failure)
        }
        if let earlier = expected.earlier, earlier.word != passage.fields.earlier?.outcome {
            failures.append(
                failure(
                    "earlier", "earlier decision", expected: earlier.word,
                    came: passage.fields.earlier?.outcome ?? "none: it was decided once"))
        }
        if let op = expected.resultOp, op != passage.fields.decision?.resultOp {
            failures.append(
                failure("op", "ResultOp", expected: "\(op)", came: Self.code(passage.fields.decision?.resultOp)))
        }
        if let fin = expected.resultFin, fin != passage.fields.decision?.resultFin {
            failures.append(
                failure(
                    "fin", "ResultFin", expected: "\(fin)", came: Self.code(passage.fields.decision?.resultFin)))
        }
        return failures
    }

    private func checkLight(_ passage: SeenPassage) -> [ExpectationFailure] {
        lightFailures().map { failure in
            var failure = failure
            failure.because = decisionReason(passage)
            return failure
        }
    }

    /// What lights and photos followed from, and whether that was right.
    private func decisionReason(_ passage: SeenPassage) -> String {
        let truth = verdict.decision == .right ? "that is right: \(verdict.truth)" : verdict.because
        let fault = verdict.decision == .right && verdict.light == .excused ? verdict.due.excuse : ""
        return [decisionWords(passage), truth, fault].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private func decisionWords(_ passage: SeenPassage) -> String {
        let after = (passage.decidedAt - road.at)
        let moment = after < .zero ? "\((-after).words) before its front came" : "\(after.words) after its front came"
        let first = (passage.earlier ?? passage.outcome)?.word ?? "?"
        let revision = passage.start + Interval(nanoseconds: passage.fields.decision?.offset ?? 0) - road.at
        let revised =
            passage.earlier == nil ? "" : ", and revised to \(passage.outcome?.word ?? "?") after \(revision.words)"
        return "it was decided \(first) \(moment)\(revised) (\(passage.name))"
    }

    private func lightFailures() -> [ExpectationFailure] {
        let expected = vehicle.expected
        let first = lit.first
        var failures: [ExpectationFailure] = []
        if let light = expected.light, light != first?.aspect ?? .dark {
            failures.append(failure("light", "light", expected: profile.word(for: light), came: shown))
        }
        if let finally = expected.finally, finally != lit.last?.aspect ?? .dark {
            failures.append(
                failure("finally", "light in the end", expected: profile.word(for: finally), came: shown))
        }
        if let within = expected.lightWithin {
            let bound = within * boundsWidenedBy
            let words = boundsWidenedBy == 1 ? bound.words : "\(bound.words) (\(within.words) × \(boundsWidenedBy))"
            if let first, first.at - road.at > bound {
                failures.append(
                    failure(
                        "lightWithin", "time to the light", expected: "at most \(words)",
                        came: (first.at - road.at).words))
            } else if first == nil {
                failures.append(
                    failure("lightWithin", "time to the light", expected: "at most \(words)", came: "no light"))
            }
        }
        return failures
    }

    /// All that the head showed for it, each with its time: `yellow after 67 ms, then green after 157 ms`.
    private var shown: String {
        guard !lit.isEmpty else { return profile.word(for: .dark) }
        return lit.map { "\(profile.word(for: $0.aspect)) after \(($0.at - road.at).words)" }.joined(
            separator: ", then ")
    }

    private func checkPhotos(_ passage: SeenPassage) -> [ExpectationFailure] {
        guard let expected = vehicle.expected.photos else { return [] }
        let kept = Set(passages.flatMap(\.photosKept)).sorted()
        guard kept != Set(expected).sorted() else { return [] }
        var failure = failure("photos", "photos", expected: Self.list(expected), came: Self.list(kept))
        let missing = (passage.fields.photos ?? []).compactMap { photo in
            photo.missing.map { "\(photo.camera) is missing: \($0)" }
        }
        failure.because = missing.isEmpty ? decisionReason(passage) : missing.joined(separator: "; ")
        return [failure]
    }

    private func checkFlags(_ passage: SeenPassage) -> [ExpectationFailure] {
        let flags = passage.fields.flags ?? []
        var failures: [ExpectationFailure] = []
        for flag in vehicle.expected.flags ?? [] where !flags.contains(flag) {
            failures.append(failure("flags", "flags", expected: flag, came: Self.list(flags)))
        }
        for flag in vehicle.expected.withoutFlags ?? [] where flags.contains(flag) {
            failures.append(failure("withoutFlags", "flags", expected: "no \(flag)", came: Self.list(flags)))
        }
        return failures
    }

    /// A speed is measured to 1 km/h.
    private static let speedTolerance = Speed.kilometresPerHour(1).millimetresPerSecond

    private func checkSpeed(_ passage: SeenPassage) -> [ExpectationFailure] {
        guard let speed = vehicle.expected.speed else { return [] }
        let measured = passage.fields.motion.map { Speed(millimetresPerSecond: max(1, $0.speed)) }
        let isNear = measured.map {
            abs($0.millimetresPerSecond - speed.millimetresPerSecond) <= Self.speedTolerance
        }
        guard isNear != true else { return [] }
        return [
            failure(
                "speedMeasured", "measured speed", expected: "\(speed.words) ± 1", came: measured?.words ?? "none")
        ]
    }

    /// A length is measured to half a metre: detectors see a little beyond their lines, and speeds change on the way.
    private static let lengthTolerance = Metres(millimetres: 500)

    private func checkLength(_ passage: SeenPassage) -> [ExpectationFailure] {
        guard let length = vehicle.expected.length else { return [] }
        let measured = passage.fields.motion.map { Metres(millimetres: $0.length) }
        if let measured, abs(measured.millimetres - length.millimetres) <= Self.lengthTolerance.millimetres {
            return []
        }
        return [
            failure(
                "lengthMeasured", "measured length", expected: "\(length.words) ± 0.5",
                came: measured?.words ?? "none")
        ]
    }

    private func failure(
        _ key: String, _ what: String, expected: String, came: String
    ) -> ExpectationFailure {
        let place = vehicle.expected.places[key] ?? vehicle.place
        var failure = ExpectationFailure(
            place, "vehicle \(vehicle.name)", what, expected: expected, came: came)
        failure.because = verdict.because
        failure.vehicle = road.number
        return failure
    }

    private static func code(_ code: UInt8?) -> String { code.map { "\($0)" } ?? "none: there was no transaction" }

    private static func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }
}

extension VehicleExpectation {
    /// The first thing that cannot be true of a vehicle without a passage, with its key. That it has none, and so neither light nor
    /// photo, may be what is expected.
    fileprivate func first(_ profile: LightProfile) -> (key: String, text: String)? {
        if let outcome { return ("outcome", outcome.word) }
        if let earlier { return ("earlier", earlier.word) }
        if let light, passages != 0 || light != .dark { return ("light", profile.word(for: light)) }
        if let finally, passages != 0 || finally != .dark { return ("finally", profile.word(for: finally)) }
        if let lightWithin { return ("lightWithin", lightWithin.words) }
        if let resultOp { return ("op", "\(resultOp)") }
        if let resultFin { return ("fin", "\(resultFin)") }
        if let photos, passages != 0 || !photos.isEmpty {
            return ("photos", photos.isEmpty ? "none" : photos.joined(separator: ", "))
        }
        if let flags { return ("flags", flags.joined(separator: ", ")) }
        if let withoutFlags { return ("withoutFlags", "no \(withoutFlags.joined(separator: ", "))") }
        if let speed { return ("speedMeasured", speed.words) }
        if let length { return ("lengthMeasured", length.words) }
        return nil
    }
}
