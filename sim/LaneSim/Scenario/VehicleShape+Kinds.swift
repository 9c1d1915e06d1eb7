import Lane

/// The kinds of vehicles that a scenario can name without describing them.
///
/// Lengths are those of common vehicles, the longest that 96/53/EC allows for articulated vehicles (16.5 m) and for
/// vehicles with a trailer (18.75 m); where tags hang is an assumption.
extension VehicleShape {
    package static let van = VehicleShape(
        length: Metres(millimetres: 6_000), tagBehindFront: Metres(millimetres: 1_200))
    package static let motorcycle = VehicleShape(
        length: Metres(millimetres: 2_200), tagBehindFront: Metres(millimetres: 800))
    package static let lorry = VehicleShape(
        length: Metres(millimetres: 10_000), tagBehindFront: Metres(millimetres: 1_000))
    package static let bus = VehicleShape(
        length: Metres(millimetres: 12_000), tagBehindFront: Metres(millimetres: 800))
    package static let articulated = VehicleShape(
        length: Metres(millimetres: 16_500), tagBehindFront: Metres(millimetres: 1_000))
    /// A lorry and its trailer, with a drawbar of 1.5 m between them.
    package static let lorryWithTrailer = VehicleShape(
        parts: [
            Metres.zero...Metres(millimetres: 9_500), Metres(millimetres: 11_000)...Metres(millimetres: 18_750),
        ], tagBehindFront: Metres(millimetres: 1_000))
    /// A car and its trailer, with a drawbar of 1.2 m between them.
    package static let carWithTrailer = VehicleShape(
        parts: [Metres.zero...Metres(millimetres: 4_500), Metres(millimetres: 5_700)...Metres(millimetres: 9_000)],
        tagBehindFront: Metres(millimetres: 1_500))

    /// Each kind with the word that scenarios use.
    package static let kinds: [(word: String, shape: VehicleShape)] = [
        ("car", .car), ("van", .van), ("motorcycle", .motorcycle), ("lorry", .lorry), ("bus", .bus),
        ("articulated", .articulated), ("lorryWithTrailer", .lorryWithTrailer), ("carWithTrailer", .carWithTrailer),
    ]
}
