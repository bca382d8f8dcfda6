//! The list of the audit log.

use serde_json::{Map, Value, json};

use super::super::context::{Context, reply_with};
use super::filter::Filter;
use super::page;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let filter = Filter::read(context.input, context.account()?);
    let page = page::read(context, |entry| filter.matches(entry))?;
    let count = page.items.len();
    let mut info = Map::new();
    info.insert(
        "count".to_owned(),
        match context.quirks.has(Quirk::CountsAreNumbers) {
            true => count.into(),
            false => count.to_string().into(),
        },
    );
    if let Some(cursor) = page.cursor {
        if !context.quirks.has(Quirk::NoCursorsAfter) {
            info.insert("cursors".to_owned(), json!({ "after": cursor }));
        }
        if !context.quirks.has(Quirk::CursorsAfter) {
            info.insert("cursor".to_owned(), cursor.into());
        }
    }
    Ok(reply_with(page.items.into(), info.into()))
}
