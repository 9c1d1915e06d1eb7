import Lane

extension ECPFirmware {
    private static let done = Array("Done".utf8)
    private static let error = Array("Error".utf8)

    /// Carries out a command; nil when it has no answer of its own (`63` answers with the sign-on).
    mutating func execute(_ command: [UInt8], _ now: Instant, _ actions: inout [Action]) -> [UInt8]? {
        counts.commands += 1
        let text = String(decoding: command, as: UTF8.self)
        // In data mode the reader takes one command only, and says so to all others.
        if !isInCommandMode, text != "01" { return Self.error }
        switch text {
        case "01":
            isInCommandMode = true
            return Self.done
        case "00":
            isInCommandMode = false
            saved = setup
            return Self.done
        case "63":
            // It clears all buffers, kept messages too.
            memory = []
            powerOn(now, &actions)
            return nil
        default: break
        }
        if let shown = display(text) { return Array(shown.utf8) }
        return change(text) ? Self.done : Self.error
    }

    /// The answers of the display commands; nil for another command.
    private func display(_ text: String) -> String? {
        func hex(_ number: UInt8) -> String {
            String(decoding: ECPChecksum.hex(UInt32(number), digits: 2), as: UTF8.self)
        }
        return switch text {
        case "505": model.version
        case "520": "PWRB P0 R0"  // assumed: the manuals at hand do not show it
        case "521": "RDID \(hex(setup.id))"
        case "522": "MAIN B\(setup.baudCode) S\(setup.stopBits) P\(setup.parity) D0"
        case "525": "ECPS P\(setup.mode.rawValue) T\(hex(setup.timeout)) X\(setup.hasFlowControl ? 1 : 0) S0"
        case "526": "IOST C0 O0 I\(inputs == 0 ? 0 : 1) D4"
        case "529": "PRST P\(setup.presenceReports) D0 A0 T0 I\(setup.inputReports)"
        case "530": "RF0S U\(setup.uniqueness.rawValue) V0"
        default: nil
        }
    }

    /// Carries out a command that sets something; false when there is none such, or its value is out of range.
    private mutating func change(_ text: String) -> Bool {
        switch text {
        case "610": setup.mode = .basic
        case "611": enterECP()
        case "613": setup.mode = .inquiry
        case model.transmitAll: setup.uniqueness = .transmitAll
        case "4100": setup.uniqueness = .twoMinutes
        case "4101": setup.uniqueness = .quarterMinute
        case "6140": setup.hasFlowControl = false
        case "6141": setup.hasFlowControl = true
        case "6170": setup.echoes = false
        case "6171": setup.echoes = true
        case "310", "311": setup.appendsAuxiliary = text == "311"
        case "300", "302": return appendTime(text == "302")
        case "65": break
        default: return changeNumber(text)
        }
        if setup.mode != .ecp {
            isAwaiting = false
            repeatAt = nil
        }
        return true
    }

    private mutating func enterECP() {
        guard setup.mode != .ecp else { return }
        setup.mode = .ecp
        isAwaiting = false
        lastCommand = nil
    }

    /// The form of messages cannot change while some are in memory.
    private mutating func appendTime(_ appends: Bool) -> Bool {
        guard model.hasClock, memory.isEmpty else { return false }
        setup.appendsTime = appends
        return true
    }

    /// The commands that carry digits: each with its code, how many hex digits follow, and the range.
    private mutating func changeNumber(_ text: String) -> Bool {
        let numbers:
            [(code: String, digits: Int, range: ClosedRange<UInt8>, place: WritableKeyPath<ReaderSetup, UInt8>)] = [
                ("612", 2, 0x01...0xFF, \.timeout), ("60", 2, 0x00...0xFF, \.id),
                ("644", 2, 0x00...0x0F, \.attenuation),
                ("100", 1, 2...7, \.baudCode), ("101", 1, 0...1, \.stopBits), ("102", 1, 0...2, \.parity),
                ("690", 1, 0...3, \.presenceReports), ("82", 1, 0...3, \.inputReports),
            ]
        for number in numbers
        where text.hasPrefix(number.code) && text.utf8.count == number.code.utf8.count + number.digits {
            var value: UInt8 = 0
            for digit in text.utf8.suffix(number.digits) {
                guard let figure = ECPChecksum.value(digit) else { return false }
                value = value << 4 | figure
            }
            guard number.range.contains(value) else { return false }
            setup[keyPath: number.place] = value
            return true
        }
        return false
    }
}
