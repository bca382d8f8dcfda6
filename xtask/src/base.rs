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

impl Base {
    fn new(revision: &str, why: String) -> Option<Self> {
        let revision = revision.trim().to_owned();
        Some(Self { revision, why })
    }

    /// Finds the base for a revision: the last tag before it, or else the commit in [`BASE_FILE`], or else the last commit
    /// that it has in common with `branch`, here or at `origin`. `None` if `branch` has all of its commits: nothing would
    /// be compared then.
    ///
    /// # Errors
    /// `git` cannot be run, or this clone lacks the recorded commit. The exit code is 2.
    pub fn find(root: &Path, head: &str, branch: &str) -> Result<Option<Self>, Failure> {
        if let Some(tag) = git(root, &["describe", "--tags", "--abbrev=0", head])? {
            return Ok(Self::new(&tag, "base: the last tag".to_owned()));
        }
        if let Some(commit) = recorded(root)? {
            if git(root, &["cat-file", "-e", &format!("{commit}^{{commit}}")])?.is_none() {
                return Err(Failure::refused(format!(
                    "{BASE_FILE} records the commit {commit}, which this clone does not have; run \
                     `git fetch --depth=1 origin {commit}`, or name another base with `--base`"
                )));
            }
            return Ok(Self::new(&commit, format!("base: the commit that {BASE_FILE} records")));
        }
        let own = git(root, &["rev-parse", "--verify", "--quiet", head])?;
        for name in [branch, &format!("origin/{branch}"), "origin/HEAD"] {
            if let Some(common) = git(root, &["merge-base", head, name])?
                && own.as_deref() != Some(common.as_str())
            {
                return Ok(Self::new(
                    &common,
                    format!("base: the last commit in common with `{name}`"),
                ));
            }
        }
        Ok(None)
    }
}

/// The recorded commit.
fn recorded(root: &Path) -> Result<Option<String>, Failure> {
    let text = files::read(&root.join(BASE_FILE))?.unwrap_or_default();
    let mut lines = text.lines().map(str::trim);
    Ok(lines
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned))
}
