import Storage
import TestSupport
import Testing

@Suite struct GrowingFileTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func `a file grows from one opening to the next, and loses what was behind its end`() throws {
        let path = folder / "growing"
        do {
            var file = try GrowingFile(path, keeping: 0)
            try file.append([1, 2, 3])
            try file.append([])
            try file.sync()
            #expect(file.size == 3)
        }
        do {
            var file = try GrowingFile(path, keeping: 2)
            try file.append([9])
            #expect(file.size == 3)
        }
        #expect(try SourceFile(path)?.readAll(most: 10) == [1, 2, 9])
    }

    @Test func `a file that is too short is not filled up`() throws {
        let path = folder / "short"
        let error = #expect(throws: FileError.self) { _ = try GrowingFile(path, keeping: 1) }
        #expect(error?.description == "go on with \(path): Invalid argument")
    }
}
