//! Pages of the audit log.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use super::super::context::{Context, object, timestamp};
use super::super::state::{Account, AuditEntry};
use super::cursor::Cursor;
use super::entry_iter::{EntryIter, Position};
use crate::input::Input;
use crate::paging::PageFault;
use crate::quirk::{CLAMPED_PAGE_SIZE, Quirk};
use crate::refusal::Refusal;

/// A page: its entries, and the cursor of the next page. The cursor is empty on the last page if the quirk says so.
pub(super) struct Page {
    pub(super) items: Vec<Value>,
    pub(super) cursor: Option<String>,
}

/// Returns the page that a request asks for: of the entries from `since` to `before` that match.
pub(super) fn read(context: &Context<'_>, matches: impl Fn(&AuditEntry) -> bool) -> Result<Page, Refusal> {
    let input = context.input;
    let (since, before) = (moment(input, "since")?, moment(input, "before")?);
    if since > before {
        return Err(Refusal::invalid("since must not be later than before"));
    }
    let newest_first = input.query("direction") != Some("asc");
    let cursor = match input.query("cursor").filter(|text| !text.is_empty()) {
        None => Cursor {
            after: None,
            page: 0,
            empty_pages: 0,
            newest_first,
        },
        Some(text) => Cursor::decode(text)
            .filter(|cursor| cursor.newest_first == newest_first)
            .ok_or_else(|| {
                Refusal::invalid("cursor is none that this list has handed out; take it from the page before")
            })?,
    };
    let limit = limit(context)?;
    let account = context.account()?;
    let cut = |after: Option<Position>| {
        let entries = EntryIter::new(&account.audit_log, since, before, newest_first);
        let mut entries = match after {
            Some(position) => entries.after(position),
            None => entries,
        }
        .filter(|(_, entry)| matches(entry));
        let page: Vec<_> = entries.by_ref().take(limit).collect();
        let last = page.last().map(|(position, _)| *position);
        // There is a next page if there is one more entry.
        let next = last.filter(|_| entries.next().is_some());
        (page, next, last)
    };
    let next = |after: Option<Position>, page: u64, empty_pages: u64| Cursor {
        after,
        page,
        empty_pages,
        newest_first,
    };
    let (page, following) = match context.paging.fault {
        PageFault::EmptyPage => (
            Vec::new(),
            Some(next(cursor.after, cursor.page, cursor.empty_pages.saturating_add(1))),
        ),
        // The cursor leads to the second page, then to the third, and then back to the second.
        PageFault::CursorCycle if cursor.page >= 2 => (cut(cursor.after).0, Some(next(cut(None).2, 1, 0))),
        PageFault::CursorCycle => {
            let (page, _, last) = cut(cursor.after);
            (page, Some(next(last.or(cursor.after), cursor.page + 1, 0)))
        }
        _ => {
            let (page, following, _) = cut(cursor.after);
            (page, following.map(|position| next(Some(position), cursor.page + 1, 0)))
        }
    };
    let items: Vec<Value> = page.iter().map(|(_, entry)| to_json(account, entry)).collect();
    let cursor = following
        .map(Cursor::encode)
        .or_else(|| context.quirks.has(Quirk::EmptyCursorAtEnd).then(String::new));
    Ok(Page { items, cursor })
}

/// Parses a time, or a date, which means its start in UTC.
pub(super) fn moment(input: &Input, name: &str) -> Result<DateTime<Utc>, Refusal> {
    let text = input.query(name).unwrap_or_default();
    let date = text
        .parse::<NaiveDate>()
        .map(|date| date.and_time(NaiveTime::MIN).and_utc());
    date.or_else(|_| DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()))
        .map_err(|_| {
            Refusal::invalid(format!(
                "{name} must be a date such as 2024-10-31 or a moment of RFC 3339"
            ))
        })
}

fn limit(context: &Context<'_>) -> Result<usize, Refusal> {
    let limit = match (context.input.query("limit"), context.input.query_int("limit")) {
        (None, _) => context.paging.cursor_size,
        (Some(_), Some(limit)) if limit >= 1 => usize::try_from(limit).unwrap_or(usize::MAX),
        _ => return Err(Refusal::invalid("limit must be a whole number from 1")),
    };
    Ok(match context.quirks.has(Quirk::PageSizeClamped) {
        true => limit.min(CLAMPED_PAGE_SIZE),
        false => limit.min(context.paging.max_size).max(1),
    })
}

fn to_json(account: &Account, entry: &AuditEntry) -> Value {
    let resource = entry.resource.as_ref().map(|resource| {
        object([
            ("id", resource.id.clone().map(Value::from)),
            ("product", Some(resource.product.clone().into())),
            ("request", Some(resource.request.clone())),
            ("response", Some(resource.response.clone())),
            ("scope", Some(resource.scope.clone().into())),
            ("type", Some(resource.kind.clone().into())),
        ])
    });
    object([
        ("id", Some(entry.id.clone().into())),
        ("account", Some(json!({ "id": account.id, "name": account.name }))),
        (
            "action",
            Some(json!({
                "description": entry.description,
                "result": entry.action_result,
                "time": timestamp(entry.time),
                "type": entry.action_type,
            })),
        ),
        ("actor", Some(json!(entry.actor))),
        ("raw", entry.raw.as_ref().map(|raw| json!(raw))),
        ("resource", resource),
        ("zone", entry.zone.as_ref().map(|zone| json!(zone))),
    ])
}
