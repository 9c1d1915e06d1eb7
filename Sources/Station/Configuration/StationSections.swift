/// All sections of a station's file as they were read, with the places of what they say.
package struct StationSections: Sendable {
    let station: [ReadSection<StationSection>]
    var lanes: [ReadSection<LaneSection>]
    let detectors: [ReadSection<DetectorSection>]
    let readers: [ReadSection<ReaderSection>]
    let cameras: [ReadSection<CameraSection>]
    let lights: [ReadSection<LightsSection>]
    let profiles: [ReadSection<ProfileSection>]
    let lines: [ReadSection<LinesSection>]
    let central: [ReadSection<CentralSection>]
    let issuers: [ReadSection<IssuerSection>]
    let journal: [ReadSection<JournalSection>]
    let photos: [ReadSection<PhotosSection>]
    let log: [ReadSection<LogSection>]

    /// Kinds of which the file has a section that could not be told from others: what refers to one is then not checked.
    let unclear: Set<String>

    init(_ text: ConfigurationText, _ errors: inout ConfigurationErrors) {
        text.report(knownKinds: Self.kinds, &errors)
        station = StationSection.table.read(text, &errors)
        lanes = LaneSection.table.read(text, &errors).sorted { $0.value.settings.lane < $1.value.settings.lane }
        detectors = DetectorSection.table.read(text, &errors)
        readers = ReaderSection.table.read(text, &errors)
        cameras = CameraSection.table.read(text, &errors)
        lights = LightsSection.table.read(text, &errors)
        profiles = ProfileSection.table.read(text, &errors)
        lines = LinesSection.table.read(text, &errors)
        central = CentralSection.table.read(text, &errors)
        issuers = IssuerSection.table.read(text, &errors)
        journal = JournalSection.table.read(text, &errors)
        photos = PhotosSection.table.read(text, &errors)
        log = LogSection.table.read(text, &errors)
        let understood = [
            "lane": lanes.count, "detector": detectors.count, "reader": readers.count, "profile": profiles.count,
        ]
        let isStrange = text.hasBrokenSection || text.sections.contains { !Self.kinds.contains($0.kind) }
        unclear = Set(
            understood.keys.filter { kind in
                isStrange || text.sections.count { $0.kind == kind } != understood[kind]
            })
    }

    /// Every kind of section, in the order in which documents show them.
    package static let kinds = [
        "station", "lane", "detector", "reader", "camera", "lights", "profile", "lines", "central", "issuer", "journal",
        "photos", "log",
    ]

    /// Every section documented, in the same order.
    static let documented = [
        StationSection.table.documented, LaneSection.table.documented, DetectorSection.table.documented,
        ReaderSection.table.documented, CameraSection.table.documented, LightsSection.table.documented,
        ProfileSection.table.commentedOut, LinesSection.table.documented, CentralSection.table.documented,
        IssuerSection.table.commentedOut, JournalSection.table.documented, PhotosSection.table.documented,
        LogSection.table.documented,
    ]

    /// The settings as text, whatever file they came from: what the configuration digest is made over.
    ///
    /// Sections stand in the order of `kinds`, named ones in the order of the file, which numbers detectors, cameras and antennas; a
    /// section that the file leaves out stands there with its defaults.
    var canonical: String {
        let parts: [[String]] = [
            StationSection.table.canonical(station), LaneSection.table.canonical(lanes),
            DetectorSection.table.canonical(detectors), ReaderSection.table.canonical(readers),
            CameraSection.table.canonical(cameras), LightsSection.table.canonical(lights),
            ProfileSection.table.canonical(profiles), LinesSection.table.canonical(lines),
            CentralSection.table.canonical(central), IssuerSection.table.canonical(issuers),
            JournalSection.table.canonical(journal), PhotosSection.table.canonical(photos),
            LogSection.table.canonical(log),
        ]
        return parts.joined().joined(separator: "\n")
    }
}
