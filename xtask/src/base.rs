//! The revision that a review compares with, if nobody names one.

use std::path::Path;

use crate::tree::git;
use crate::{Failure, files};

/// The file that records the base before the first tag, and for clones without tags: a commit after lines that start
/// with `#`.
pub const BASE_FILE: &str = "openapi/review-base";

/// A revision to compare with, and why it is the one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Base {
    /// A tag or a commit.
    pub revision: String,
    /// Why it is the one to compare with, in a line for reports.
    pub why: String,
}

/// The result of the search for a base.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "either there is a base or there is none")]
pub enum Found {
    /// The base.
    Base(Base),
    /// No base, and why, in a line for reports.
    Nothing(String),
}

impl Base {
    fn found(revision: &str, why: String) -> Found {
        let revision = revision.trim().to_owned();
        Found::Base(Self { revision, why })
    }

    /// Finds the base for a revision, or for the files on disk: the last tag before it, or else the commit in
    /// [`BASE_FILE`], or else the last commit that it has in common with `branch`, here or at `origin`. There is none if
    /// `branch` has all of its commits, or if the recorded commit is the reviewed one: nothing would be compared then.
    ///
    /// # Errors
    /// `git` cannot be run, or this clone lacks the recorded commit. The exit code is 2.
    pub fn find(root: &Path, head: Option<&str>, branch: &str) -> Result<Found, Failure> {
        // Files on disk without a change are the commit itself.
        let is_commit = head.is_some() || git(root, &["status", "--porcelain", "--", "."])?.as_deref() == Some("");
        let head = head.unwrap_or("HEAD");
        if let Some(tag) = last_tag(root, head, is_commit)? {
            return Ok(Self::found(&tag, "base: the last tag".to_owned()));
        }
        let own = commit(root, head)?;
        if let Some(recorded) = recorded(root)? {
            let Some(base) = commit(root, &recorded)? else {
                return Err(Failure::refused(format!(
                    "{BASE_FILE} records the commit {recorded}, which this clone does not have; run \
                     `git fetch --depth=1 origin {recorded}`, or name another base with `--base`"
                )));
            };
            if is_commit && own.as_ref() == Some(&base) {
                return Ok(Found::Nothing(format!(
                    "nothing was compared: {BASE_FILE} records {recorded}, which is the reviewed commit itself; record an \
                     earlier commit, or name a revision with `--base`"
                )));
            }
            return Ok(Self::found(
                &recorded,
                format!("base: the commit that {BASE_FILE} records"),
            ));
        }
        for name in [branch, &format!("origin/{branch}"), "origin/HEAD"] {
            if let Some(common) = git(root, &["merge-base", head, name])?
                && own.as_deref() != Some(common.trim())
            {
                return Ok(Self::found(
                    &common,
                    format!("base: the last commit in common with `{name}`"),
                ));
            }
        }
        Ok(Found::Nothing(format!(
            "nothing that is committed was compared: there is no earlier tag, no commit in {BASE_FILE}, and `{branch}` has \
             every commit; name a revision with `--base`"
        )))
    }
}

/// The last tag. A tag of the head itself counts only if something beside the commit is reviewed.
fn last_tag(root: &Path, head: &str, is_commit: bool) -> Result<Option<String>, Failure> {
    let own = if is_commit {
        git(root, &["tag", "--points-at", head])?.unwrap_or_default()
    } else {
        String::new()
    };
    let skipped: Vec<String> = own.lines().map(|tag| format!("--exclude={tag}")).collect();
    let mut arguments = vec!["describe", "--tags", "--abbrev=0"];
    arguments.extend(skipped.iter().map(String::as_str));
    arguments.push(head);
    git(root, &arguments)
}

/// The full name of the commit of a revision; `None` if this clone lacks it.
fn commit(root: &Path, revision: &str) -> Result<Option<String>, Failure> {
    let expression = format!("{revision}^{{commit}}");
    let commit = git(
        root,
        &["rev-parse", "--verify", "--quiet", "--end-of-options", &expression],
    )?;
    Ok(commit.map(|commit| commit.trim().to_owned()))
}

/// The recorded commit.
fn recorded(root: &Path) -> Result<Option<String>, Failure> {
    let text = files::read(&root.join(BASE_FILE))?.unwrap_or_default();
    let mut lines = text.lines().map(str::trim);
    Ok(lines
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned))
}
