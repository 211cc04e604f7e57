import Vocabulary

/// The version of Sendcast.
public let sendcastVersion = "0.12.1"

/// What is taken for granted of places: nothing is ever full (`forecast`), what is committed opens (`committed`), or places stay as they are
/// (`frozen`).
///
/// ```swift
/// let results = try study.run(runs: 200, baseline: .committed)
/// print(results.baseline.spend(in: "2030-31").mean)
/// ```
public typealias PlacesBaseline = Vocabulary.PlacesBaseline

/// Something that was noticed in the user's data: how severe it is, the file, the row and the column, what is wrong, and what to do.
///
/// An `.error` stops a run; a `.warning` says that a figure may not mean what its reader expects; a `.note` says what was done. Its
/// `description` is the sentence that `sendcast check` prints.
///
/// ```swift
/// for finding in study.findings where finding.severity == .warning { print(finding) }
/// ```
public typealias Finding = Vocabulary.Finding

/// What is thrown where data cannot be used: every ``Finding`` at once, so that all can be mended together.
///
/// ```swift
/// do {
///     let study = try Study(folder: "models/mine")
///     print(study.title)
/// } catch {
///     for finding in error.findings { print(finding) }
/// }
/// ```
public typealias UnusableData = Vocabulary.UnusableData
