// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, warnings are errors, and memory-unsafe code has to say so.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error), .strictMemorySafety()]

/// `make tsan` builds what has threads, and the tests that run without whole programs.
let isThreadsOnly = Context.environment["THREADS"] != nil

func library(_ name: String, _ dependencies: [Target.Dependency], at path: String? = nil, without: [String] = [])
    -> Target
{
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: without,
        swiftSettings: strict)
}

/// A program is a folder with one call in `main.swift`: an executable target cannot be linked by another.
func program(_ name: String, _ library: Target.Dependency, at path: String) -> Target {
    .executableTarget(name: name, dependencies: [library], path: path, swiftSettings: strict)
}

func tests(of name: String, _ more: [Target.Dependency] = [], without: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + more, path: "Tests/\(name)Tests",
        exclude: without, swiftSettings: strict)
}

func isBuilt(_ target: Target) -> Bool {
    let tests: Set = ["StationTests", "SyncTests", "TagReaderTests", "DevicesTests", "HTTPTests"]
    let programs: Set = ["station", "Central", "central", "LaneSim", "lanesim", "Bench", "bench", "Fuzz"]
    return !isThreadsOnly || (target.type == .test ? tests.contains(target.name) : !programs.contains(target.name))
}

func system(_ name: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
    name: "bomstasjon",
    products: [
        .executable(name: "station", targets: ["station"]),
        .executable(name: "lanesim", targets: ["lanesim"]),
        .executable(name: "central", targets: ["central"]),
        // What scripts/fuzz links with libFuzzer.
        .library(name: "Fuzz", type: .static, targets: ["Fuzz"]),
    ],
    targets: [
        // C libraries from Debian: each is imported by one target.
        system("CSerialPort", pkgConfig: "libserialport", debian: "libserialport-dev"),
        system("CSQLite", pkgConfig: "sqlite3", debian: "libsqlite3-dev"),
        system("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", debian: "libmicrohttpd-dev"),
        system("CGnuTLS", pkgConfig: "gnutls", debian: "libgnutls28-dev"),
        system("CSodium", pkgConfig: "libsodium", debian: "libsodium-dev"),
        system("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
        system("CLMDB", pkgConfig: "lmdb", debian: "liblmdb-dev"),
        .target(name: "CLinux", path: "Sources/C/CLinux"),

        // The station, from the pure core upwards.
        library("Lane", []),
        library("Exchange", ["Lane", "CSodium", "CLinux"]),
        library("Storage", ["CSQLite", "CLinux"]),
        library("Devices", ["Lane", "CSerialPort", "CLinux"]),
        library("HTTP", ["Lane", "CCurl", "CMicroHTTPD", "CGnuTLS", "CZlib", "CLinux"]),
        library("TagReader", ["Lane"]),
        library("Lights", ["Lane"]),
        library("Camera", ["Lane", "Exchange", "Storage", "HTTP"]),
        library("Sync", ["Lane", "Exchange", "Storage", "HTTP"]),
        library(
            "Station",
            ["Lane", "Exchange", "Storage", "Devices", "HTTP", "TagReader", "Lights", "Camera", "Sync"],
            without: ["Daemon"]),
        program("station", "Station", at: "Sources/Station/Daemon"),

        // What proves it.
        library("Peripherals", ["Lane", "Devices", "HTTP", "CLinux"], at: "sim/Peripherals"),
        library("SimDisk", ["Storage", "Peripherals", "CSQLite"], at: "sim/SimDisk"),
        library(
            "Central", ["Lane", "Exchange", "Storage", "Devices", "HTTP", "Station"], at: "sim/Central",
            without: ["Program", "openapi.yaml"]),
        program("central", "Central", at: "sim/Central/Program"),
        library(
            "LaneSim",
            [
                "Lane", "Exchange", "Storage", "Devices", "HTTP", "Lights", "Camera", "Sync", "TagReader", "Station",
                "Peripherals", "SimDisk", "Central",
            ], at: "sim/LaneSim",
            without: ["Program"]),
        program("lanesim", "LaneSim", at: "sim/LaneSim/Program"),
        library(
            "Bench",
            [
                "Lane", "Exchange", "Storage", "Devices", "HTTP", "Sync", "Station", "Peripherals", "LaneSim", "CLinux",
                "CLMDB",
            ],
            at: "sim/Bench", without: ["Program"]),
        program("bench", "Bench", at: "sim/Bench/Program"),
        library(
            "Fuzz",
            [
                "Lane", "Exchange", "Devices", "HTTP", "TagReader", "Camera", "Sync", "Station", "Peripherals",
                "Central", "LaneSim",
            ], at: "sim/Fuzz", without: ["Corpus"]),

        // What several tests need, and no program.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        tests(of: "Lane"), tests(of: "Exchange", without: ["Golden"]),
        tests(of: "Storage", ["SimDisk", "TestSupport"]),
        tests(of: "Devices", ["Lane", "CLinux", "TestSupport"]), tests(of: "HTTP"),
        tests(of: "TagReader"), tests(of: "Lights"), tests(of: "Camera", ["HTTP", "SimDisk", "Storage"]),
        tests(
            of: "Sync", ["HTTP", "Peripherals", "SimDisk", "TestSupport"], without: ["Fixtures"]),
        tests(of: "SimDisk", ["Storage", "Peripherals"]),
        tests(
            of: "Station", ["SimDisk", "TestSupport"] + (isThreadsOnly ? [] : ["Peripherals", "Central", "LaneSim"]),
            without: isThreadsOnly ? ["Commands", "Identity", "Processes"] : []),
        tests(of: "Peripherals", ["Lane", "Devices", "HTTP", "TagReader"]),
        tests(of: "Central", ["SimDisk", "Peripherals"]),
        tests(
            of: "LaneSim", ["Lane", "Exchange", "Storage", "Sync", "Station", "Central", "Peripherals", "TestSupport"]),
        tests(of: "Bench", ["Exchange", "HTTP", "Lane", "Sync"]), tests(of: "Fuzz", ["TestSupport"]),
        .testTarget(name: "StyleTests", path: "Tests/StyleTests", swiftSettings: strict),
    ]
)

package.products = isThreadsOnly ? [] : package.products
package.targets = package.targets.filter(isBuilt)
