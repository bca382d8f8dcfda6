//! The filters of the audit log, with a table of the field that each filter compares.

use std::borrow::Cow;

use super::super::state::{Account, AuditEntry};
use crate::email::same_email;
use crate::input::Input;

/// Returns the value that a filter compares. An entry without the value is never left out.
type Field = for<'a> fn(&'a Account, &'a AuditEntry) -> Option<Cow<'a, str>>;

/// The parameters that leave out entries with one of their values.
const NOT: &[(&str, Field)] = &[
    ("account_name.not", |account, _| Some(account.name.as_str().into())),
    ("action_result.not", |_, entry| {
        Some(entry.action_result.as_str().into())
    }),
    ("action_type.not", |_, entry| Some(entry.action_type.as_str().into())),
    ("actor_context.not", |_, entry| {
        Some(entry.actor.context.as_str().into())
    }),
    (EMAIL, |_, entry| text(entry.actor.email.as_deref())),
    ("actor_id.not", |_, entry| text(entry.actor.id.as_deref())),
    ("actor_ip_address.not", |_, entry| {
        text(entry.actor.ip_address.as_deref())
    }),
    ("actor_token_id.not", |_, entry| text(entry.actor.token_id.as_deref())),
    ("actor_token_name.not", |_, entry| {
        text(entry.actor.token_name.as_deref())
    }),
    ("actor_type.not", |_, entry| Some(entry.actor.kind.as_str().into())),
    ("audit_log_id.not", |_, entry| Some(entry.id.as_str().into())),
    ("id.not", |_, entry| Some(entry.id.as_str().into())),
    ("raw_cf_ray_id.not", |_, entry| {
        text(entry.raw.as_ref().map(|raw| raw.cf_ray_id.as_str()))
    }),
    ("raw_method.not", |_, entry| {
        text(entry.raw.as_ref().map(|raw| raw.method.as_str()))
    }),
    ("raw_status_code.not", |_, entry| {
        entry.raw.as_ref().map(|raw| raw.status_code.to_string().into())
    }),
    ("raw_uri.not", |_, entry| {
        text(entry.raw.as_ref().map(|raw| raw.uri.as_str()))
    }),
    ("resource_id.not", |_, entry| {
        text(entry.resource.as_ref().and_then(|resource| resource.id.as_deref()))
    }),
    ("resource_product.not", |_, entry| {
        text(entry.resource.as_ref().map(|resource| resource.product.as_str()))
    }),
    ("resource_scope.not", |_, entry| {
        text(entry.resource.as_ref().map(|resource| resource.scope.as_str()))
    }),
    ("resource_type.not", |_, entry| {
        text(entry.resource.as_ref().map(|resource| resource.kind.as_str()))
    }),
    ("zone_id.not", |_, entry| {
        text(entry.zone.as_ref().map(|zone| zone.id.as_str()))
    }),
    ("zone_name.not", |_, entry| {
        text(entry.zone.as_ref().map(|zone| zone.name.as_str()))
    }),
];

/// The parameter whose values are email addresses.
const EMAIL: &str = "actor_email.not";

/// The one parameter that keeps only entries with one of its values.
const ONLY: &str = "product_category";

fn text(value: Option<&str>) -> Option<Cow<'_, str>> {
    value.map(Cow::from)
}

/// One of the parameters in a request: its field, whether its values are email addresses, and its values.
type Not<'a> = (Field, bool, Vec<&'a str>);

/// The filters of a request.
pub(super) struct Filter<'a> {
    account: &'a Account,
    not: Vec<Not<'a>>,
    categories: Option<Vec<&'a str>>,
}

impl<'a> Filter<'a> {
    pub(super) fn read(input: &'a Input, account: &'a Account) -> Self {
        Self {
            account,
            not: NOT
                .iter()
                .filter_map(|(name, field)| Some((*field, *name == EMAIL, input.query_list(name)?)))
                .collect(),
            categories: input.query_list(ONLY),
        }
    }

    pub(super) fn matches(&self, entry: &AuditEntry) -> bool {
        let left_out = |(field, by_email, values): &Not<'_>| {
            let is = |found: &str, value: &str| found == value || (*by_email && same_email(found, value));
            field(self.account, entry).is_some_and(|found| values.iter().any(|value| is(&found, value)))
        };
        !self.not.iter().any(left_out)
            && self.categories.as_ref().is_none_or(|wanted| {
                let category = entry
                    .resource
                    .as_ref()
                    .and_then(|resource| resource.product_category.as_deref());
                category.is_some_and(|category| wanted.contains(&category))
            })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn filters_are_those_of_the_document() {
        let operations = super::super::super::document::DOCUMENT.operations().unwrap();
        let list = operations
            .iter()
            .find(|operation| operation.id == "listAuditLogs")
            .unwrap();
        let documented: BTreeSet<&str> = list
            .query
            .iter()
            .map(|parameter| parameter.name.as_str())
            .filter(|name| name.ends_with(".not"))
            .collect();
        assert_eq!(NOT.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), documented);
        assert!(list.has_query_parameter(ONLY));
    }
}
