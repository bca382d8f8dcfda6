//! `cargo xtask review`: reports what a change means.

use std::path::PathBuf;

use chrono::Utc;
use clap::{Args, ValueEnum};
use xtask::review::{self, Allowed, Denial, Review as Report};
use xtask::{Base, Failure, Found, Outcome, Tree, Workspace};

/// Compares the workspace with an earlier revision: changes on the wire and in Rust, versions, coverage, changelog.
///
/// Exit codes: 0 if nothing is denied, 1 if `--deny` denies something, 2 if the trees cannot be compared or the list of
/// exceptions cannot be read.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// The revision to compare with: a branch, a tag, a commit. Defaults to the last tag before the reviewed revision; or
    /// else to the commit in `openapi/review-base`; or else to the last commit in common with `--branch`. If there is
    /// none of them, or the recorded commit is the reviewed one, only what is not committed is compared, and `--deny` fails.
    #[arg(long)]
    base: Option<String>,
    /// The branch that others see, here or at `origin`.
    #[arg(long, default_value = "main")]
    branch: String,
    /// The revision to review. Defaults to the files on disk, committed or not.
    #[arg(long)]
    head: Option<String>,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail on facts of this level that the list of exceptions does not accept, on expired exceptions, and if something is
    /// not known. Exceptions that accept nothing are warnings.
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// The list of exceptions, each with `of`, `fact`, `operations` if the fact names them, `reason` and `expires`.
    #[arg(long, default_value = review::ALLOW_FILE)]
    allow: String,
    /// The workspace to review. Defaults to this one.
    #[arg(long, hide = true)]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For a pull request, with foldable sections.
    Markdown,
    /// For programs, in a stable format.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Facts that may make programs fail.
    Breaking,
}

impl Review {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let root = self.root.unwrap_or_else(|| Workspace::here().root().to_owned());
        let (base, note) = match self.base {
            Some(base) => (base, None),
            None => match Base::find(&root, self.head.as_deref(), &self.branch)? {
                Found::Base(base) => (base.revision, Some(base.why)),
                Found::Nothing(why) if self.deny.is_some() => return Err(Failure::new(why).with_code(2)),
                Found::Nothing(why) => ("HEAD".to_owned(), Some(why)),
            },
        };
        let before = Tree::at(&root, &base)?;
        let after = match &self.head {
            Some(head) => Tree::at(&root, head)?,
            None => Tree::working(&root),
        };
        let mut report = Report::of(&before, &after)?;
        if let Some(note) = note {
            report = report.with_note(note);
        }
        let denial = match self.deny {
            Some(Deny::Breaking) => {
                let list = after.read(&self.allow)?.unwrap_or_default();
                let allowed = Allowed::parse(&self.allow, &list)?;
                Some(review::deny(&report, &allowed, Utc::now().date_naive()))
            }
            None => None,
        };
        let text = match self.format {
            Format::Text => with_denial(review::text(&report), denial.as_ref(), "", ""),
            Format::Markdown => with_denial(review::markdown(&report), denial.as_ref(), "```text\n", "```\n"),
            Format::Json => review::json(&report, denial.as_ref()),
        };
        let passes = denial.as_ref().is_none_or(Denial::passes);
        Ok(Outcome::new(text).with_code(u8::from(!passes)))
    }
}

fn with_denial(text: String, denial: Option<&Denial>, open: &str, close: &str) -> String {
    match denial.map(Denial::to_string) {
        Some(denial) if !denial.is_empty() => format!("{text}\n{open}{denial}{close}"),
        _ => text,
    }
}
