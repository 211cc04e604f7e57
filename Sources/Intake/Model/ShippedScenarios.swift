import Formats
import Foundation
import Vocabulary

/// Scenarios that ship with Sendcast, for every model of plans: the parts of the reform of 2026, of which none acts until it is named.
public enum ShippedScenarios {
    /// What the names of the reform's parts begin with.
    package static let reform = "reform/"

    private static let parts: [(name: String, bytes: [UInt8])] = [
        ("double-running", PackageResources.double_running_yaml),
        ("grant-end", PackageResources.grant_end_yaml),
        ("inclusion-bases", PackageResources.inclusion_bases_yaml),
        ("price-bands", PackageResources.price_bands_yaml),
        ("protected-places", PackageResources.protected_places_yaml),
        ("provision-packages", PackageResources.provision_packages_yaml),
        ("reassessment", PackageResources.reassessment_yaml),
        ("reviews", PackageResources.reviews_yaml),
        ("rush", PackageResources.rush_yaml),
        ("support-plans", PackageResources.support_plans_yaml),
    ]

    /// Their names, as the command line says them; none of children in care.
    public static func names(for service: Service) -> [String] {
        service == .plans ? parts.map { reform + $0.name } : []
    }

    /// The file of a name.
    /// - Precondition: it ships.
    package static func file(_ name: String) -> SourceFile {
        guard let part = parts.first(where: { reform + $0.name == name }) else {
            preconditionFailure("no scenario '\(name)' ships")
        }
        return SourceFile(name: "\(name).yaml", bytes: Data(part.bytes))
    }
}
