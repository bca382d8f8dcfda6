//! Enumerations, defaults and patterns.

use serde_json::Value;

use crate::context::Context;
use crate::fact::{Direction, Level};
use crate::schema::pair::SchemaPair;
use crate::wording::quote_all;

impl<'a> SchemaPair<'a> {
    pub(super) fn compare_values(&self, cx: &mut Context<'a>) {
        self.compare_enum(cx);
        if let Some(keyword) = self.changed_keyword("default") {
            // A default decides about a request that omits the field. In a response it has no effect.
            let level = match self.direction() {
                Direction::Request => Level::Breaking,
                Direction::Response => Level::Compatible,
            };
            keyword.add_changed(cx, "default", level);
        }
        if let Some(keyword) = self.changed_keyword("pattern") {
            keyword.add_changed(cx, "pattern", keyword.restriction());
        }
    }

    /// Programs are expected to accept unknown values in a response.
    fn compare_enum(&self, cx: &mut Context<'a>) {
        let keyword = self.keyword("enum");
        let narrowed = self.direction().narrowed();
        match (self.before.allowed_values(), self.after.allowed_values()) {
            (Some(was), Some(is)) => {
                for (from, to, verb, level) in [
                    (&was, &is, "removed", narrowed),
                    (&is, &was, "added", Level::Compatible),
                ] {
                    let values: Vec<&Value> = from.iter().filter(|value| !to.contains(value)).copied().collect();
                    if !values.is_empty() {
                        keyword.add(cx, format!("value {} {verb}", quote_all(values)), level);
                    }
                }
            }
            (None, Some(is)) => {
                let change = format!("limited to the values {}", quote_all(is));
                keyword.add(cx, change, narrowed);
            }
            (Some(_), None) => keyword.add(cx, "no longer limited to a list of values", Level::Compatible),
            (None, None) => {}
        }
    }
}
