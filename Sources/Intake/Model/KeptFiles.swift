extension ModelFolder {
    /// A folder and files of the user's that a model made anew keeps.
    package static let ofUsers = [
        "scenarios", "places.csv", "overflow.csv", "latent.csv", "areas.csv", "areas.geojson", "out-of-area.csv",
        "inflation.csv", "funding.csv", "contributions.csv",
        "outturn.csv", "backtest.csv", "counted.csv", "overlap.csv", RateTable.routes.file,
    ]
}
