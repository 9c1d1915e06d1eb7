import Lane
import Lights

/// The light profile that `[lights]` names.
extension StationChecks {
    /// The settings of the heads, with the named profile in them.
    mutating func lights() -> LightSettings {
        let section = sections.lights.first?.value ?? LightsSection()
        var settings = section.settings
        let own = sections.profiles.compactMap { ownProfile($0) }
        let shipped = LightProfile.shipped.map {
            $0.name == "classic" ? .classic(noticeOverdue: section.noticeOverdue) : $0
        }
        if let profile = (own + shipped).first(where: { $0.name == section.profile }) { settings.profile = profile }
        if let lights = sections.lights.first { check(lights, own: sections.profiles.map(\.name)) }
        return settings
    }

    private mutating func check(_ lights: ReadSection<LightsSection>, own: [String]) {
        let name = lights.value.profile
        let known = KnownWords(LightProfile.shipped.map(\.name) + own)
        if lights.says("profile"), !sections.unclear.contains("profile"), !known.words.contains(name) {
            errors.add(
                at: lights.place(of: "profile"),
                """
                [lights] profile: there is no profile \(name.quoted); \
                expected \(known.words.joined(separator: ", "))\(known.hint(for: name))
                """)
        }
        if lights.says("noticeOverdue"), name != "classic" {
            errors.add(
                at: lights.place(of: "noticeOverdue"),
                "[lights] noticeOverdue: only the profile classic leaves it open; leave the line out")
        }
    }

    private mutating func ownProfile(_ section: ReadSection<ProfileSection>) -> LightProfile? {
        if LightProfile.shipped.contains(where: { $0.name == section.name }) {
            errors.add(at: section.at, "\(section.heading): a shipped profile has this name; choose another")
            return nil
        }
        // A value that was not understood has its own error: here it is not missing.
        var aspects = section.value.aspects
        for outcome in Outcome.allCases where aspects[outcome] == nil && section.places[outcome.word] != nil {
            aspects[outcome] = .dark
        }
        do throws(LightProfileError) {
            return try LightProfile(name: section.name, top: section.value.top, aspects: aspects)
        } catch {
            errors.add(at: section.at, "\(section.heading) \(error)")
            return nil
        }
    }
}
