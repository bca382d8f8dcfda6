//! The history of the resource that an entry of the audit log is about.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::super::context::{Context, reply_with};
use super::super::state::{AuditEntry, AuditResource};
use super::entry_iter::EntryIter;
use super::page;
use crate::refusal::Refusal;

/// How far the entry may be from the time in the request.
const AROUND: TimeDelta = TimeDelta::hours(1);

/// Lists the entries about the same resource. The source entry is looked for around `action_time`.
pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let source = source(context, page::moment(input, "action_time")?)?;
    let is_exact = source.raw.is_some();
    let page = page::read(context, |entry| {
        is_same(source.resource.as_ref(), entry.resource.as_ref())
    })?;
    let status = match source.resource.and_then(|resource| resource.id) {
        None => "unavailable",
        Some(_) if is_exact => "exact",
        Some(_) => "approximate",
    };
    let info = json!({ "count": page.items.len(), "cursor": page.cursor, "history_status": status });
    Ok(reply_with(page.items.into(), info))
}

fn source(context: &Context<'_>, time: DateTime<Utc>) -> Result<AuditEntry, Refusal> {
    let from = time.checked_sub_signed(AROUND).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let to = time.checked_add_signed(AROUND).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let mut entries = EntryIter::new(&context.account()?.audit_log, from, to, true);
    entries
        .find(|(_, entry)| entry.id == context.input.path("id"))
        .map(|(_, entry)| entry.into_owned())
        .ok_or_else(|| Refusal::not_found("the audit log has no entry with this id around action_time"))
}

/// Returns whether two entries are about the same resource. A resource without an id has no history.
fn is_same(a: Option<&AuditResource>, b: Option<&AuditResource>) -> bool {
    let key = |resource: &AuditResource| Some((resource.product.clone(), resource.kind.clone(), resource.id.clone()?));
    let a = a.and_then(key);
    a.is_some() && a == b.and_then(key)
}
