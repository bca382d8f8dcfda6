//! System policies.

use serde_json::Value;

use super::super::context::Context;
use super::super::state::ScopeType;
use super::catalog;
use super::cursor::{CursorPage, place, with_next};
use super::parameters::Parameters;
use super::scope::scope_type;
use crate::context::with_field;
use crate::paging::PageFault;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

/// The name of the list in its cursors.
const LIST: &str = "system_policies";

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let scope_type = scope_type(input.query("scope_type")).unwrap_or(ScopeType::Account);
    let permission_type = input.query("permission_type");
    // Faults that change cursors need pages.
    let paged = context.quirks.has(Quirk::SystemPoliciesPaged) || context.paging.fault != PageFault::None;
    let page = match paged {
        true => CursorPage::read(context, LIST)?,
        false => CursorPage::all(context),
    };
    let found = (0..)
        .zip(catalog::policies())
        .filter(|(_, policy)| policy.scope_type == scope_type)
        .filter(|(_, policy)| permission_type.is_none_or(|wanted| policy.permission_type().word() == wanted))
        .map(|(number, policy)| (place(number), policy.to_json(&Parameters::new())))
        .collect();
    let (found, next) = page.cut(found, LIST);
    Ok(with_next(with_field("data", found), next))
}
