//! What an import has to say.

use std::fmt::Write as _;

use account_provisioning_codegen::Error;
use account_provisioning_codegen::document::Document;
use serde_json::Value;

use super::operations::Plan;
use crate::descriptions;
use crate::wire_diff::{self, Fact};

/// So many operations that stay out are listed; a large document has thousands.
const LISTED: usize = 20;

pub(super) struct Report {
    api: String,
    head: String,
    /// What stays out, which no one needs to act on.
    tail: String,
}

impl Report {
    pub(super) fn new(api: &str, plan: &Plan, partial: bool) -> Self {
        let mut head = String::new();
        if !plan.missing.is_empty() {
            let word = if partial {
                "kept, since the document describes a part of the API"
            } else {
                "removed"
            };
            let _ = writeln!(
                head,
                "{} {} not in the vendor's document; {word}:",
                operations(plan.missing.len()),
                if plan.missing.len() == 1 { "is" } else { "are" }
            );
            for operation in &plan.missing {
                let _ = writeln!(head, "  {operation}");
            }
            head.push('\n');
        }
        if !plan.added.is_empty() {
            let _ = writeln!(head, "{} added:", operations(plan.added.len()));
            for operation in plan.added.values() {
                let _ = writeln!(head, "  {operation}");
            }
            head.push('\n');
        }
        let mut tail = String::new();
        if !plan.left_out.is_empty() {
            let _ = writeln!(
                tail,
                "\n{} of the vendor's document {}; `--include PATH-GLOB` takes {} in:",
                operations(plan.left_out.len()),
                if plan.left_out.len() == 1 {
                    "stays out"
                } else {
                    "stay out"
                },
                if plan.left_out.len() == 1 { "it" } else { "them" }
            );
            for operation in plan.left_out.iter().take(LISTED) {
                let _ = writeln!(tail, "  {operation}");
            }
            if plan.left_out.len() > LISTED {
                let _ = writeln!(tail, "  and {} more", plan.left_out.len() - LISTED);
            }
        }
        Self {
            api: api.to_owned(),
            head,
            tail,
        }
    }

    pub(super) fn nothing(&self) -> String {
        format!(
            "{}nothing to do: openapi/{} says what the vendor's document says\n{}",
            self.head, self.api, self.tail
        )
    }

    pub(super) fn facts(&mut self, facts: &[Fact]) {
        self.head.push_str("wire differences:\n");
        self.head.push_str(&wire_diff::text(facts));
    }

    pub(super) fn version(&mut self, before: &Value, after: &Value) {
        let (before, after) = (&before["info"]["version"], &after["info"]["version"]);
        if before != after {
            let _ = writeln!(
                self.head,
                "\nthe vendor's version is {after}, and was {before}; say so where texts name it: info.description, \
                 overlay.yaml and openapi/README.md"
            );
        }
    }

    pub(super) fn undescribed(&mut self, document: &Document) {
        let places = descriptions::missing(document);
        if !places.is_empty() {
            self.head.push_str("\nto describe, in words of our own:\n");
            for place in places {
                let _ = writeln!(self.head, "  {place}");
            }
        }
    }

    /// What the generator does not take.
    pub(super) fn by_hand(&mut self, error: Option<&Error>) {
        if let Some(error) = error {
            let _ = writeln!(
                self.head,
                "\nto mend by hand, before `cargo xtask generate` takes the document:"
            );
            for problem in error.problems() {
                let _ = writeln!(self.head, "  {problem}");
            }
        }
    }

    /// What is known of an import that an error ends.
    pub(super) fn refused(&self, error: &Error) -> String {
        format!("{}\n{error}", self.head)
    }

    pub(super) fn changed(&self, path: &str, dry_run: bool) -> String {
        let last = if dry_run {
            format!("{path} would change; nothing was written")
        } else {
            format!("changed {path}; review it, then run `cargo xtask generate`")
        };
        format!("{}{}\n{last}\n", self.head, self.tail)
    }
}

fn operations(count: usize) -> String {
    format!("{count} {}", if count == 1 { "operation" } else { "operations" })
}
