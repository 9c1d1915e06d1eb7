import Lights
import Devices
import TagReader

extension ReaderState {
    /// The state in words, for status and log.
    package var text: String {
        switch self {
        case .portMissing(let reason): "port missing: \(reason)"
        case .synchronising: "synchronising"
        case .reading: "reading"
        case .silent: "silent"
        case .faulty(let fault): "faulty: \(fault.text)"
        }
    }
}

extension ReaderFault {
    /// The fault in words, with what to look at.
    fileprivate var text: String {
        switch self {
        case .nonsense: "bytes, but no frame; look at baud rate and wiring"
        case .otherCRC(let crc): "its frames are checked as \(crc.rawValue); set crc = \(crc.rawValue)"
        case .basicOnly: "it stays in the Basic protocol; its firmware may lack ECP"
        case .staysInCommandMode: "it does not go to data mode"
        case .reported(let code): "it reports Error0\(code)"
        }
    }
}

extension Aspect {
    /// The places of a head that the aspect lights.
    var places: HeadPlaces {
        switch self {
        case .dark: .dark
        case .top: .top
        case .white: .white
        case .green: .green
        }
    }
}
