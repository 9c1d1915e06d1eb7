import Lane

extension SwarmFaults {
    /// Everything that can be drawn.
    static let kinds: [Kind] =
        ofReaders + ofLines + ofCameras + ofCentral + ofDiskAndClock + ofPrograms + ofFiles + ofStandstills

    private static let ofReaders: [Kind] = [
        Kind(most: 3, lasts: .seconds(1)...(.hours(6))) { .readerUnplugged($1.reader(&$0)) },
        Kind(most: 3, lasts: .seconds(1)...(.hours(6))) { .readerWithoutPower($1.reader(&$0)) },
        Kind(most: 6, lasts: nil) { .readerReboots($1.reader(&$0)) },
        Kind(most: 4, lasts: nil) { .readerErrors($1.reader(&$0)) },
        Kind(most: 8, lasts: nil) { .readerNoise($1.reader(&$0), bytes: 1 + $0.below(500)) },
        Kind(most: 2, lasts: .seconds(1)...(.minutes(5))) { .readerBabbles($1.reader(&$0)) },
        Kind(most: 12, lasts: nil) { .framesDamaged($1.reader(&$0), count: 1 + $0.below(9)) },
        Kind(most: 12, lasts: nil) { .framesCut($1.reader(&$0), count: 1 + $0.below(9)) },
        Kind(most: 12, lasts: nil) { .framesLost($1.reader(&$0), count: 1 + $0.below(9)) },
        Kind(most: 8, lasts: nil) { .framesJoined($1.reader(&$0), count: 1 + $0.below(9)) },
        Kind(most: 8, lasts: nil) { .framesRepeated($1.reader(&$0), count: 1 + $0.below(9)) },
        Kind(most: 8, lasts: nil) { .framesLate($1.reader(&$0), count: 1 + $0.below(9)) },
    ]

    private static let ofLines: [Kind] = [
        Kind(most: 2, lasts: .seconds(1)...(.hours(6))) { .detectorStuck($1.detector(&$0), isOccupied: true) },
        Kind(most: 2, lasts: .seconds(1)...(.hours(6))) { .detectorStuck($1.detector(&$0), isOccupied: false) },
        Kind(most: 3, lasts: .seconds(1)...(.hours(2))) {
            .detectorBounces(
                $1.detector(&$0), times: 1 + $0.below(8), every: .microseconds($0.any(of: 200...20_000)))
        },
        Kind(most: 3, lasts: .seconds(1)...(.hours(4))) { _, _ in .linesAway },
        Kind(most: 4, lasts: nil) { chance, _ in .linesGarbled(count: 1 + chance.below(9)) },
    ]

    private static let ofCameras: [Kind] = [
        Kind(most: 4, lasts: .seconds(10)...(.hours(6))) { chance, devices in
            devices.camera(&chance).map { .cameraSlow($0, by: .milliseconds(chance.any(of: 50...12_000))) }
        },
        Kind(most: 3, lasts: .seconds(10)...(.hours(6))) { chance, devices in
            devices.camera(&chance).map { .cameraSilent($0) }
        },
        Kind(most: 3, lasts: .seconds(10)...(.hours(6))) { chance, devices in
            devices.camera(&chance).map { .cameraRefuses($0) }
        },
        Kind(most: 3, lasts: .seconds(10)...(.hours(6))) { chance, devices in
            devices.camera(&chance).map { .cameraSendsRubbish($0) }
        },
    ]

    private static let ofCentral: [Kind] = [
        Kind(most: 4, lasts: .seconds(1)...(.days(4))) { _, _ in .centralAway },
        Kind(most: 4, lasts: .seconds(1)...(.hours(6))) { _, _ in .centralBusy },
        Kind(most: 4, lasts: .seconds(1)...(.hours(6))) { chance, _ in
            .networkSlow(by: .milliseconds(chance.any(of: 20...20_000)))
        },
        Kind(most: 3, lasts: .seconds(1)...(.days(2))) { _, _ in .networkHangs },
        Kind(most: 4, lasts: .seconds(1)...(.hours(2))) { _, _ in .answersLost },
        Kind(most: 4, lasts: .seconds(1)...(.hours(12))) { _, _ in .questionsRepeated },
        Kind(most: 4, lasts: .seconds(1)...(.hours(2))) { _, _ in .questionsLate },
        Kind(most: 4, lasts: .seconds(1)...(.hours(2))) { _, _ in .answersWrong },
        Kind(most: 3, lasts: nil) { chance, _ in .centralWentBack(records: 1 + chance.below(40)) },
        Kind(most: 1, lasts: nil) { _, _ in .centralAhead },
        Kind(most: 2, lasts: .minutes(1)...(.hours(12))) { _, _ in .recordsRejected },
    ]

    private static let ofDiskAndClock: [Kind] = [
        Kind(most: 4, lasts: .seconds(1)...(.hours(2))) { chance, _ in
            .diskSlow(by: .milliseconds(chance.any(of: 20...3_000)))
        },
        Kind(most: 3, lasts: .seconds(1)...(.hours(6))) { _, _ in .diskFull },
        // Long enough for a new list to be asked for, or for more vehicles than there is room for.
        Kind(most: 2, aim: .list, lasts: .minutes(30)...(.hours(2))) { _, _ in .diskFull },
        Kind(most: 1, aim: .rush, lasts: .minutes(90)...(.hours(3))) { _, _ in .diskFull },
        Kind(most: 3, lasts: .seconds(1)...(.hours(2))) { _, _ in .diskFails },
        Kind(most: 2, lasts: .hours(1)...(.days(1))) { chance, _ in
            .clockDrifts(by: .milliseconds(chance.any(of: -60_000...60_000)))
        },
        Kind(most: 6, lasts: nil) { chance, _ in .clockSteps(by: .milliseconds(chance.any(of: -100_000...100_000))) },
        Kind(most: 2, lasts: .seconds(1)...(.hours(6))) { chance, _ in
            .clockSteps(by: .hours(chance.any(of: -1_000...1_000)))
        },
        // 56 years: the battery of the clock is empty, and it begins in 1970.
        Kind(most: 1, lasts: .seconds(1)...(.hours(2))) { _, _ in .clockSteps(by: .days(-20_454)) },
        Kind(most: 3, lasts: .seconds(1)...(.days(1))) { _, _ in .clockNotGood },
    ]

    private static let ofPrograms: [Kind] = [
        Kind(most: 12, lasts: nil) { _, _ in .killed(.station) },
        Kind(most: 12, lasts: nil) { chance, _ in .killedMidway(after: chance.below(40)) },
        Kind(most: 4, lasts: .milliseconds(500)...(.hours(1))) { _, _ in .killed(.station) },
        Kind(most: 4, lasts: .seconds(2)...(.hours(1))) { _, _ in .stopped(.station) },
        Kind(most: 3, lasts: .seconds(1)...(.hours(1))) { _, _ in .killed(.central) },
        Kind(most: 2, lasts: .seconds(1)...(.hours(1))) { _, _ in .killed(.devices) },
        Kind(most: 12, lasts: nil) { chance, _ in .powerCut(after: chance.below(400)) },
        Kind(most: 4, lasts: nil) { chance, _ in .reconfigured(chance.below(4)) },
    ]

    private static let ofFiles: [Kind] = [
        // One station in three: most records are to be in journals that nothing excuses.
        Kind(most: 4, spared: (2, of: 3), lasts: nil) { chance, _ in .fileDamaged(.journal, damage(&chance)) },
        Kind(most: 3, lasts: nil) { chance, _ in .fileDamaged(.list, damage(&chance)) },
        Kind(most: 3, lasts: nil) { chance, _ in .fileDamaged(.listBefore, damage(&chance)) },
    ]

    private static let ofStandstills: [Kind] = [
        // Longer, and the watchdog ends it.
        Kind(most: 12, lasts: .milliseconds(100)...(.seconds(5))) { _, _ in .stoodStill }
    ]

    private static func damage(_ chance: inout Chance) -> FileDamage {
        [.bitFlipped, .zeros, .truncated, .gone][chance.below(4)]
    }
}
