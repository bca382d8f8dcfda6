//! The categories of products in the audit log.

use serde_json::{Value, json};

use super::super::context::Context;
use crate::refusal::Refusal;

/// The value of a category, its label, and its products with their labels.
type Category = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The categories of what the emulator records and generates. The labels are made up.
const CATEGORIES: &[Category] = &[
    (
        "accounts",
        "Accounts",
        &[
            ("accounts", "Accounts"),
            ("members", "Members"),
            ("resource_groups", "Resource groups"),
            ("sso_connectors", "SSO connectors"),
            ("subscriptions", "Subscriptions"),
            ("tokens", "API tokens of accounts"),
            ("user_groups", "User groups"),
            ("workers", "Workers"),
        ],
    ),
    ("memberships", "Memberships", &[("memberships", "Memberships")]),
    ("user", "Users", &[("tokens", "API tokens of users")]),
    ("zones", "Zones", &[("dns", "DNS")]),
];

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let named = |(value, label): &(&str, &str)| json!({ "value": value, "label": label });
    let items = CATEGORIES.iter().map(|(value, label, products)| {
        json!({ "value": value, "label": label, "products": products.iter().map(named).collect::<Vec<_>>() })
    });
    Ok(context.full_list(items.collect()))
}

#[cfg(test)]
mod tests {
    use super::super::super::state::SyntheticAuditLog;
    use super::super::record::AUDITED;
    use super::*;

    fn has(category: &str, product: &str) -> bool {
        let mut categories = CATEGORIES.iter().filter(|(value, ..)| *value == category);
        categories.any(|(.., products)| products.iter().any(|(value, _)| *value == product))
    }

    #[test]
    fn categories_have_every_product_that_is_recorded_or_generated() {
        for (_, _, product, _) in AUDITED {
            assert!(has("accounts", product) || has("memberships", product), "{product}");
        }
        for index in 0..20 {
            let resource = SyntheticAuditLog::new(20).entry(index).resource;
            let category = resource.as_ref().and_then(|resource| resource.product_category.clone());
            let product = resource.map(|resource| resource.product).unwrap_or_default();
            assert!(has(&category.unwrap_or_default(), &product), "{product}");
        }
    }
}
