import Camera
import Exchange
import FoundationEssentials
import HTTP
import Lane

/// A folder of its own, gone when the test is over.
struct Folder: ~Copyable {
    let path: String

    init() throws {
        path = "/tmp/camera-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("\(path) stays behind: \(error)")
        }
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }
}

enum Sample {
    static let journal = JournalID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    static let front = LaneCamera(lane: LaneNumber(1), camera: CameraNumber(0))
    static let rear = LaneCamera(lane: LaneNumber(1), camera: CameraNumber(1))

    /// Nothing but structure: enough for `JPEGShape`.
    static let jpeg: [UInt8] = [
        0xFF, 0xD8,  // SOI
        0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00,
        0xFF, 0xDB, 0x00, 0x03, 0x00,  // DQT, one byte of it
        0xFF, 0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x02, 0xD0, 0x05, 0x00, 0x01, 0x01, 0x11, 0x00,  // SOF0: 720, 1280
        0xFF, 0xC4, 0x00, 0x03, 0x00,  // DHT, one byte of it
        0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00,  // SOS
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,  // scan data with a stuffed FF and a restart
        0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00,  // a second scan, as progressive images have
        0x78, 0xFF, 0xFF, 0xD9,  // fill, EOI
    ]

    static func ms(_ milliseconds: Int64) -> Instant { Instant(nanoseconds: milliseconds * 1_000_000) }

    static func job(_ name: PhotoFileName) -> PhotoJob {
        PhotoJob(id: PhotoID(passage: PassageID(1), index: 0), place: front, trigger: ms(0), name: name)
    }

    static func name(_ sequence: UInt64, _ camera: String = "front", _ number: Int = 1) -> PhotoFileName {
        PhotoFileName(.record(journal, Sequence(sequence)), camera: camera, number: number)
    }

    static func file(_ name: PhotoFileName, at: Instant = ms(50)) -> PhotoFile {
        PhotoFile(name: name, digest: Digest(of: jpeg), bytes: jpeg.count, at: at)
    }
}

extension Folder {
    var namesOfPhotos: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path + "/photos").sorted() }
    }
}

func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
}
