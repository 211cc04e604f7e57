import Projection

/// What tables call the series of a layout.
struct SeriesNames {
    private let layout: SeriesLayout
    private let ages: [String]

    init(_ layout: SeriesLayout) {
        self.layout = layout
        ages = (0..<layout.space.years).map(String.init)
    }

    /// Age, band, need and setting.
    func place(_ label: SeriesLayout.Label) -> [String] {
        [age(label), label.band.map { layout.bands[$0].name } ?? ResultFiles.all, need(label), setting(label)]
    }

    /// Age, need and setting.
    func placeWithoutBand(_ label: SeriesLayout.Label) -> [String] { [age(label), need(label), setting(label)] }

    private func age(_ label: SeriesLayout.Label) -> String { label.age.map { ages[$0] } ?? ResultFiles.all }

    private func need(_ label: SeriesLayout.Label) -> String {
        label.need.map { layout.space.need.codes[$0] } ?? ResultFiles.all
    }

    private func setting(_ label: SeriesLayout.Label) -> String {
        label.setting.map { layout.space.setting.codes[$0] } ?? ResultFiles.all
    }
}
