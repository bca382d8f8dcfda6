//! The output of an import.

use std::fmt::{Display, Write as _};

use account_provisioning_codegen::Error;
use account_provisioning_codegen::document::Document;
use account_provisioning_wire_diff::{Fact, text};
use serde_json::Value;

use crate::descriptions;
use crate::facts::LISTED_OPERATIONS;
use crate::import::operations::Plan;
use crate::import::settings::Settings;

/// How many operations that are not imported are listed. A large document has thousands.
const MAX_LEFT_OUT: usize = 20;

pub(super) struct Report {
    api: String,
    head: String,
    /// What is not imported; nobody has to do anything about it.
    tail: String,
}

impl Report {
    pub(super) fn new(api: &str, plan: &Plan, partial: bool) -> Self {
        let (mut head, mut tail) = (String::new(), String::new());
        let (missing, added, left_out) = (plan.missing.len(), plan.added.len(), plan.left_out.len());
        if missing > 0 {
            let verb = if missing == 1 { "is" } else { "are" };
            let outcome = if partial {
                "kept, since the document describes a part of the API"
            } else {
                "removed"
            };
            let title = format!(
                "{} {verb} not in the vendor's document; {outcome}:",
                operations(missing)
            );
            list(&mut head, &title, &plan.missing);
            head.push('\n');
        }
        if added > 0 {
            list(&mut head, &format!("{} added:", operations(added)), plan.added.values());
            head.push('\n');
        }
        if left_out > 0 {
            let (verb, them) = if left_out == 1 { ("is", "it") } else { ("are", "them") };
            let title = format!(
                "\n{} of the vendor's document {verb} not imported; `--include PATH-GLOB` adds {them}:",
                operations(left_out)
            );
            list(&mut tail, &title, plan.left_out.iter().take(MAX_LEFT_OUT));
            if left_out > MAX_LEFT_OUT {
                let _ = writeln!(tail, "  and {} more", left_out - MAX_LEFT_OUT);
            }
        }
        Self {
            api: api.to_owned(),
            head,
            tail,
        }
    }

    /// Lists what is unusual in the vendor's document, although it was imported.
    pub(super) fn remarks(&mut self, remarks: Result<(), Error>) {
        if let Err(remarks) = remarks {
            list(
                &mut self.head,
                "to look at in the vendor's document:",
                remarks.problems(),
            );
            self.head.push('\n');
        }
    }

    /// Lists what our document says and the generated code leaves out.
    pub(super) fn left_out(&mut self, remarks: Result<(), Error>) {
        if let Err(remarks) = remarks {
            list(&mut self.head, "\nto know about our document:", remarks.problems());
        }
    }

    /// Lists the rules of `import.yaml` by whether they made a difference.
    pub(super) fn rules(&mut self, settings: &Settings) {
        for (title, rules) in [
            ("rules of import.yaml that applied:", settings.applied().collect()),
            (
                "rules of import.yaml that made no difference; correct or remove them, unless they wait for other operations:",
                settings.idle(),
            ),
        ] {
            let rules: Vec<String> = rules;
            if !rules.is_empty() {
                list(&mut self.head, title, rules);
                self.head.push('\n');
            }
        }
    }

    pub(super) fn nothing(&self) -> String {
        format!(
            "{}nothing to do: openapi/{} agrees with the vendor's document\n{}",
            self.head, self.api, self.tail
        )
    }

    pub(super) fn facts(&mut self, facts: &[Fact]) {
        self.head.push_str("wire differences:\n");
        self.head.push_str(&text(facts, LISTED_OPERATIONS));
    }

    pub(super) fn version(&mut self, before: &Value, after: &Value) {
        let (before, after) = (&before["info"]["version"], &after["info"]["version"]);
        if before != after {
            let _ = writeln!(
                self.head,
                "\nthe vendor's version is {after}, and was {before}; update the texts that name it: info.description, \
                 overlay.yaml and openapi/README.md"
            );
        }
    }

    pub(super) fn undescribed(&mut self, document: &Document) {
        let places = descriptions::missing(document);
        if !places.is_empty() {
            list(&mut self.head, "\nto describe in our own words:", places);
        }
    }

    /// Lists what the generator does not support.
    pub(super) fn unsupported(&mut self, error: &Error) {
        let title = "\nto correct by hand, before `cargo xtask generate` accepts the document:";
        list(&mut self.head, title, error.problems());
    }

    /// The output of an import that failed.
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

fn list(out: &mut String, title: &str, lines: impl IntoIterator<Item = impl Display>) {
    let _ = writeln!(out, "{title}");
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

fn operations(count: usize) -> String {
    format!("{count} {}", if count == 1 { "operation" } else { "operations" })
}
