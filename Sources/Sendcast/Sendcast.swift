@_exported import Assembly
@_exported import Calibration
@_exported import Finance
@_exported import Formats
@_exported import Growth
@_exported import Intake
@_exported import LinearAlgebra
@_exported import Outputs
@_exported import Placement
@_exported import Projection
@_exported import Publishing
@_exported import Queues
@_exported import Rates
@_exported import Sampling
@_exported import Studies
@_exported import Vocabulary

/// The version of Sendcast.
public let sendcastVersion = "0.2.0"
