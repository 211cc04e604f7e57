import Foundation

/// The tables of releases of 2022 to 2024: bands of ages, statements beside plans, and one row of requests a year.
struct BandTables {
    private let release: MadeRelease
    private let areas: [MadeArea]
    private var isOld: Bool { release.layout == .of2022 }

    init(_ release: MadeRelease) {
        self.release = release
        areas = release.areas
    }

    var files: [(name: String, text: String)] {
        [
            ("sen2_age_caseload.csv", bands(isOfNewPlans: false)),
            ("sen2_age_new_plans.csv", bands(isOfNewPlans: true)),
            ("sen2_mi.csv", requests),
        ] + (isOld ? [("sen2_estab_caseload.csv", placements)] : [])
    }

    private static let bands: [(name: String, share: Double)] = [
        ("Under 5", 0.04), ("Age 5 to 10", 0.35), ("Age 11 to 15", 0.37), ("Age 16 to 19", 0.19),
        ("Age 20 to 25", 0.05),
    ]

    private static let placements: [(group: String, name: String, share: Double)] = [
        ("Non-maintained early years", "Non-maintained early years", 0.01),
        ("Mainstream school", "Mainstream - LA maintained", 0.2), ("Mainstream school", "Mainstream - Academy", 0.2),
        ("Mainstream school", "Mainstream - Academy - SEN unit", 0.01),
        ("Special school", "Special - Academy/free", 0.3),
        ("Special school", "Hospital School", 0.001), ("Special school", "Special - Independent", 0.05),
        ("Alternative provision/Pupil referral unit", "AP/PRU - Academy", 0.01),
        ("Further education", "Sixth form college", 0.15),
        ("Educated elsewhere", "Other arrangements by local authority", 0.03), ("NEET", "NEET", 0.039),
    ]

    /// Plans by kind of establishment, with the sums of each group beside them.
    private var placements: String {
        var text = "\(identity),establishment_type,establishment_group,"
        text += "Total_st,Total_st_pc,Total_ehc,Total_ehc_pc,Total_all,Total_all_pc\n"
        for area in areas {
            for year in 2010...release.layout.january {
                let counts = Self.placements.map { ($0.group, $0.name, Int((area.total(year) * $0.share).rounded())) }
                let groups = Dictionary(grouping: counts, by: \.0).sorted { $0.key < $1.key }
                let sums = groups.map { ($0.key, "Total", $0.value.reduce(0) { $0 + $1.2 }) }
                for (group, name, count) in counts + sums + [("Total", "Total", Int(area.total(year)))] {
                    text += area.identity(String(year), "Calendar year", isOldOrder: isOld)
                    text += ",\(name),\(group),z,z,\(count),1,\(count),1\n"
                }
            }
        }
        return text
    }

    private var identity: String {
        let codes = isOld ? "old_la_code,new_la_code" : "new_la_code,old_la_code"
        return
            "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\(codes),la_name"
    }

    private func bands(isOfNewPlans: Bool) -> String {
        let kind = isOfNewPlans ? "new_plans" : "caseload"
        // As published, eight columns of the releases of 2023 and 2024 have no name.
        let columns =
            isOld
            ? isOfNewPlans
                ? "characteristic_age,Total_new_st,Total_new_st_pc,Total_new_ehc,Total_new_ehc_pc,Total_new_all,Total_new_all_pc"
                : "characteristic_age,Total_st,Total_st_pc,Total_ehc,Total_ehc_pc,Total_all,Total_all_pc"
            : "age,ehcp_or_statement,num_\(kind),pc_\(kind),,,,,,,,"
        var text = "\(identity),\(columns)\n"
        let last = isOfNewPlans ? release.layout.january - 1 : release.layout.january
        for area in areas {
            for year in (isOfNewPlans ? 2009 : 2010)...last {
                let total = isOfNewPlans ? (area.total(year) * 0.13).rounded() : area.total(year)
                var rest = total
                let parts = Self.bands.map { band -> (String, Double) in
                    let count = band.name == Self.bands.last?.name ? rest : (total * band.share).rounded()
                    rest -= count
                    return (band.name, count)
                }
                for (name, count) in parts + [("Total", total)] {
                    let row = area.identity(String(year), "Calendar year", isOldOrder: isOld) + ",\(name),"
                    let whole = Int(count)
                    if isOld {
                        text += row + "z,z,\(whole),1,\(whole),1\n"
                    } else {
                        text += row + "EHCP,\(whole),1.0,,,,,,,,\n" + row + "Statement,z,z,,,,,,,,\n"
                        text += row + "Total,\(whole),1.0,,,,,,,,\n"
                    }
                }
            }
        }
        return text
    }

    private var requests: String {
        var text = "\(identity),\(isOld ? "InreqEHC,AssRefusedEHC" : "in_req_ehc,ass_refused_ehc")\n"
        for area in areas {
            for year in 2015..<release.layout.january {
                let begun = (area.total(year) * 0.13).rounded()
                let row = area.identity(String(year), "Calendar year", isOldOrder: isOld)
                text += row + ",\(Int(begun * 1.6)),\(Int(begun * 0.4))\n"
            }
        }
        return text
    }
}
