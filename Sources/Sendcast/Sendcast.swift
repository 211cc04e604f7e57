/// The version of Sendcast.
public let sendcastVersion = "0.2.0"
