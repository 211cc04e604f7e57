/// What is known of deficits of the dedicated schools grant after the statutory override.
package enum AfterOverride {
    /// For readers of a balance that is forecast until then.
    package static let words =
        "From 2028-29 the government means to meet new costs within its own budgets and does not expect authorities to pay them from general "
        + "funds (HM Treasury, Budget 2025, page 105); what becomes of deficits carried until then is not decided."
}
