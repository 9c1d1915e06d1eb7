import Camera
import Exchange
import Lane
import Testing

@Suite("A photo's file name")
struct PhotoFileNameTests {
    @Test func `is written after its passage, and read back`() {
        let name = Sample.name(42, "front_2", 3)
        #expect("\(name)" == "0123456789abcdeffedcba9876543210-42-front_2-3.jpg")
        #expect(PhotoFileName("\(name)") == name)
        let unnamed = PhotoFileName(.unnamed(PassageID(7)), camera: "rear", number: 1)
        #expect("\(unnamed)" == "unnamed-7-rear-1.jpg")
        #expect(PhotoFileName("\(unnamed)") == unnamed)
    }

    @Test func `keeps the dashes of its camera's name`() {
        let name = Sample.name(42, "lane-1-front", 3)
        #expect("\(name)" == "0123456789abcdeffedcba9876543210-42-lane-1-front-3.jpg")
        #expect(PhotoFileName("\(name)") == name)
    }

    @Test func `cannot lead out of its folder`() {
        #expect(
            "\(PhotoFileName(.unnamed(PassageID(1)), camera: "../a b/ø-1", number: 1))" == "unnamed-1-.._a_b__-1-1.jpg")
    }

    @Test(arguments: [
        "", ".jpg", "a.jpg", "unnamed-7-rear-1", "unnamed-7-rear-01.jpg", "unnamed-x-rear-1.jpg", "unnamed-7-rear.jpg",
        "unnamed-7-re/ar-1.jpg", "0123456789abcdeffedcba987654321-42-front-1.jpg",
        "0123456789ABCDEFFEDCBA9876543210-42-front-1.jpg", "0123456789abcdeffedcba9876543210-42-front-1.jpg.part",
        "0123456789abcdeffedcba9876543210--42-front-1.jpg",
    ])
    func `of another kind is not taken for one`(text: String) {
        #expect(PhotoFileName(text) == nil)
    }
}
