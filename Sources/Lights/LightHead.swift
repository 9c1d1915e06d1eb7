import Lane

/// What one light head shows and for how long. It never shows two aspects, and is dark unless it was started (I9).
///
///     off ──start──▶ dark ──decided──▶ lit ──decided──▶ blank ──wake──▶ lit
///                     ▲                 │ holdMax         │ decided dark
///                     └─────────────────┴─────────────────┘
///
/// * A vehicle that comes to a head that has been dark for `blank` is lit at once; sooner, when `blank` is over.
/// * **Bursts**: one aspect waits at the most, the newest. It does not prolong the blank, so decisions that come faster
///   than `blank` cannot keep the head dark.
/// * A **revision** is about the same vehicle, so the aspect changes without a blank. About an older vehicle than the
///   newest decided it changes nothing: the head belongs to the newest.
/// * `show` sets all three places at once. A driver that cannot do so puts out before it lights.
package struct LightHead: Sendable {
    /// What a head hears.
    package enum Event: Hashable, Sendable {
        /// The program is in control of the lamps.
        case start
        case decided(PassageID, Outcome)
        /// A late read revised the decision of a vehicle that has not passed the head.
        case revised(PassageID, Outcome)
        /// The moment that the last `.wake` asked for.
        case wake
        /// The program lets go of the lamps; afterwards only `.start` is heard.
        case stop
    }

    /// What a head wants done, in this order.
    package enum Action: Hashable, Sendable {
        /// Light this place, and put out the two others.
        case show(Aspect)
        /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
        case wake(Instant?)
    }

    private enum State: Hashable {
        /// Not in control: before the start and after the stop.
        case off
        /// Nothing lit, and nothing waits.
        case dark(since: Instant)
        /// Dark between two vehicles; `next` is lit when `blank` is over.
        case blank(since: Instant, next: Aspect)
        case lit(Aspect, until: Instant)
    }

    private let settings: LightSettings
    private var state = State.off
    /// The vehicle that the head belongs to.
    private var vehicle: PassageID?

    package init(settings: LightSettings) { self.settings = settings }

    /// What the head shows now, for a driver that has come back and for `status`.
    package var aspect: Aspect {
        if case .lit(let aspect, _) = state { aspect } else { .dark }
    }

    /// Takes one event. `now` never goes back.
    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        switch event {
        case .start:
            return goDark(at: now)
        case .stop:
            state = .off
            return [.show(.dark), .wake(nil)]
        case .decided(let passage, let outcome):
            vehicle = passage
            return next(settings.profile.aspect(for: outcome), at: now)
        case .revised(let passage, let outcome):
            return passage == vehicle ? revise(to: settings.profile.aspect(for: outcome), at: now) : []
        case .wake:
            return wake(at: now)
        }
    }

    /// The aspect of another vehicle: dark first, then lit as soon as the head has been dark for `blank`.
    private mutating func next(_ aspect: Aspect, at now: Instant) -> [Action] {
        switch state {
        case .off: []
        case .lit: [.show(.dark)] + lightAfterBlank(aspect, darkSince: now, at: now)
        case .dark(let since), .blank(let since, _): lightAfterBlank(aspect, darkSince: since, at: now)
        }
    }

    /// Another aspect for the same vehicle.
    private mutating func revise(to aspect: Aspect, at now: Instant) -> [Action] {
        guard case .lit(let old, _) = state else { return next(aspect, at: now) }
        if aspect == old { return [] }
        return aspect == .dark ? goDark(at: now) : light(aspect, at: now)
    }

    private mutating func wake(at now: Instant) -> [Action] {
        switch state {
        case .off, .dark: []
        case .blank(let since, let next): lightAfterBlank(next, darkSince: since, at: now)
        case .lit(_, let until): now < until ? [.wake(until)] : goDark(at: now)
        }
    }

    private mutating func lightAfterBlank(_ aspect: Aspect, darkSince since: Instant, at now: Instant) -> [Action] {
        if aspect == .dark {
            state = .dark(since: since)
            return [.wake(nil)]
        }
        let end = since + settings.blank
        if now >= end { return light(aspect, at: now) }
        state = .blank(since: since, next: aspect)
        return [.wake(end)]
    }

    private mutating func light(_ aspect: Aspect, at now: Instant) -> [Action] {
        let until = now + settings.holdMax
        state = .lit(aspect, until: until)
        return [.show(aspect), .wake(until)]
    }

    private mutating func goDark(at now: Instant) -> [Action] {
        state = .dark(since: now)
        return [.show(.dark), .wake(nil)]
    }
}
