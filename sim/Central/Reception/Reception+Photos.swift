import Exchange
import Lane

extension Reception {
    /// A photo is taken only after its passage's record is durable, so that it can be held against the digest in it.
    mutating func admit(_ photo: Photo, for request: RequestID) -> [Action] {
        guard let position = positions[photo.name.journal], photo.name.sequence <= position.contiguous else {
            return [.answer(request, .photoNotYet)]
        }
        guard photos.count < Self.mostWaiting else { return [.answer(request, .later(.tooManyPhotos))] }
        guard !photos.values.contains(where: { $0.name == photo.name }) else {
            return [.answer(request, .later(.photoUnderWay))]
        }
        photos[request] = photo
        return [.findPhoto(request, photo.name)]
    }

    mutating func judge(_ finding: PhotoFinding, for request: RequestID) -> [Action] {
        guard let photo = photos[request] else { return [] }
        if finding.kept == nil, let record = finding.record,
            record.isUnsettled || record.digests.contains(photo.digest)
        {
            return [.keepPhoto(request, photo.name, photo.digest)]
        }
        photos[request] = nil
        guard finding.kept == nil else {
            return [.answer(request, finding.kept == photo.digest ? .photoKept : .photoRefused(.otherDigest))]
        }
        return [.answer(request, .photoRefused(finding.record == nil ? .notAPassage : .notInRecord))]
    }
}
