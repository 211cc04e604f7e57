/// An area as published tables name it.
public protocol PublishedArea: Sendable {
    /// The code of the Office for National Statistics, such as E08000035.
    var code: String { get }
    /// The Department for Education's number, such as 383; empty for England.
    var number: String { get }
    /// The name.
    var name: String { get }
    /// Whether it is England.
    var isNational: Bool { get }
    /// Every code that tables give it.
    var codes: Set<String> { get }
    /// The region that it lies in, as tables name it; empty where they do not.
    var region: String { get }
}

extension NationalRelease.Area: PublishedArea {}
